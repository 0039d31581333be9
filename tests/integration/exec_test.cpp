// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// exec against the embedded backend and servers that misbehave: the span that arrives is the
// command that ran, and what becomes of the span does not become the command's.
#include <atomic>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "server/server.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using test::TestRun;
namespace json = boost::json;

namespace {

using Variables = std::map<std::string, std::string, std::less<>>;

constexpr const char* k_trace = "4bf92f3577b34da6a3ce929d0e0e4736";
const SystemClock k_clock;

Variables with_parent(const std::string& flags = "01") {
  return {{"PATH", "/usr/bin:/bin"},
          {"TRACEPARENT", std::string("00-") + k_trace + "-00f067aa0ba902b7-" + flags}};
}

class Backend {
 public:
  Backend()
      : m_server(server::Server::start(server::ServerOptions::on_free_ports(), k_clock).value()) {}

  TestRun exec(std::vector<std::string> options, const std::vector<std::string>& program,
               const Variables& variables = with_parent()) const {
    options.insert(options.begin(), {"exec", "--protocol", "grpc", "--endpoint",
                                     "http://" + m_server->grpc_address()});
    options.emplace_back("--");
    options.insert(options.end(), program.begin(), program.end());
    return TestRun(options, variables);
  }

  // The one span of the trace that with_parent() names.
  json::object span() const {
    const TestRun shown({"show-trace", k_trace, "--format", "json", "--backend",
                         "http://" + m_server->query_address()});
    CAPTURE(shown.err());
    REQUIRE(shown.status() == 0);
    const auto trace = json::parse(shown.out()).as_object();
    REQUIRE(trace.at("spans").as_array().size() == 1);
    return trace.at("spans").at(0).as_object();
  }

  std::uint64_t accepted() const { return m_server->stats().traces.accepted; }
  std::string http_address() const { return m_server->http_address(); }

 private:
  std::unique_ptr<server::Server> m_server;
};

TestRun exec_to(const std::string& url, const std::vector<std::string>& options,
                const std::vector<std::string>& program) {
  std::vector<std::string> args{"exec", "--endpoint", url};
  args.insert(args.end(), options.begin(), options.end());
  args.emplace_back("--");
  args.insert(args.end(), program.begin(), program.end());
  return TestRun(args, with_parent());
}

std::string url_of(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

}  // namespace

TEST_CASE("the span of a command arrives below its parent, with what is known of the command") {
  const Backend backend;
  const TestRun run = backend.exec({"--name", "build", "--service", "ci", "--attribute",
                                    "try:int=2", "--attribute", "process.command=made up"},
                                   {"true", "--token", "hunter2"});
  CHECK(run.status() == 0);
  CHECK(run.out() == "");
  CHECK(run.err() == "");
  const json::object span = backend.span();
  CHECK(span.at("name") == "build");
  CHECK(span.at("service") == "ci");
  CHECK(span.at("kind") == "internal");
  CHECK(span.at("status") == "unset");
  CHECK(span.at("parent_span_id") == "00f067aa0ba902b7");
  const json::object& attributes = span.at("attributes").as_object();
  CHECK(attributes.at("process.executable.name") == "true");
  CHECK(attributes.at("process.command") == "made up");
  CHECK(attributes.at("process.exit.code") == 0);
  CHECK(attributes.at("try") == 2);
  CHECK(json::serialize(span).find("hunter2") == std::string::npos);
}

TEST_CASE("every protocol delivers, and the service has a name where nobody gave one") {
  for (const std::string protocol : {"http/protobuf", "http/json"}) {
    const Backend backend;
    const TestRun run =
        exec_to("http://" + backend.http_address(), {"--protocol", protocol}, {"true"});
    CHECK(run.status() == 0);
    CHECK(run.err() == "");
    CHECK(backend.span().at("service") == "otelctl-exec");
    CHECK(backend.span().at("name") == "true");
  }
}

TEST_CASE("a command that fails is an error of its span, and the exit status stays the command's") {
  struct Case {
    std::vector<std::string> program;
    int status;
    const char* message;
  };
  for (const Case& expected : std::vector<Case>{
           {{"sh", "-c", "exit 3"}, 3, "exit status 3"},
           {{"sh", "-c", "kill -KILL $$"}, 137, "killed by SIGKILL"},
           {{"no-such-command"}, 127, "command not found"},
           {{"/"}, 126, "Is a directory"},
       }) {
    CAPTURE(expected.message);
    const Backend backend;
    CHECK(backend.exec({}, expected.program).status() == expected.status);
    const json::object span = backend.span();
    CHECK(span.at("status") == "error");
    CHECK(span.at("status_message") == expected.message);
    CHECK(span.at("attributes").at("process.exit.code") == expected.status);
  }
}

TEST_CASE("a trace that is not sampled is not sent") {
  const Backend backend;
  const TestRun run = backend.exec({"-v"}, {"true"}, with_parent("00"));
  CHECK(run.status() == 0);
  CHECK(run.err().find("not sampled") != std::string::npos);
  CHECK(backend.accepted() == 0);
}

TEST_CASE("nothing is sent where the SDK is disabled") {
  const Backend backend;
  Variables variables = with_parent();
  variables["OTEL_SDK_DISABLED"] = "TRUE";
  CHECK(backend.exec({}, {"sh", "-c", "exit 4"}, variables).status() == 4);
  variables["OTEL_SDK_DISABLED"] = "yes";
  CHECK(backend.exec({}, {"sh", "-c", "exit 4"}, variables).status() == 4);
  CHECK(backend.accepted() == 1);
}

TEST_CASE("with -v it is told where the span went") {
  const Backend backend;
  const TestRun run = backend.exec({"-v"}, {"true"});
  CHECK(run.err().find(std::string("the span 'true' of trace ") + k_trace + " was delivered to ") !=
        std::string::npos);
}

TEST_CASE("settings that cannot be read are told, and the command runs") {
  const Backend backend;
  Variables variables = with_parent();
  variables["OTEL_EXPORTER_OTLP_TIMEOUT"] = "5s";
  const TestRun run = backend.exec({}, {"sh", "-c", "exit 5"}, variables);
  CHECK(run.status() == 5);
  CHECK(run.err().starts_with(
      "otelctl: note: no span will be sent: OTEL_EXPORTER_OTLP_TIMEOUT: '5s' is not a number"));
  CHECK(backend.accepted() == 0);
  SUBCASE("but a flag that is wrong is a usage error even then") {
    const TestRun wrong = backend.exec({"--header", "no colon"}, {"sh", "-c", "exit 5"}, variables);
    CHECK(wrong.status() == 2);
  }
}

TEST_CASE("a server that asks for another try gets one") {
  std::atomic<int> requests{0};
  const test::RawServer server([&](test::Conversation& peer) {
    while (!peer.read_request().first.empty()) {
      peer.write(++requests == 1 ? test::http_answer(503, "text/plain", "later")
                                 : test::http_answer(200, "application/x-protobuf", ""));
    }
  });
  const TestRun run = exec_to(url_of(server.port()), {"--timeout", "30s"}, {"true"});
  CHECK(run.status() == 0);
  CHECK(run.err() == "");
  CHECK(requests == 2);
}

TEST_CASE("where nothing answers, once is enough") {
  const test::RawServer server([](test::Conversation& peer) { peer.read_request(); });
  const TestRun hung_up = exec_to(url_of(server.port()), {"--timeout", "1h"}, {"false"});
  CHECK(hung_up.status() == 1);
  CHECK(server.accepted() == 1);
  CHECK(hung_up.err().starts_with("otelctl: note: the span 'false' was not delivered: "));
  const test::RefusedPort port;
  const TestRun refused = exec_to(url_of(port.port()), {"--timeout", "1h"}, {"false"});
  CHECK(refused.status() == 1);
  CHECK(refused.err().find("refused") != std::string::npos);
}

TEST_CASE("a server that refuses is told once, and not at all with -q") {
  const test::RawServer server(test::always(test::http_answer(401, "text/plain", "who are you")));
  const TestRun told = exec_to(url_of(server.port()), {}, {"sh", "-c", "exit 7"});
  CHECK(told.status() == 7);
  CHECK(told.err().find("was not delivered") != std::string::npos);
  const TestRun quiet = exec_to(url_of(server.port()), {"-q"}, {"sh", "-c", "exit 7"});
  CHECK(quiet.status() == 7);
  CHECK(quiet.err() == "");
}
