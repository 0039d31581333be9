// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// The commands that read traces, against every manner in which a server answers as Jaeger.
#include <algorithm>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/fake_jaeger.hpp"
#include "tests/support/test_context.hpp"
#include "tests/support/three_traces.hpp"

using namespace otelctl;
using test::FakeJaeger;
using test::FakeJaegerOptions;
using test::make_trace;
using test::ShortSpan;
using test::TestRun;
using test::three_traces;

namespace {

using Words = std::vector<std::string>;

const std::string k_first = to_hex(test::trace_id(1));
const std::string k_all_ids =
    to_hex(test::trace_id(3)) + "\n" + to_hex(test::trace_id(2)) + "\n" + k_first + "\n";

TestRun show_traces(const std::string& url, const Words& more = {"--format", "ids"}) {
  Words args = {"show-traces", "--backend",           url, "--since", "2026-08-20T00:00:00Z",
                "--until",     "2026-08-21T00:00:00Z"};
  args.insert(args.end(), more.begin(), more.end());
  return TestRun(args);
}

TestRun show_trace(const std::string& url, const std::string& id, const Words& more = {}) {
  Words args = {"show-trace", id, "--backend", url};
  args.insert(args.end(), more.begin(), more.end());
  return TestRun(args);
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

FakeJaegerOptions both() {
  return {};
}
FakeJaegerOptions v3_only() {
  FakeJaegerOptions options;
  options.has_legacy_search = false;
  return options;
}
FakeJaegerOptions legacy_only() {
  FakeJaegerOptions options;
  options.has_v3 = false;
  return options;
}
FakeJaegerOptions without_attributes() {
  FakeJaegerOptions options;
  options.has_summaries = false;
  options.filters_attributes = false;
  return options;
}
FakeJaegerOptions of_gateway() {
  FakeJaegerOptions options = without_attributes();
  options.text.is_of_gateway = true;
  options.has_page_for_unknown = true;
  options.gives_empty_with_200 = true;
  return options;
}

// What lists three traces, and shows the first with its two spans, on any server.
void check_reads(const FakeJaegerOptions& options, const std::string& dialect) {
  const FakeJaeger jaeger(options, three_traces());
  const std::string url = jaeger.url() + options.base_path;
  const TestRun ids = show_traces(url);
  CAPTURE(ids.err());
  CHECK(ids.status() == 0);
  CHECK(ids.out() == k_all_ids);
  const TestRun list = show_traces(url, {"--format", "json"});
  CHECK(has(list.out(), "\"dialect\": \"" + dialect + "\""));
  const TestRun one = show_trace(url, k_first, {"--format", "json"});
  CAPTURE(one.err());
  CHECK(one.status() == 0);
  CHECK(has(one.out(), "\"span_count\": 2"));
  CHECK(has(one.out(), "\"kind\": \"client\""));
  CHECK(has(one.out(), "\"duration_ns\": 9000000"));
  const TestRun none = show_trace(url, to_hex(test::trace_id(99)));
  CHECK(none.status() == 6);
  CHECK(has(none.err(), "the backend has no trace 0000"));
}

}  // namespace

TEST_CASE("legacy only") {
  check_reads(legacy_only(), "legacy");
}

TEST_CASE("api_v3 only, with 404 as text for the legacy API") {
  check_reads(v3_only(), "v3");
}

TEST_CASE("both APIs") {
  check_reads(both(), "v3");
}

TEST_CASE("api_v3 without attributes does not give a silent wrong answer") {
  check_reads(without_attributes(), "v3");
  FakeJaegerOptions options = without_attributes();
  options.has_legacy_search = false;
  for (const auto& each : {without_attributes(), options}) {
    const FakeJaeger jaeger(each, three_traces());
    const TestRun found = show_traces(jaeger.url(), {"--tag", "card=visa", "--format", "ids"});
    CHECK(found.status() == 0);
    CHECK(found.out() == k_first + "\n");
    CHECK(has(found.err(), "cannot filter by tags") == !each.has_legacy_search);
  }
}

TEST_CASE("the page of the user interface for what is not there, as before 2.16") {
  FakeJaegerOptions options = without_attributes();
  options.has_page_for_unknown = true;
  check_reads(options, "v3");
  options = legacy_only();
  options.has_page_for_unknown = true;
  check_reads(options, "legacy");
}

TEST_CASE("a search without a service: refused with 400, or answered with nothing") {
  for (FakeJaegerOptions options : {both(), without_attributes(), legacy_only()}) {
    options.needs_service = true;
    check_reads(options, options.has_v3 ? "v3" : "legacy");
    options.needs_service = false;
    options.is_empty_without_service = true;
    check_reads(options, options.has_v3 ? "v3" : "legacy");
  }
}

TEST_CASE("what is not found: 404, or 200 and nothing") {
  for (FakeJaegerOptions options : {both(), without_attributes(), legacy_only()}) {
    for (const bool with_200 : {false, true}) {
      options.gives_empty_with_200 = with_200;
      check_reads(options, options.has_v3 ? "v3" : "legacy");
      const FakeJaeger jaeger(options, three_traces());
      const TestRun none = show_traces(jaeger.url(), {"--service", "shpo"});
      CHECK(none.status() == 0);
      CHECK(none.out().empty());
      CHECK(none.err() == "otelctl: note: no service 'shpo'; did you mean 'shop'?\n");
      CHECK(show_traces(jaeger.url(), {"--service", "shpo", "--require", "1"}).status() == 6);
    }
  }
}

TEST_CASE("ids in base64 and enums by name, one object a trace, as the gateway of 1.35 to 1.52") {
  check_reads(of_gateway(), "v3");
}

TEST_CASE(
    "attributes that are not finite are shown, and a search that they break is done otherwise") {
  FakeJaegerOptions options = without_attributes();
  options.text.has_infinite_values = true;
  const FakeJaeger jaeger(options, three_traces());
  const TestRun one = show_trace(jaeger.url(), k_first, {"--attribute", "ratio"});
  CHECK(one.status() == 0);
  CHECK(has(one.out(), "NaN"));
  const TestRun found = show_traces(jaeger.url(), {"--errors", "--format", "ids"});
  CHECK(found.status() == 0);
  CHECK(found.out() == to_hex(test::trace_id(3)) + "\n");
  options.has_v3 = false;
  const FakeJaeger old(options, three_traces());
  const TestRun failed = show_traces(old.url());
  CHECK(failed.status() == 5);
  CHECK(has(failed.err(), "HTTP 500: json: unsupported value: NaN"));
  CHECK(has(failed.err(), "not finite"));
}

TEST_CASE("401 as text because no tenant is named") {
  FakeJaegerOptions options;
  options.needs_tenant = true;
  const FakeJaeger jaeger(options, three_traces());
  const TestRun refused = show_traces(jaeger.url());
  CHECK(refused.status() == 4);
  CHECK(has(refused.err(), "HTTP 401: missing tenant header"));
  CHECK(has(refused.err(), "--tenant"));
  CHECK(show_traces(jaeger.url(), {"--tenant", "a", "--format", "ids"}).out() == k_all_ids);
}

TEST_CASE("302 to a login page") {
  FakeJaegerOptions options;
  options.status = 302;
  options.location = "https://sso.example.com/login?state=secret";
  const FakeJaeger jaeger(options, {});
  for (const TestRun& run : {show_traces(jaeger.url()), show_trace(jaeger.url(), k_first)}) {
    CHECK(run.status() == 4);
    CHECK(has(run.err(), "login page"));
    CHECK_FALSE(has(run.err(), "secret"));
  }
}

TEST_CASE("a body that comes slowly in small chunks") {
  for (FakeJaegerOptions options : {v3_only(), legacy_only(), of_gateway()}) {
    options.is_slow = true;
    check_reads(options, options.has_v3 ? "v3" : "legacy");
  }
}

TEST_CASE("a body that is cut short") {
  for (FakeJaegerOptions options : {v3_only(), legacy_only()}) {
    options.cut_after = 150;
    for (const bool hangs_up : {false, true}) {
      options.hangs_up = hangs_up;
      const FakeJaeger jaeger(options, three_traces());
      const TestRun cut = show_trace(jaeger.url(), k_first);
      CHECK(cut.status() == 5);
      CHECK(cut.out().empty());
      CHECK(has(cut.err(), "cut short"));
    }
  }
}

TEST_CASE("gzip") {
  for (FakeJaegerOptions options : {without_attributes(), legacy_only()}) {
    options.is_gzip = true;
    check_reads(options, options.has_v3 ? "v3" : "legacy");
  }
}

TEST_CASE("16 digits of an id whose upper half is zero") {
  FakeJaegerOptions options = legacy_only();
  options.text.has_short_ids = true;
  check_reads(options, "legacy");
  const FakeJaeger jaeger(options, three_traces());
  CHECK(show_trace(jaeger.url(), k_first.substr(16)).status() == 0);
}

TEST_CASE("a base path, and the URLs of pages below it") {
  FakeJaegerOptions options;
  options.base_path = "/jaeger";
  options.has_page_for_unknown = true;
  check_reads(options, "v3");
  const FakeJaeger jaeger(options, three_traces());
  for (const char* page : {"/jaeger/search?service=shop&limit=20", "/jaeger/search", "/jaeger/",
                           "/jaeger/trace/0000000000000000000000000000000a?uiFind=x", ""}) {
    CAPTURE(page);
    CHECK(show_traces(jaeger.url() + page).out() == k_all_ids);
  }
  CHECK(TestRun({"show-trace", jaeger.url() + "/jaeger/trace/" + k_first}).status() == 0);
}

TEST_CASE("spans that max_trace_size left out make the trace truncated") {
  for (FakeJaegerOptions options : {v3_only(), legacy_only()}) {
    options.text.warning = "trace has more than 2 spans, showing first 2 spans only";
    const FakeJaeger jaeger(options, three_traces());
    const TestRun one = show_trace(jaeger.url(), k_first, {"--format", "json"});
    CHECK(one.status() == 0);
    CHECK(has(one.out(), "\"truncated\": true"));
  }
}

TEST_CASE("a proxy whose server restarts is asked again, twice at most") {
  FakeJaegerOptions options;
  options.failing_answers = 2;
  const FakeJaeger jaeger(options, three_traces());
  CHECK(show_traces(jaeger.url()).out() == k_all_ids);
  options.failing_answers = 3;
  const FakeJaeger down(options, three_traces());
  const TestRun failed = show_traces(down.url());
  CHECK(failed.status() == 3);
  CHECK(has(failed.err(), "HTTP 503: no healthy upstream"));
  CHECK(down.paths().size() == 3);
}

TEST_CASE("an answer of 500 is not asked for again") {
  FakeJaegerOptions options;
  options.status = 500;
  options.body = R"({"error":{"httpCode":500,"message":"search depth must be greater than 0"}})";
  const FakeJaeger jaeger(options, {});
  CHECK(show_traces(jaeger.url()).status() == 5);
  std::vector<std::string> paths = jaeger.paths();
  std::sort(paths.begin(), paths.end());
  CHECK(std::adjacent_find(paths.begin(), paths.end()) == paths.end());
}

TEST_CASE("10,000 spans, in either dialect and in a chain of 100,000") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 100'000; ++id) {
    chain.push_back({id, id - 1, id, 1'000'000'000 - id});
  }
  const std::vector<ShortSpan> shorter(chain.begin(), chain.begin() + 10'000);
  for (const auto& options : {v3_only(), legacy_only()}) {
    const FakeJaeger jaeger(options, {make_trace(shorter, 1)});
    const TestRun one = show_trace(jaeger.url(), k_first, {"--max-spans", "5"});
    CHECK(one.status() == 0);
    CHECK(has(one.out(), "10000 spans"));
  }
  const FakeJaeger jaeger(v3_only(), {make_trace(chain, 1)});
  const TestRun one = show_trace(jaeger.url(), k_first, {"--max-spans", "5"});
  CHECK(one.status() == 0);
  CHECK(has(one.out(), "100000 spans"));
}

TEST_CASE("a cycle, an orphan and an id that is there twice are shown, with warnings") {
  const struct {
    std::vector<ShortSpan> spans;
    const char* warning;
  } cases[] = {
      {{{1, 0, 0, 9, "root"}, {2, 3, 1, 5, "left"}, {3, 2, 2, 4, "right"}}, "cycle"},
      {{{1, 0, 0, 9, "root"}, {2, 77, 1, 5, "lost"}}, "orphan"},
      {{{1, 0, 0, 9, "root"}, {2, 1, 1, 5, "one"}, {2, 1, 2, 6, "two"}}, "duplicate"},
  };
  for (const auto& each : cases) {
    for (const auto& options : {v3_only(), legacy_only()}) {
      const FakeJaeger jaeger(options, {make_trace(each.spans, 1)});
      const TestRun one = show_trace(jaeger.url(), k_first, {"--format", "json"});
      CAPTURE(one.out());
      CHECK(one.status() == 0);
      CHECK(has(one.out(), each.warning));
      for (const ShortSpan& span : each.spans) {
        CHECK(has(one.out(), "\"name\": \"" + std::string(span.name) + "\""));
      }
    }
  }
}

TEST_CASE("several services are asked at a time, and the answer is the same each time") {
  std::vector<trace::Trace> traces;
  std::vector<std::string> services;
  for (std::uint64_t number = 0; number < 40; ++number) {
    services.push_back("service-" + std::to_string(number));
  }
  for (std::uint64_t number = 1; number <= 120; ++number) {
    traces.push_back(make_trace({ShortSpan{1, 0, number * 1'000'000, number * 1'000'000 + 5, "work",
                                           services[number % 40]}},
                                number));
  }
  FakeJaegerOptions options;
  options.needs_service = true;
  const FakeJaeger jaeger(options, std::move(traces));
  const TestRun first = show_traces(jaeger.url(), {"--last", "100", "--format", "json"});
  CAPTURE(first.err());
  CHECK(first.status() == 0);
  for (int run = 0; run < 3; ++run) {
    CHECK(show_traces(jaeger.url(), {"--last", "100", "--format", "json"}).out() == first.out());
  }
}

TEST_CASE("formats that copy a trace ask for it as it was stored") {
  const FakeJaeger jaeger(both(), three_traces());
  REQUIRE(show_trace(jaeger.url(), k_first, {"--format", "json"}).status() == 0);
  CHECK_FALSE(has(jaeger.targets().back(), "raw"));
  for (const char* format : {"otlp-json", "jaeger-json", "zipkin-json"}) {
    CAPTURE(format);
    REQUIRE(show_trace(jaeger.url(), k_first, {"--format", format}).status() == 0);
    CHECK(has(jaeger.targets().back(), "rawTraces=true"));
  }
}

TEST_CASE("--follow shows what is there and then each new trace once") {
  FakeJaeger jaeger(both(), {make_trace({{1, 0, 0, 5}}, 1)});
  const TestRun run({"show-traces", "--backend", jaeger.url(), "--since", "2026-08-20T00:00:00Z",
                     "--follow", "--require", "1", "--format", "ids"});
  CAPTURE(run.err());
  CHECK(run.status() == 0);
  CHECK(run.out() == k_first + "\n");
  // None of a later time is there: the time of --for is over at once.
  const TestRun none({"show-traces", "--backend", jaeger.url(), "--since", "1m", "--follow",
                      "--require", "1", "--for", "1ms"});
  CHECK(none.status() == 6);
  CHECK(has(none.err(), "0 seen, 1 required"));
  const TestRun ended(
      {"show-traces", "--backend", jaeger.url(), "--since", "1m", "--follow", "--for", "1ms"});
  CHECK(ended.status() == 0);
  const TestRun interrupted(test::Surroundings{{}, {}, {}, 2},
                            {"show-traces", "--backend", jaeger.url(), "--follow"});
  CHECK(interrupted.status() == 130);
}
