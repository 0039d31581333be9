// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// check-traces against backends that change while it looks: each look is answered by what a test
// says is there at that look, so nothing depends on time.
#include <atomic>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <httplib.h>

#include "base/file.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using test::TestRun;
namespace json = boost::json;

namespace {

constexpr const char* k_id = "0af7651916cd43dd8448eb211c80319c";

struct Answer {
  int status = 200;
  std::string body;
};

std::string span(int number, int parent, const std::string& name, bool has_failed = false) {
  return fmt::format(
      R"({{"traceId":"{}","spanId":"{:016x}","parentSpanId":"{}","name":"{}","kind":2,)"
      R"("startTimeUnixNano":"17872200000{:02}000000","endTimeUnixNano":"1787220000900000000",)"
      R"("status":{{"code":{}}}}})",
      k_id, number, parent == 0 ? "" : fmt::format("{:016x}", parent), name, number,
      has_failed ? 2 : 0);
}

// The trace with its first so many spans.
Answer spans(int count) {
  if (count == 0) {
    return {404, R"({"error":{"httpCode":404,"message":"No traces found"}})"};
  }
  std::string all = span(1, 0, "POST /orders");
  for (int number = 2; number <= count; ++number) {
    all += "," + span(number, 1, fmt::format("call {}", number), number == 4);
  }
  return {200, R"({"result":{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name",)"
               R"("value":{"stringValue":"checkout"}}]},"scopeSpans":[{"spans":[)" +
                   all + "]}]}]}}"};
}

// Jaeger's query API, whose trace is what `at` gives for the number of the look, from 0.
class StagedJaeger {
 public:
  explicit StagedJaeger(std::function<Answer(int)> at) {
    m_server.Get("/api/v3/services", [](const httplib::Request&, httplib::Response& response) {
      response.set_content(R"({"services":["checkout"]})", "application/json");
    });
    m_server.Get(std::string("/api/v3/traces/") + k_id,
                 [this, at = std::move(at)](const httplib::Request&, httplib::Response& response) {
                   const Answer answer = at(m_looks++);
                   response.status = answer.status;
                   response.set_content(answer.body, "application/json");
                 });
    m_port = m_server.bind_to_any_port("127.0.0.1");
    m_thread = std::thread([this] { m_server.listen_after_bind(); });
    while (!m_server.is_running()) {
      std::this_thread::yield();
    }
  }
  ~StagedJaeger() {
    m_server.stop();
    m_thread.join();
  }
  StagedJaeger(const StagedJaeger&) = delete;
  StagedJaeger& operator=(const StagedJaeger&) = delete;

  std::string url() const { return fmt::format("http://127.0.0.1:{}", m_port); }
  int looks() const { return m_looks; }

  TestRun check(std::vector<std::string> args) const {
    args.insert(args.begin(), {"check-traces", "--backend", url(), "--trace-id", k_id});
    return TestRun(args);
  }

 private:
  httplib::Server m_server;
  std::atomic<int> m_looks{0};
  int m_port = 0;
  std::thread m_thread;
};

}  // namespace

TEST_CASE("spans that come late are waited for") {
  const StagedJaeger jaeger([](int look) { return spans(look < 1 ? 0 : look < 2 ? 2 : 3); });
  const TestRun run = jaeger.check({"--min-spans", "3", "--settle", "0s"});
  CAPTURE(run.out());
  CHECK(run.status() == 0);
  CHECK(jaeger.looks() == 3);
}

TEST_CASE("a trace that never becomes complete ends with 6 and shows what there is") {
  const StagedJaeger jaeger([](int) { return spans(2); });
  const TestRun run = jaeger.check({"--min-spans", "3", "--timeout", "600ms", "--settle", "0s"});
  CHECK(run.status() == 6);
  CHECK(run.out().find("FAIL spans: expected >=3, got 2") != std::string::npos);
  CHECK(run.out().find("not seen: the trace did not become complete within 600ms") !=
        std::string::npos);
  CHECK(run.out().find(jaeger.url() + "/trace/" + k_id) != std::string::npos);
}

TEST_CASE("a failed expectation ends with 1, in every format") {
  const StagedJaeger jaeger([](int) { return spans(4); });
  const TestRun text = jaeger.check({"--max-errors", "0", "--settle", "0s"});
  CHECK(text.status() == 1);
  CHECK(text.out().find("FAIL errors: expected <=0, got 1 (span 0000000000000004)\n"
                        "     call 4 @checkout\n") != std::string::npos);
  const TestRun as_json = jaeger.check({"--max-errors", "0", "--settle", "0s", "--format", "json"});
  CHECK(as_json.status() == 1);
  const json::value root = json::parse(as_json.out());
  CHECK(root.at("schema") == "otelctl.checks/1");
  CHECK(root.at("trace_id") == k_id);
  CHECK(root.at("checks").at(0).at("span_id") == "0000000000000004");
  CHECK(root.at("result").at("exit_code") == 1);
  CHECK(root.at("result").at("kind") == "failed");
  const TestRun junit = jaeger.check({"--max-errors", "0", "--settle", "0s", "--format", "junit"});
  CHECK(junit.out().find("tests=\"1\" failures=\"1\" errors=\"0\"") != std::string::npos);
  const TestRun github =
      jaeger.check({"--max-errors", "0", "--settle", "0s", "--format", "github"});
  CHECK(github.out().starts_with("::error title=otelctl check-traces%3A trace::errors: expected"));
}

TEST_CASE("a backend that answers 503 at first is waited for") {
  const StagedJaeger jaeger([](int look) {
    return look < 3 ? Answer{503, R"({"error":{"httpCode":503,"message":"starting"}})"} : spans(3);
  });
  const TestRun run = jaeger.check({"--min-spans", "3", "--settle", "0s"});
  CAPTURE(run.err());
  CHECK(run.status() == 0);
  CHECK(run.err().find("waiting for up to 30s: ") != std::string::npos);
}

TEST_CASE("trouble with the backend is never a failed check") {
  const std::vector<std::pair<int, int>> statuses = {
      {503, 3}, {401, 4}, {403, 4}, {500, 5}, {404, 6}};
  for (const auto& [http_status, status] : statuses) {
    CAPTURE(http_status);
    const StagedJaeger jaeger([code = http_status](int) {
      return Answer{code, R"({"error":{"httpCode":1,"message":"no"}})"};
    });
    const TestRun run = jaeger.check({"--timeout", "600ms", "--settle", "0s", "--format", "junit"});
    CHECK(run.status() == status);
    CHECK(run.out().find("failures=\"0\" errors=\"1\"") != std::string::npos);
  }
}

TEST_CASE("a trace passes the file that was drafted from it") {
  const StagedJaeger jaeger([](int) { return spans(4); });
  const test::TemporaryFolder folder;
  const std::string path = folder.path("draft.yaml");
  const TestRun drafted(
      {"check-traces", "--backend", jaeger.url(), "--from-trace", k_id, "-o", path});
  CHECK(drafted.status() == 0);
  const TestRun run = jaeger.check({"-f", path, "--settle", "0s"});
  CAPTURE(run.out());
  CHECK(run.status() == 0);
  CHECK(run.out().find("FAIL") == std::string::npos);
}

TEST_CASE("a golden file is written, compared with, and nothing else is overwritten") {
  const StagedJaeger jaeger([](int) { return spans(4); });
  const test::TemporaryFolder folder;
  const std::string path = folder.path("order.yaml");
  const std::string golden = folder.path("order.golden");
  REQUIRE(write_file(path, std::string_view("version: 1\nexpect: [{golden: order.golden}]\n"))
              .has_value());
  const TestRun missing = jaeger.check({"-f", path, "--settle", "0s"});
  CHECK(missing.status() == 2);
  CHECK(missing.err().find("--update-golden writes it") != std::string::npos);
  CHECK(jaeger.check({"-f", path, "--settle", "0s", "--update-golden"}).status() == 0);
  CHECK(jaeger.check({"-f", path, "--settle", "0s"}).status() == 0);
  const std::string content = read_file(golden, 1 << 20).value();
  CHECK(content.starts_with("# otelctl golden trace 1\n- POST /orders @checkout server\n"));
  REQUIRE(write_file(golden, std::string_view("something of mine\n")).has_value());
  const TestRun foreign = jaeger.check({"-f", path, "--settle", "0s", "--update-golden"});
  CHECK(foreign.status() == 2);
  CHECK(read_file(golden, 1 << 20).value() == "something of mine\n");
}

TEST_CASE("a signal ends the waiting") {
  const StagedJaeger jaeger([](int) { return spans(0); });
  test::Surroundings surroundings;
  surroundings.interrupted_by = 2;
  const TestRun run(surroundings, {"check-traces", "--backend", jaeger.url(), "--trace-id", k_id});
  CHECK(run.status() == 130);
}

TEST_CASE("at a terminal one line says what is waited for, and is gone in the end") {
  const StagedJaeger jaeger([](int look) { return spans(look < 1 ? 2 : 3); });
  test::Surroundings surroundings;
  surroundings.err_facts = {true, 80};
  const TestRun run(surroundings, {"check-traces", "--backend", jaeger.url(), "--trace-id", k_id,
                                   "--min-spans", "3", "--settle", "0s"});
  CHECK(run.status() == 0);
  CHECK(run.err().find("\rwaiting for the trace: 2 spans, spans: expected >=3, got 2") !=
        std::string::npos);
  CHECK(run.err().ends_with(" \r"));
}
