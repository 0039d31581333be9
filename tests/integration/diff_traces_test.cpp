// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What diff-traces says of traces in the embedded backend.
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "tests/integration/serve_support.hpp"
#include "tests/support/test_context.hpp"

using namespace otelctl;
using otelctl::testing::ServedBackend;
using test::TestRun;
namespace json = boost::json;

namespace {

struct SmallSpan {
  std::string id;
  std::string parent;
  std::string name;
  int milliseconds;
  bool has_failed = false;
};

// Sends one trace of the service "shop", `age` seconds old.
void send(ServedBackend& backend, const std::string& trace_id, const std::vector<SmallSpan>& spans,
          int age, const std::string& build = "main") {
  const auto start = SystemClock().now().time_since_epoch().count() - age * 1'000'000'000LL;
  std::string list;
  for (const SmallSpan& span : spans) {
    list += list.empty() ? "" : ",";
    list += R"({"traceId":")" + trace_id + R"(","spanId":")" + span.id + R"(","parentSpanId":")" +
            span.parent + R"(","name":)" + json::serialize(json::string(span.name)) +
            R"(,"kind":1,"startTimeUnixNano":")" + std::to_string(start) +
            R"(","endTimeUnixNano":")" + std::to_string(start + span.milliseconds * 1'000'000LL) +
            R"(","attributes":[{"key":"build","value":{"stringValue":")" + build +
            R"("}}],"status":{"code":)" + (span.has_failed ? "2" : "0") + "}}";
  }
  const auto response =
      backend.post("/v1/traces",
                   R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":)"
                   R"({"stringValue":"shop"}}]},"scopeSpans":[{"spans":[)" +
                       list + "]}]}]}",
                   "application/json");
  REQUIRE(response.status == 200);
}

const std::string k_a = "0af7651916cd43dd8448eb211c80319c";
const std::string k_b = "0bf7651916cd43dd8448eb211c80319c";
const std::string k_root = "00000000000000a1";

void send_two(ServedBackend& backend) {
  send(backend, k_a,
       {{k_root, "", "GET /", 100},
        {"00000000000000a2", k_root, "old", 5},
        {"00000000000000a3", k_root, "db", 10}},
       20);
  send(backend, k_b,
       {{k_root, "", "GET /", 130},
        {"00000000000000a3", k_root, "db", 40, true},
        {"00000000000000a4", k_root, "new", 7}},
       10);
}

TestRun diff(ServedBackend& backend, std::vector<std::string> args) {
  args.insert(args.begin(), "diff-traces");
  args.insert(args.end(), {"--backend", "http://" + backend->query_address()});
  return TestRun(args);
}

bool holds(std::string_view whole, std::string_view part) {
  return whole.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("two traces are compared by structure, time and errors") {
  ServedBackend backend;
  send_two(backend);
  const TestRun run = diff(backend, {"last~1", "last", "--format", "json"});
  CAPTURE(run.err());
  CHECK(run.status() == 0);
  const auto report = json::parse(run.out()).as_object();
  CHECK(report.at("schema") == "otelctl.diff/1");
  CHECK(report.at("samples_a") == 1);
  REQUIRE(report.at("added").as_array().size() == 1);
  CHECK(report.at("added").at(0).at("path") == "shop: GET / > shop: new");
  CHECK(report.at("removed").at(0).at("path") == "shop: GET / > shop: old");
  const auto& changed = report.at("changed").as_array();
  REQUIRE(changed.size() == 2);
  CHECK(changed[0].at("name") == "db");
  CHECK(changed[0].at("duration_a_ns") == 10'000'000);
  CHECK(changed[0].at("duration_b_ns") == 40'000'000);
  CHECK(changed[0].at("change_percent").to_number<double>() == doctest::Approx(300));
  CHECK(changed[0].at("errors_a") == 0);
  CHECK(changed[0].at("errors_b") == 1);
  CHECK(report.at("result").at("ok") == true);
  CHECK(diff(backend, {"last~1", "last", "--format", "json"}).out() == run.out());
  CHECK(diff(backend, {k_a, k_b}).out() == diff(backend, {k_a, k_b}).out());
  CHECK(holds(diff(backend, {k_a, k_a}).out(), "no difference"));
}

TEST_CASE("a URL names its own backend") {
  ServedBackend one;
  ServedBackend two;
  send(one, k_a, {{k_root, "", "GET /", 100}}, 10);
  send(two, k_b, {{k_root, "", "GET /", 200}}, 10);
  const TestRun run({"diff-traces", "http://" + one->query_address() + "/trace/" + k_a,
                     "http://" + two->query_address() + "/trace/" + k_b, "--fail-on",
                     "slower=50%"});
  CAPTURE(run.err());
  CHECK(run.status() == 1);
  CHECK(holds(run.out(), "+100.0%"));
}

TEST_CASE("--fail-on makes the status 1, and each limit that is passed is told") {
  ServedBackend backend;
  send_two(backend);
  const TestRun run =
      diff(backend, {k_a, k_b, "--fail-on", "added,removed,error,slower=20%", "--format", "json"});
  CHECK(run.status() == 1);
  const auto report = json::parse(run.out()).as_object();
  CHECK(report.at("result").at("exit_code") == 1);
  CHECK(report.at("result").at("failed").as_array().size() == 4);
  CHECK(diff(backend, {k_a, k_b, "--fail-on", "slower=400%"}).status() == 0);
  const TestRun text = diff(backend, {k_a, k_b, "--fail-on", "removed"});
  CHECK(text.status() == 1);
  CHECK(holds(text.out(), "removed: 1 span was removed: shop: GET / > shop: old"));
  CHECK(diff(backend, {k_a, k_b, "--fail-on", "nothing"}).status() == 2);
}

TEST_CASE("sets are compared by median, with the number of samples") {
  ServedBackend backend;
  for (int i = 0; i < 6; ++i) {
    const std::string tail = "f7651916cd43dd8448eb211c80319" + std::to_string(i) + "0";
    send(backend, "1" + tail, {{k_root, "", "GET /", 100 + i}}, 60 + i, "main");
    send(backend, "2" + tail, {{k_root, "", "GET /", i == 0 ? 900 : 101}}, 60 + i, "branch");
    send(backend, "3" + tail, {{k_root, "", "GET /", 200 + i}}, 60 + i, "slow");
  }
  const TestRun fine =
      diff(backend, {"tag=build=main", "tag=build=branch", "--fail-on", "slower=20%"});
  CAPTURE(fine.err());
  CHECK(fine.status() == 0);
  CHECK(holds(fine.out(), "A  tag=build=main: 6 traces, median"));
  const TestRun slow = diff(backend, {"service=shop,tag=build=main,last=5",
                                      "service=shop,tag=build=slow", "--fail-on", "slower=20%"});
  CHECK(slow.status() == 1);
  CHECK(holds(slow.out(), "5 -> 6"));
  const TestRun few = diff(backend, {"tag=build=main,last=2", "tag=build=slow"});
  CHECK(holds(few.err(), "a median of so few says little"));
  CHECK(diff(backend, {"tag=build=none", "tag=build=slow"}).status() == 6);
  CHECK(diff(backend, {"tag=build=main,nonsense=1", "last"}).status() == 2);
}

TEST_CASE("text from a trace drives neither a terminal nor a comment") {
  ServedBackend backend;
  const std::string hostile = "\x1b[31m@octocat | <script> [x](http://e)";
  send(backend, k_a, {{k_root, "", "GET /", 100}}, 20);
  send(backend, k_b, {{k_root, "", "GET /", 100}, {"00000000000000a4", k_root, hostile, 7}}, 10);
  const TestRun text = diff(backend, {k_a, k_b});
  CHECK(text.out().find('\x1b') == std::string::npos);
  const TestRun comment = diff(backend, {k_a, k_b, "--format", "markdown", "--fail-on", "added"});
  CHECK(comment.status() == 1);
  CHECK(comment.out().find('\x1b') == std::string::npos);
  CHECK(comment.out().find("@octocat") == std::string::npos);
  CHECK(comment.out().find("<script>") == std::string::npos);
  CHECK(holds(comment.out(), "\\| \\<script\\>"));
}
