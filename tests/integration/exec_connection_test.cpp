// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// exec and the way to its server: TLS, headers, paths, precedence, silence. tests/otel-cli.md says
// which questions of otel-cli's own tests these are.
#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/file.hpp"
#include "server/fault.hpp"
#include "server/server.hpp"
#include "tests/support/certificates.hpp"
#include "tests/support/fake_grpc_server.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using test::TestRun;
namespace json = boost::json;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

const SystemClock k_clock;

Variables with_path(Variables variables = {}) {
  variables["PATH"] = "/usr/bin:/bin";
  return variables;
}

// exec of a command that ends with 7, so that a status of otelctl's own would show.
TestRun exec(std::vector<std::string> options, const Variables& variables = with_path()) {
  options.insert(options.begin(), "exec");
  for (const char* word : {"--", "sh", "-c", "exit 7"}) {
    options.emplace_back(word);
  }
  TestRun run(options, variables);
  CAPTURE(run.err());
  CHECK(run.status() == 7);
  CHECK(run.out() == "");
  return run;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

// A receiver for both protocols, each with a certificate of `authority`; a client needs one too
// where `client_authority` is given.
class TlsReceiver {
 public:
  TlsReceiver(const test::Authority& authority, const std::string& client_authority)
      : m_grpc([this](const test::GrpcCall&) { return count(), test::GrpcReply{}; },
               test::TlsWish{authority.issue(), client_authority, "h2"}),
        m_http(
            [this](test::Conversation& peer) {
              while (!peer.read_request().first.empty()) {
                count();
                peer.write(test::http_answer(200, "application/x-protobuf", ""));
              }
            },
            test::TlsWish{authority.issue(), client_authority}) {}

  std::vector<std::string> target(const std::string& protocol) const {
    const auto port = protocol == "grpc" ? m_grpc.port() : m_http.port();
    return {"--protocol", protocol, "--endpoint", "https://localhost:" + std::to_string(port)};
  }
  int requests() const { return m_requests; }

 private:
  void count() { ++m_requests; }

  std::atomic<int> m_requests{0};
  test::FakeGrpcServer m_grpc;
  test::RawServer m_http;
};

std::unique_ptr<server::Server> start(server::ServerOptions options) {
  return server::Server::start(options, k_clock).value();
}

// The first line of each request to an HTTP server that takes everything.
class RequestLines {
 public:
  RequestLines()
      : m_server([this](test::Conversation& peer) {
          for (;;) {
            const std::string head = peer.read_request().first;
            if (head.empty()) {
              return;
            }
            {
              const std::lock_guard lock(m_mutex);
              m_lines.push_back(head.substr(0, head.find("\r\n")));
            }
            peer.write(test::http_answer(200, "application/x-protobuf", ""));
          }
        }) {}

  std::string url() const { return "http://127.0.0.1:" + std::to_string(m_server.port()); }
  std::vector<std::string> lines() const {
    const std::lock_guard lock(m_mutex);
    return m_lines;
  }

 private:
  mutable std::mutex m_mutex;
  std::vector<std::string> m_lines;
  test::RawServer m_server;
};

}  // namespace

TEST_CASE("over TLS the span arrives with an authority given by flag or variable, or unverified") {
  const test::Authority authority;
  const test::TemporaryFolder folder;
  const std::string ca = folder.path("ca.pem");
  REQUIRE(write_file(ca, authority.certificate()));
  const TlsReceiver receiver(authority, "");
  int expected = 0;
  for (const std::string protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    auto options = receiver.target(protocol);
    const TestRun stranger = exec(options);
    CHECK(has(stranger.err(), "was not delivered"));
    CHECK(has(stranger.err(), "hint: "));
    CHECK(receiver.requests() == expected);

    CHECK(exec(options, with_path({{"OTEL_EXPORTER_OTLP_CERTIFICATE", ca}})).err() == "");
    CHECK(receiver.requests() == ++expected);
    options.insert(options.end(), {"--ca", ca});
    CHECK(exec(options).err() == "");
    CHECK(receiver.requests() == ++expected);
    options = receiver.target(protocol);
    options.emplace_back("--insecure-skip-verify");
    exec(options);
    CHECK(receiver.requests() == ++expected);
  }
}

TEST_CASE("a client certificate is shown where one is demanded, by flag or variable") {
  const test::Authority authority;
  const test::TemporaryFolder folder;
  const test::Identity mine = authority.issue();
  const std::string ca = folder.path("ca.pem");
  const std::string cert = folder.path("cert.pem");
  const std::string key = folder.path("key.pem");
  REQUIRE(write_file(ca, authority.certificate()));
  REQUIRE(write_file(cert, mine.certificate));
  REQUIRE(write_file(key, mine.key));
  const TlsReceiver receiver(authority, authority.certificate());
  int expected = 0;
  for (const std::string protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    auto options = receiver.target(protocol);
    options.insert(options.end(), {"--ca", ca});
    CHECK(has(exec(options).err(), "was not delivered"));
    CHECK(receiver.requests() == expected);

    CHECK(exec(options, with_path({{"OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE", cert},
                                   {"OTEL_EXPORTER_OTLP_CLIENT_KEY", key}}))
              .err() == "");
    CHECK(receiver.requests() == ++expected);
    options.insert(options.end(), {"--cert", cert, "--key", key});
    CHECK(exec(options).err() == "");
    CHECK(receiver.requests() == ++expected);
  }
}

TEST_CASE("headers get in where they are required, by flag and by variable") {
  auto options = server::ServerOptions::on_free_ports();
  options.required_headers = {{"x-token", "a b"}};
  const auto server = start(options);
  std::uint64_t expected = 0;
  const std::vector<std::vector<std::string>> targets{
      {"--protocol", "grpc", "--endpoint", "http://" + server->grpc_address()},
      {"--protocol", "http/protobuf", "--endpoint", "http://" + server->http_address()}};
  for (auto target : targets) {
    CAPTURE(target[1]);
    CHECK(has(exec(target).err(), "was not delivered"));
    CHECK(server->stats().traces.accepted == expected);
    // The variable is encoded as the specification has it, the flag is not.
    CHECK(exec(target, with_path({{"OTEL_EXPORTER_OTLP_HEADERS", "x-token=a%20b"}})).err() == "");
    CHECK(server->stats().traces.accepted == ++expected);
    target.insert(target.end(), {"--header", "x-token=a b"});
    CHECK(exec(target, with_path({{"OTEL_EXPORTER_OTLP_HEADERS", "x-token=wrong"}})).err() == "");
    CHECK(server->stats().traces.accepted == ++expected);
  }
}

TEST_CASE("the signal's path goes behind a general endpoint, and a signal's own is left alone") {
  const RequestLines receiver;
  const std::string base = receiver.url() + "/collector";
  const auto variables = [](const std::string& name, const std::string& value) {
    return with_path({{name, value}, {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"}});
  };
  exec({}, variables("OTEL_EXPORTER_OTLP_ENDPOINT", base));
  exec({}, variables("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", base + "/x/1"));
  exec({"--protocol", "http/protobuf", "--endpoint", base});
  CHECK(receiver.lines() == std::vector<std::string>{"POST /collector/v1/traces HTTP/1.1",
                                                     "POST /collector/x/1 HTTP/1.1",
                                                     "POST /collector/v1/traces HTTP/1.1"});
}

TEST_CASE("a flag beats the variables, and the protocol's variable a URL that looks like another") {
  const auto server = start(server::ServerOptions::on_free_ports());
  const test::RefusedPort port;
  const std::string nobody = "http://127.0.0.1:" + std::to_string(port.port());
  CHECK(exec({"--endpoint", "http://" + server->grpc_address(), "--protocol", "grpc"},
             with_path({{"OTEL_EXPORTER_OTLP_ENDPOINT", nobody},
                        {"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", nobody},
                        {"OTEL_EXPORTER_OTLP_PROTOCOL", "http/json"}}))
            .err() == "");
  CHECK(server->stats().traces.accepted == 1);
  CHECK(exec({"--endpoint", "http://" + server->grpc_address()},
             with_path({{"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"}}))
            .err() == "");
  CHECK(server->stats().traces.accepted == 2);
}

TEST_CASE("without TRACEPARENT the span is a root, and it lasts as long as the command") {
  const auto server = start(server::ServerOptions::on_free_ports());
  const Time before = k_clock.now();
  exec({"--protocol", "grpc", "--endpoint", "http://" + server->grpc_address()});
  const Time after = k_clock.now();
  const TestRun shown(
      {"show-trace", "last", "--format", "json", "--backend", "http://" + server->query_address()});
  REQUIRE(shown.status() == 0);
  const auto trace = json::parse(shown.out()).as_object();
  const auto& span = trace.at("spans").at(0).as_object();
  CHECK(span.at("parent_span_id") == "");
  CHECK(span.at("depth") == 0);
  const auto start = parse_time(std::string(span.at("start").as_string()), after);
  REQUIRE(start);
  const nanoseconds duration(span.at("duration_ns").to_number<std::int64_t>());
  CHECK(*start >= before);
  CHECK(duration > nanoseconds(0));
  CHECK(*start + duration <= after);
}

TEST_CASE("a span that the server rejects, and one that it never answers for, are told") {
  auto options = server::ServerOptions::on_free_ports();
  options.faults = server::parse_faults({"partial=1"}).value();
  const auto server = start(options);
  for (const auto& [protocol, address] :
       {std::pair{"grpc", server->grpc_address()}, {"http/protobuf", server->http_address()}}) {
    const TestRun run = exec({"--protocol", protocol, "--endpoint", "http://" + address});
    CHECK(has(run.err(), "was not delivered: the server rejected it"));
  }
  const test::RawServer silent([](test::Conversation& peer) { peer.wait_until_closed(); });
  for (const char* protocol : {"grpc", "http/protobuf"}) {
    const TestRun run = exec({"--timeout", "100ms", "--protocol", protocol, "--endpoint",
                              "http://127.0.0.1:" + std::to_string(silent.port())});
    CHECK(has(run.err(), "was not delivered"));
  }
}
