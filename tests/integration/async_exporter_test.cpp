// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.hpp"
#include "tests/integration/async_support.hpp"
#include "tests/integration/serve_support.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"

namespace otelctl::testing {
namespace {

using test::Authority;
using test::FakeGrpcServer;
using test::GrpcCall;
using test::GrpcReply;
using test::RawServer;

constexpr const char* k_protocols[] = {"grpc", "http/protobuf", "http/json"};

std::string endpoint_of(ServedBackend& backend, std::string_view protocol) {
  return "http://" + (protocol == "grpc" ? backend->grpc_address() : backend->http_address());
}

std::string good_code(std::string_view protocol) {
  return protocol == "grpc" ? "OK" : "200";
}

std::string written(const test::TemporaryFolder& folder, const std::string& name,
                    const std::string& content) {
  std::string path = folder.path(name);
  REQUIRE(write_file(path, content));
  return path;
}

TEST_CASE("of many requests at once each is settled, and the server has counted it") {
  for (const std::string protocol : k_protocols) {
    for (const std::string compression : {"none", "gzip"}) {
      CAPTURE(protocol);
      CAPTURE(compression);
      ServedBackend backend;
      const auto exporter =
          exporter_of(settings_of(protocol, endpoint_of(backend, protocol), compression));
      const auto codes = send_many(*exporter, 200, 16);
      CHECK(codes == std::map<std::string, int>{{good_code(protocol), 200}});
      CHECK(backend->stats().traces.requests == 200);
      CHECK(backend->stats().traces.accepted == 1000);
    }
  }
}

TEST_CASE("each signal goes where it belongs, and its answer is read as its own") {
  ServedBackend backend;
  const auto exporter = exporter_of(settings_of("grpc", endpoint_of(backend, "grpc")));
  std::uint32_t ticket = 0;
  for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
    exporter->start(ticket++, signal, payload_of(""), k_long);
  }
  for (ticket = 0; ticket < 3; ++ticket) {
    CHECK(settle(*exporter).outcome.delivered);
  }
  CHECK(backend->stats().traces.requests == 1);
  CHECK(backend->stats().metrics.requests == 1);
  CHECK(backend->stats().logs.requests == 1);
}

TEST_CASE("what a server refuses of a request is told, with its reason") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    ServedBackend backend;
    const auto exporter = exporter_of(settings_of(protocol, endpoint_of(backend, protocol)));
    Request request("cart");
    request.add_span(trace_id(1), 1);
    request.add_span(TraceId{}, 2);
    const auto outcome = send(*exporter, request.bytes());
    CHECK(outcome.delivered);
    CHECK(outcome.rejected == 1);
    CHECK(outcome.partial_message.find("trace id") != std::string::npos);
  }
}

TEST_CASE("TLS is spoken, with a client's certificate where there is one") {
  const Authority authority;
  const test::Identity client = authority.issue();
  const test::TemporaryFolder folder;
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    test::TlsWish wish{authority.issue(), authority.certificate()};
    wish.alpn = protocol == "grpc" ? "h2" : "http/1.1";
    std::unique_ptr<RawServer> http;
    std::unique_ptr<FakeGrpcServer> grpc;
    std::uint16_t port = 0;
    if (protocol == "grpc") {
      grpc = std::make_unique<FakeGrpcServer>([](const GrpcCall&) { return GrpcReply{}; }, wish);
      port = grpc->port();
    } else {
      const auto* const type =
          protocol == "http/json" ? "application/json" : "application/x-protobuf";
      const auto* const body = protocol == "http/json" ? "{}" : "";
      http = std::make_unique<RawServer>(test::always(test::http_answer(200, type, body)), wish);
      port = http->port();
    }
    auto settings = settings_of(protocol, "https://localhost:" + std::to_string(port));
    settings.tls.ca_file = written(folder, "ca.pem", authority.certificate());
    settings.tls.cert_file = written(folder, "client.pem", client.certificate);
    settings.tls.key_file = written(folder, "client.key", client.key);
    const auto codes = send_many(*exporter_of(settings), 60, 8);
    CHECK(codes == std::map<std::string, int>{{good_code(protocol), 60}});
    if (http != nullptr) {
      CHECK(http->accepted() <= 8);
    }

    settings.tls.ca_file = written(folder, "other.pem", Authority().certificate());
    const auto distrust = send(*exporter_of(settings), spans(1, 1));
    REQUIRE(distrust.error);
    CHECK(distrust.error->message.find("certificate") != std::string::npos);
    CHECK_FALSE(distrust.retryable);
  }
}

TEST_CASE("a refusal comes with the time that the server asks for") {
  struct Row {
    int status;
    const char* code;
  };
  for (const Row& row : std::vector<Row>{{429, "429"}, {503, "503"}}) {
    const RawServer server(test::always(
        test::http_answer(row.status, "text/plain", "slow down", "Retry-After: 2\r\n")));
    const auto exporter = exporter_of(settings_of("http/protobuf", local(server.port())));
    const auto outcome = send(*exporter, "");
    CHECK(outcome.code == row.code);
    CHECK(outcome.answered);
    CHECK(outcome.retryable);
    CHECK(outcome.retry_after == std::chrono::seconds(2));
  }
  // google.rpc.Status with RetryInfo of 3 s.
  const std::string info = std::string("\x0a\x02\x08\x03", 4);
  const std::string url = "type.googleapis.com/google.rpc.RetryInfo";
  const std::string any = std::string("\x0a") + static_cast<char>(url.size()) + url + "\x12" +
                          static_cast<char>(info.size()) + info;
  const std::string details = std::string("\x08\x08\x1a") + static_cast<char>(any.size()) + any;
  const FakeGrpcServer server([&](const GrpcCall&) { return GrpcReply{8, "slow down", details}; });
  const auto exporter = exporter_of(settings_of("grpc", local(server.port())));
  const auto outcome = send(*exporter, "");
  CHECK(outcome.code == "RESOURCE_EXHAUSTED");
  CHECK(outcome.answered);
  CHECK(outcome.retryable);
  CHECK(outcome.retry_after == std::chrono::seconds(3));
}

TEST_CASE("what cannot be sent is settled without a connection, each with its own ticket") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    const RawServer server([](test::Conversation&) {});
    auto settings = settings_of(protocol, local(server.port()));
    const std::string large(std::size_t{64} * 1024 * 1024 + 1, 'x');
    const auto too_large = send(*exporter_of(settings), large);
    REQUIRE(too_large.error);
    CHECK(too_large.error->message.find("64MiB") != std::string::npos);
    CHECK_FALSE(too_large.retryable);

    settings.headers.push_back({"x-key", "a\nb"});
    const auto exporter = exporter_of(settings);
    std::set<std::uint32_t> open{1, 2, 3};
    for (const std::uint32_t ticket : open) {
      exporter->start(ticket, Signal::traces, payload_of(""), k_long);
    }
    for (int ended = 0; ended < 3; ++ended) {
      const otlp::Settled settled = settle(*exporter);
      CHECK(open.erase(settled.ticket) == 1);
      REQUIRE(settled.outcome.error);
      CHECK(settled.outcome.error->kind == ErrorKind::settings);
      CHECK_FALSE(settled.outcome.retryable);
    }
    CHECK_FALSE(exporter->wait(nanoseconds::zero()));
    CHECK(server.accepted() == 0);
  }
}

TEST_CASE("bytes that are no request cannot become JSON") {
  const RawServer server([](test::Conversation&) {});
  const auto outcome =
      send(*exporter_of(settings_of("http/json", local(server.port()))), "\x0a\x05zz");
  REQUIRE(outcome.error);
  CHECK_FALSE(outcome.retryable);
  CHECK(server.accepted() == 0);
}

TEST_CASE("with nothing under way waiting just ends") {
  for (const std::string protocol : k_protocols) {
    const auto exporter = exporter_of(settings_of(protocol, "http://127.0.0.1:1"));
    for (const auto time :
         {nanoseconds(0), nanoseconds(1), nanoseconds(300'000), nanoseconds(7'000'000)}) {
      CHECK_FALSE(exporter->wait(time));
    }
  }
}

}  // namespace
}  // namespace otelctl::testing
