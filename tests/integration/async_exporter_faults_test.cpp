// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <thread>

#include "tests/integration/async_support.hpp"
#include "tests/integration/serve_support.hpp"
#include "tests/support/raw_http2.hpp"
#include "tests/support/raw_server.hpp"

namespace otelctl::testing {
namespace {

using test::Conversation;
using test::RawServer;
using namespace std::chrono_literals;

constexpr const char* k_protocols[] = {"grpc", "http/protobuf", "http/json"};

// Takes requests and never answers one.
RawServer::Handler silence(std::string_view protocol) {
  if (protocol == "grpc") {
    return test::http2([](test::Http2Call&) {});
  }
  return [](Conversation& conversation) { conversation.wait_until_closed(); };
}

// Takes a request and closes in place of an answer.
RawServer::Handler hang_up(std::string_view protocol) {
  if (protocol == "grpc") {
    return test::http2([](test::Http2Call& call) { call.hang_up(); });
  }
  return [](Conversation& conversation) { conversation.read_request(); };
}

// Whether nobody else holds it any more. A library may let go of it in a thread of its own.
bool is_released(const std::weak_ptr<const void>& owner) {
  const auto end = std::chrono::steady_clock::now() + k_long;
  while (!owner.expired() && std::chrono::steady_clock::now() < end) {
    std::this_thread::yield();
  }
  return owner.expired();
}

TEST_CASE(
    "a server that closes in the middle of it fails each request, and all may be sent again") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    const RawServer server(hang_up(protocol));
    const auto exporter = exporter_of(settings_of(protocol, local(server.port())));
    const auto codes = send_many(*exporter, 60, 8);
    CHECK(codes == std::map<std::string, int>{{protocol == "grpc" ? "UNAVAILABLE" : "", 60}});
    const auto outcome = send(*exporter, "");
    REQUIRE(outcome.error);
    CHECK(outcome.error->kind == ErrorKind::unreachable);
    CHECK(outcome.retryable);
    CHECK_FALSE(outcome.answered);
  }
}

TEST_CASE("requests that are never answered are settled by their own timeouts") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    const RawServer server(silence(protocol));
    auto exporter = exporter_of(settings_of(protocol, local(server.port())));
    auto payload = payload_of(spans(1, 100));
    const std::weak_ptr<const void> owner = payload.owner;
    exporter->start(1, Signal::traces, payload, k_long);
    exporter->start(2, Signal::traces, payload, 400ms);
    exporter->start(3, Signal::traces, std::move(payload), 100ms);
    for (const std::uint32_t ticket : {3U, 2U}) {
      const otlp::Settled settled = settle(*exporter);
      CHECK(settled.ticket == ticket);
      CHECK(settled.outcome.retryable);
      REQUIRE(settled.outcome.error);
      CHECK(settled.outcome.error->message.find(ticket == 3 ? "100ms" : "400ms") !=
            std::string::npos);
    }
    // JSON made of it was sent in its place.
    CHECK(owner.expired() == (protocol == "http/json"));
    exporter.reset();
    CHECK(is_released(owner));
  }
}

TEST_CASE("an exporter can be destroyed whatever is under way") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    const RawServer deaf([](Conversation& conversation) { conversation.stays(k_long); });
    std::weak_ptr<const void> owner;
    {
      const auto exporter = exporter_of(settings_of(protocol, local(deaf.port())));
      // More than a socket takes.
      const auto payload =
          payload_of(protocol == "http/json" ? spans(1, 20'000) : std::string(20'000'000, '\x01'));
      owner = payload.owner;
      for (std::uint32_t ticket = 0; ticket < 4; ++ticket) {
        exporter->start(ticket, Signal::traces, payload, k_long);
      }
      CHECK_FALSE(exporter->wait(20ms));
      exporter->start(4, Signal::traces, payload, k_long);
    }
    CHECK(is_released(owner));
  }
}

TEST_CASE("an exporter does not wait for a server that reads no more") {
  std::weak_ptr<const void> owner;
  {
    test::LateReader reader;
    const RawServer server(reader.handler());
    {
      const auto exporter = exporter_of(settings_of("grpc", local(server.port())));
      const auto payload = payload_of(std::string(8'000'000, 'a'));
      owner = payload.owner;
      exporter->start(1, Signal::traces, payload, k_long);
      CHECK_FALSE(exporter->wait(50ms));
    }
    // It is being written.
    CHECK_FALSE(owner.expired());
  }
  CHECK(is_released(owner));
}

TEST_CASE("a refused connection is told at once and may be tried again") {
  const test::RefusedPort refused;
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    for (const std::string host : {"127.0.0.1", "localhost"}) {
      const auto exporter = exporter_of(
          settings_of(protocol, "http://" + host + ":" + std::to_string(refused.port())));
      const auto codes = send_many(*exporter, 20, 4);
      CHECK(codes == std::map<std::string, int>{{protocol == "grpc" ? "UNAVAILABLE" : "", 20}});
      const auto outcome = send(*exporter, "");
      REQUIRE(outcome.error);
      CHECK(outcome.error->message.find("refused") != std::string::npos);
      CHECK(outcome.retryable);
    }
  }
}

TEST_CASE("a server that was stopped and started again on its port is found again") {
  for (const std::string protocol : k_protocols) {
    CAPTURE(protocol);
    auto backend = std::make_unique<ServedBackend>();
    server::ServerOptions options;
    options.grpc = (*backend)->grpc_address();
    options.http = (*backend)->http_address();
    options.query = (*backend)->query_address();
    const std::string address = protocol == "grpc" ? options.grpc : options.http;
    const auto exporter = exporter_of(settings_of(protocol, "http://" + address));
    CHECK(send(*exporter, spans(1, 1)).delivered);
    backend.reset();
    CHECK_FALSE(send(*exporter, spans(1, 1)).delivered);
    backend = std::make_unique<ServedBackend>(options);
    CHECK(send(*exporter, spans(1, 1)).delivered);
    CHECK((*backend)->stats().traces.accepted == 1);
  }
}

TEST_CASE("the bytes of a call that was given up stay until the transport has sent them") {
  test::LateReader reader;
  const RawServer server(reader.handler());
  const auto exporter = exporter_of(settings_of("grpc", local(server.port())));
  // Keeps the connection.
  exporter->start(1, Signal::traces, payload_of("a"), k_long);
  std::string bytes(8'000'000, 'a');
  exporter->start(
      2, Signal::traces,
      {std::shared_ptr<const void>(
           &bytes, [](std::string* owned) { std::fill(owned->begin(), owned->end(), 'X'); }),
       bytes},
      300ms);
  CHECK(settle(*exporter).ticket == 2);
  reader.go_on();
  while (!reader.has_read_all()) {
    exporter->wait(1ms);
  }
  CHECK(reader.count('a') > 100'000);
  CHECK(reader.count('X') == 0);
}

}  // namespace
}  // namespace otelctl::testing
