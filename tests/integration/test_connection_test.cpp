// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The command itself: its options, its formats and its exit status.
#include <csignal>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/support/raw_server.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using otelctl::test::Conversation;
using otelctl::test::http_answer;
using otelctl::test::RawServer;
using otelctl::test::TestRun;

namespace {

RawServer::Handler good() {
  return test::always(http_answer(200, "application/x-protobuf", ""));
}

// Refuses what is empty, which is a warning.
void picky(Conversation& conversation) {
  for (;;) {
    const auto [head, body] = conversation.read_request();
    if (head.empty()) {
      return;
    }
    conversation.write(body.empty() ? http_answer(400, "text/plain", "no data")
                                    : http_answer(200, "application/x-protobuf", ""));
  }
}

TestRun run(std::uint16_t port, std::vector<std::string> further) {
  std::vector<std::string> args{"test-connection", "--endpoint",
                                "http://127.0.0.1:" + std::to_string(port), "--protocol",
                                "http/protobuf"};
  args.insert(args.end(), further.begin(), further.end());
  return TestRun(args);
}

bool holds(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Warnings are no failure unless that is wished") {
  const RawServer server(&picky);
  const TestRun lenient = run(server.port(), {});
  CHECK(lenient.status() == 0);
  CHECK(holds(lenient.out(), "ok, with warnings"));
  CHECK(run(server.port(), {"--fail-on", "warning"}).status() == 1);
  const RawServer fine(good());
  CHECK(run(fine.port(), {"--fail-on", "warning"}).status() == 0);
  CHECK(holds(run(server.port(), {"--fail-on", "warning", "--format", "json"}).out(),
              R"("exit_code": 1)"));
}

TEST_CASE("The reports for CI say the same as the text") {
  const RawServer server(&picky);
  const TestRun xml = run(server.port(), {"--format", "junit"});
  CHECK(xml.status() == 0);
  CHECK(xml.out().starts_with("<?xml"));
  CHECK(holds(xml.out(), R"(failures="0")"));
  const TestRun strict = run(server.port(), {"--format", "junit", "--fail-on", "warning"});
  CHECK(strict.status() == 1);
  CHECK(holds(strict.out(), R"(failures="1")"));
  const TestRun annotations = run(server.port(), {"--format", "github"});
  CHECK(holds(annotations.out(), "::warning title=otelctl test-connection (export"));

  const test::RefusedPort nobody;
  const TestRun refused = run(nobody.port(), {"--format", "github"});
  CHECK(refused.status() == 3);
  CHECK(holds(refused.out(), "::error title=otelctl test-connection (tcp)::connection to"));
}

TEST_CASE("A report goes to a file whole") {
  const test::TemporaryFolder folder;
  const RawServer server(good());
  const TestRun to_file =
      run(server.port(), {"--format", "json", "-o", folder.path("report.json")});
  CHECK(to_file.status() == 0);
  CHECK(to_file.out().empty());
  const auto text = read_file(folder.path("report.json"), 1'000'000);
  REQUIRE(text);
  CHECK(holds(*text, R"("schema": "otelctl.probe/1")"));
}

TEST_CASE("With --identify the ladder has a step more, and --no-send ends it before the export") {
  int requests_with_a_type = 0;
  {
    const RawServer server([&](Conversation& conversation) {
      const std::string head = conversation.read_request().first;
      requests_with_a_type += head.find("Content-Type") != std::string::npos ? 1 : 0;
      if (!head.empty()) {
        conversation.write(
            http_answer(404, "text/plain", "no", "Server: nginx\r\nConnection: close\r\n"));
      }
    });
    const TestRun looked = run(server.port(), {"--identify", "--no-send"});
    CHECK(looked.status() == 0);
    CHECK(holds(looked.out(), "identify ok"));
    CHECK(holds(looked.out(), "a web server (nginx)"));
    CHECK(holds(looked.out(), "nothing was sent"));
  }
  CHECK(requests_with_a_type == 0);
}

TEST_CASE("A wait in vain says what it waited for and how often it tried") {
  const test::RefusedPort nobody;
  const TestRun waited = run(nobody.port(), {"--wait", "1s"});
  CHECK(waited.status() == 3);
  CHECK(holds(waited.err(), "note: waiting for up to 1s: connection to"));
  CHECK(holds(waited.out(), "(tried "));
  const TestRun quiet = run(nobody.port(), {"--wait", "1s", "-q"});
  CHECK(quiet.status() == 3);
  CHECK(quiet.err().empty());
}

TEST_CASE("An interrupted wait is a valid document too") {
  const test::RefusedPort nobody;
  for (const auto& [signal, status] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
    const TestRun run(
        {.interrupted_by = signal},
        {"test-connection", "--endpoint", "http://127.0.0.1:" + std::to_string(nobody.port()),
         "--wait", "1h", "--format", "json"});
    CHECK(run.status() == status);
    CHECK(holds(run.out(), R"("schema": "otelctl.error/1")"));
    CHECK(holds(run.out(), R"("exit_code": )" + std::to_string(status)));
  }
}

TEST_CASE("A refused key is told by what was sent, never by its value") {
  const RawServer server(
      test::always(http_answer(401, "text/plain", "unknown key hunter2hunter2")));
  const TestRun bare = run(server.port(), {});
  CHECK(bare.status() == 4);
  CHECK(holds(bare.out(), "no header of yours was sent"));
  const TestRun wrong = run(server.port(), {"-v", "--header", "x-api-key=hunter2hunter2"});
  CHECK(wrong.status() == 4);
  CHECK(holds(wrong.out(), "sent was x-api-key (14 bytes)"));
  CHECK(holds(wrong.out(), "unknown key [REDACTED]"));
  CHECK(wrong.out().find("hunter2") == std::string::npos);
}

TEST_CASE("A resource attribute that is not of its type is a usage error before anything is sent") {
  const RawServer server(good());
  const TestRun wrong = run(server.port(), {"--resource", "replicas:int=many"});
  CHECK(wrong.status() == 2);
  CHECK(server.accepted() == 0);
}

TEST_CASE("What is wrong before any packet is a warning of the settings") {
  const RawServer server(good());
  const TestRun doubled({"test-connection"},
                        {{"OTEL_EXPORTER_OTLP_ENDPOINT",
                          "http://127.0.0.1:" + std::to_string(server.port()) + "/v1/traces"}});
  CHECK(doubled.status() == 0);
  CHECK(holds(doubled.out(), "config warn"));
  CHECK(holds(doubled.out(), "the path is doubled"));
  CHECK(holds(doubled.out(), "hint: end the endpoint before /v1/traces"));

  const TestRun jaeger({"test-connection", "--endpoint", "http://127.0.0.1:16686", "--no-send"});
  CHECK(holds(jaeger.out(), "config warn"));
  CHECK(holds(jaeger.out(), "Jaeger's web page"));
}

TEST_CASE("A proxy is named by its variable, whether it is down, refuses or answers itself") {
  const auto through = [](const std::string& proxy, const std::string& scheme,
                          const std::string& protocol) {
    return TestRun({"test-connection", "--endpoint", scheme + "://collector.example:4000",
                    "--protocol", protocol},
                   {{scheme + "_proxy", proxy}});
  };
  const test::RefusedPort nobody;
  const std::string down = "http://user:hunter2@127.0.0.1:" + std::to_string(nobody.port());
  const RawServer server(test::always(http_answer(403, "text/plain", "", "Connection: close\r\n")));
  const std::string refusing = "http://127.0.0.1:" + std::to_string(server.port());
  for (const std::string protocol : {"grpc", "http/protobuf"}) {
    CAPTURE(protocol);
    for (const std::string scheme : {"http", "https"}) {
      CAPTURE(scheme);
      const TestRun refused = through(down, scheme, protocol);
      CHECK(refused.status() == 3);
      CHECK(holds(refused.out(), "the proxy of " + scheme + "_proxy: connection to 127.0.0.1"));
      CHECK(holds(refused.out(), "except collector.example with no_proxy, or correct " + scheme));
      CHECK(refused.out().find("hunter2") == std::string::npos);
      const TestRun forbidden = through(refusing, scheme, protocol);
      CHECK(forbidden.status() == (scheme == "http" && protocol != "grpc" ? 4 : 3));
      CHECK(holds(forbidden.out(), "through the proxy " + refusing + " (" + scheme + "_proxy)"));
      CHECK(holds(forbidden.out(), "no_proxy, or correct " + scheme + "_proxy"));
    }
  }
}
