// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/exporter.hpp"

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <doctest/doctest.h>

#include "net/gzip.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::otlp;
using namespace std::chrono_literals;
using otelctl::test::Conversation;
using otelctl::test::FakeGrpcServer;
using otelctl::test::GrpcCall;
using otelctl::test::GrpcReply;
using otelctl::test::RawServer;

namespace {

settings::OtlpSettings settings_of(const std::string& endpoint, const char* protocol,
                                   std::vector<std::string> headers = {},
                                   const char* compression = "none") {
  settings::OtlpFlags flags;
  flags.endpoint = endpoint;
  flags.protocol = protocol;
  flags.headers = std::move(headers);
  flags.compression = compression;
  auto settings = settings::resolve_otlp(flags, Environment(), Signal::traces);
  REQUIRE(settings);
  return *settings;
}

std::string local(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

std::unique_ptr<Exporter> exporter_of(const settings::OtlpSettings& settings) {
  auto exporter = make_exporter(settings);
  REQUIRE(exporter);
  return std::move(*exporter);
}

std::string partial_success() {
  opentelemetry::proto::collector::trace::v1::ExportTraceServiceResponse response;
  response.mutable_partial_success()->set_rejected_spans(2);
  response.mutable_partial_success()->set_error_message("too old");
  return response.SerializeAsString();
}

}  // namespace

TEST_CASE("gRPC carries payload, method, headers and user agent, with and without gzip") {
  for (const char* compression : {"none", "gzip"}) {
    CAPTURE(compression);
    std::mutex mutex;
    std::vector<GrpcCall> calls;
    const FakeGrpcServer server([&](const GrpcCall& call) {
      const std::lock_guard lock(mutex);
      calls.push_back(call);
      return GrpcReply{0, "", "", partial_success(), true};
    });
    const auto exporter = exporter_of(
        settings_of(local(server.port()), "grpc", {"Authorization=Bearer x"}, compression));
    const std::string payload(5000, '\1');
    const auto outcome = exporter->send(Signal::traces, payload, 5s);
    CHECK(outcome.delivered);
    CHECK(outcome.answered);
    CHECK(outcome.rejected == 2);
    CHECK(outcome.partial_message == "too old");
    CHECK(outcome.code == "OK");
    CHECK(exporter->send(Signal::logs, {}, 5s).delivered);
    const std::lock_guard lock(mutex);
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].method == "/opentelemetry.proto.collector.trace.v1.TraceService/Export");
    CHECK(calls[0].body == payload);
    CHECK(calls[0].metadata["authorization"] == "Bearer x");
    CHECK(calls[0].metadata["user-agent"].starts_with("otelctl/"));
    CHECK(calls[1].method == "/opentelemetry.proto.collector.logs.v1.LogsService/Export");
    CHECK(calls[1].body.empty());
  }
}

TEST_CASE("HTTP carries payload, path, headers and user agent, with and without gzip") {
  for (const std::string compression : {"none", "gzip"}) {
    CAPTURE(compression);
    std::string head;
    std::string body;
    {
      const RawServer server([&](Conversation& conversation) {
        std::tie(head, body) = conversation.read_request();
        conversation.write(test::http_answer(200, "application/x-protobuf", partial_success()));
      });
      const auto exporter = exporter_of(
          settings_of(local(server.port()), "http/protobuf", {"X-Key=abc"}, compression.c_str()));
      const auto outcome = exporter->send(Signal::traces, "payload", 5s);
      CHECK(outcome.delivered);
      CHECK(outcome.rejected == 2);
      CHECK(outcome.code == "200");
    }
    CHECK(head.starts_with("POST /v1/traces HTTP/1.1\r\n"));
    CHECK(head.find("Content-Type: application/x-protobuf\r\n") != std::string::npos);
    CHECK(head.find("User-Agent: otelctl/") != std::string::npos);
    CHECK(head.find("x-key: abc\r\n") != std::string::npos);
    const bool packed = head.find("Content-Encoding: gzip\r\n") != std::string::npos;
    CHECK(packed == (compression == "gzip"));
    CHECK((packed ? *net::gunzip(body, 100) : body) == "payload");
  }
}

TEST_CASE("http/json sends JSON and reads the answer in JSON") {
  std::string head;
  std::string body;
  opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest request;
  request.add_resource_spans()->add_scope_spans()->add_spans()->set_name("hello");
  {
    const RawServer server([&](Conversation& conversation) {
      std::tie(head, body) = conversation.read_request();
      conversation.write(test::http_answer(200, "application/json",
                                           R"({"partialSuccess":{"rejectedSpans":"1"}})"));
    });
    const auto exporter = exporter_of(settings_of(local(server.port()), "http/json"));
    const auto outcome = exporter->send(Signal::traces, request.SerializeAsString(), 5s);
    CHECK(outcome.delivered);
    CHECK(outcome.rejected == 1);
  }
  CHECK(head.find("Content-Type: application/json\r\n") != std::string::npos);
  CHECK(body == R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"hello"}]}]}]})");
}

TEST_CASE("An exporter over HTTP keeps its connection") {
  const RawServer server(test::always(test::http_answer(200, "application/x-protobuf", "")));
  const auto exporter = exporter_of(settings_of(local(server.port()), "http/protobuf"));
  for (int i = 0; i < 10; ++i) {
    CHECK(exporter->send(Signal::traces, "x", 5s).delivered);
  }
  CHECK(server.accepted() == 1);
}

TEST_CASE("A refusal, a busy server and a missing one are outcomes") {
  const RawServer busy(test::always(test::http_answer(503, "", "", "Retry-After: 3\r\n")));
  const auto outcome =
      exporter_of(settings_of(local(busy.port()), "http/protobuf"))->send(Signal::traces, "x", 5s);
  CHECK(outcome.retryable);
  CHECK(outcome.retry_after == 3s);
  CHECK(outcome.answered);

  const FakeGrpcServer locked([](const GrpcCall&) {
    return GrpcReply{16, "no key", "", "", false};
  });
  const auto refused =
      exporter_of(settings_of(local(locked.port()), "grpc"))->send(Signal::traces, "x", 5s);
  CHECK(refused.error->kind == ErrorKind::refused);
  CHECK(refused.code == "UNAUTHENTICATED");
  CHECK_FALSE(refused.retryable);

  const test::RefusedPort nobody;
  for (const char* protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    const auto missing =
        exporter_of(settings_of(local(nobody.port()), protocol))->send(Signal::traces, "x", 5s);
    REQUIRE(missing.error);
    CHECK(missing.error->kind == ErrorKind::unreachable);
    CHECK(missing.retryable);
    CHECK_FALSE(missing.answered);
  }
}

TEST_CASE("A request beyond OTLP's limit of 64 MiB is not sent, and not again either") {
  std::atomic<int> requests = 0;
  const RawServer server([&](Conversation& conversation) {
    requests += conversation.read_request().first.empty() ? 0 : 1;
  });
  const std::string payload(std::size_t{64} * 1024 * 1024 + 1, 'x');
  for (const char* protocol : {"grpc", "http/protobuf", "http/json"}) {
    CAPTURE(protocol);
    const auto exporter = exporter_of(settings_of(local(server.port()), protocol));
    const ExportOutcome outcome = exporter->send(Signal::traces, payload, 5s);
    CHECK_FALSE(outcome.delivered);
    CHECK_FALSE(outcome.retryable);
    REQUIRE(outcome.error);
    CHECK(outcome.error->message.find("64MiB") != std::string::npos);
    CHECK(outcome.error->hint.find("smaller batches") != std::string::npos);
  }
  CHECK(requests == 0);
}

TEST_CASE("A header whose value stands in an answer by chance does not change its verdict") {
  struct Row {
    const char* header;
    const char* type;
    std::string body;
    std::int64_t rejected;
  };
  for (const Row& row : std::vector<Row>{
           {"accept=application/json", "application/json", "{}", 0},
           {"x-debug=true", "application/json", R"({"ok": true })", 0},
           {"x-scope-orgid=1234", "application/json",
            R"({"partialSuccess":{"rejectedSpans":"1234","errorMessage":"of 1234"}})", 1234}}) {
    CAPTURE(row.header);
    const RawServer server(test::always(test::http_answer(200, row.type, row.body)));
    const auto exporter = exporter_of(settings_of(local(server.port()), "http/json", {row.header}));
    const ExportOutcome outcome = exporter->send(Signal::traces, {}, 5s);
    CHECK(outcome.delivered);
    CHECK(outcome.rejected == row.rejected);
    CHECK(outcome.partial_message == (row.rejected == 0 ? "" : "of [REDACTED]"));
  }
}

TEST_CASE("What is shown of an answer hides the headers wherever they are repeated") {
  const std::string key = "k3y-0123456789abcdef";
  const std::vector<std::string> headers{"api-key=" + key};
  const auto error_of = [&](const std::string& answer) {
    const RawServer server(test::always(answer));
    const auto exporter = exporter_of(settings_of(local(server.port()), "http/protobuf", headers));
    const ExportOutcome outcome = exporter->send(Signal::traces, {}, 5s);
    REQUIRE(outcome.error);
    return outcome.error->message + "\n" + outcome.error->hint;
  };
  // In the body, cut in the middle of it, in the place of a redirect, in the type.
  for (const std::string& answer :
       {test::http_answer(403, "text/plain", "no " + key),
        test::http_answer(403, "text/plain", std::string(290, 'x') + " " + key),
        test::http_answer(302, "", "", "Location: http://other/" + key + "\r\n"),
        test::http_answer(200, "text/" + key, "x")}) {
    const std::string shown = error_of(answer);
    CAPTURE(shown);
    CHECK(shown.find("k3y-0123") == std::string::npos);
  }
}
