// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "tests/integration/query_support.hpp"
#include "tests/support/fake_tempo.hpp"
#include "trace/tree.hpp"

using namespace otelctl;
using namespace otelctl::test;
using query::find_last;

namespace {

std::ptrdiff_t count(const Paths& paths, const std::string& path) {
  return std::count(paths.begin(), paths.end(), path);
}

FakeTempoOptions old_one() {
  FakeTempoOptions options;
  options.knows_most_recent = false;
  options.has_service_stats = false;
  options.has_traces_v2 = false;
  options.has_tag_values_v2 = false;
  return options;
}

}  // namespace

TEST_CASE("every Tempo gives the last traces, filtered, and one by its id") {
  FakeTempoOptions copy;
  copy.has_echo = false;
  copy.gives_protobuf = false;
  FakeTempoOptions victoria_traces = old_one();
  victoria_traces.status_for_unknown = 400;
  for (const FakeTempoOptions& options : {FakeTempoOptions{}, old_one(), copy, victoria_traces}) {
    const FakeTempo tempo(options, three_traces());
    const auto backend = open(tempo.url(), "tempo");
    check_filters(*backend);
    CHECK(backend->probe()->kind == "tempo");
    CHECK(backend->page_of(trace_id(1)).empty());
    CHECK(backend->services().value() == Paths{"mail", "payment", "shop"});
    const auto trace = backend->trace(trace_id(1));
    CAPTURE((trace ? "" : trace.error().message));
    REQUIRE(trace.has_value());
    CHECK(trace::build_tree(*trace).depth == std::vector<std::uint32_t>{0, 1});
    CHECK(trace->service(trace->spans[1]) == "payment");
    CHECK_FALSE(trace->is_truncated);
    const auto unknown = backend->trace(trace_id(99));
    REQUIRE_FALSE(unknown.has_value());
    CHECK(unknown.error().kind == ErrorKind::not_seen);
  }
}

TEST_CASE("an older Tempo gives whole traces by the first route, in either form") {
  FakeTempoOptions options = old_one();
  for (const bool gives_protobuf : {true, false}) {
    options.gives_protobuf = gives_protobuf;
    const FakeTempo tempo(options, three_traces());
    const auto trace = open(tempo.url(), "tempo")->trace(trace_id(1));
    REQUIRE(trace.has_value());
    CHECK(trace->spans.size() == 2);
    CHECK(tempo.paths().back() == "/api/traces/00000000000000000000000000000001");
  }
}

TEST_CASE("the newest are asked for, and where that is refused they are not again") {
  const FakeTempo tempo({}, three_traces());
  const auto backend = open(tempo.url(), "tempo");
  query::LastQuery query = last_query();
  query.count = 1;
  CHECK(numbers(find_last(*backend, query)) == Numbers{3});
  CHECK(tempo.last_parameter("q") == "{} with (most_recent=true)");

  const FakeTempo old(old_one(), three_traces());
  const auto older = open(old.url(), "tempo");
  CHECK(numbers(find_last(*older, last_query())) == Numbers{3, 2, 1});
  CHECK(old.last_parameter("q") == "{}");
  const auto searches = count(old.paths(), "/api/search");
  query::Search search;
  search.start = k_hour_after_zero - std::chrono::hours(1);
  search.end = k_hour_after_zero;
  REQUIRE(older->search(search).has_value());
  CHECK(count(old.paths(), "/api/search") == searches + 1);
}

TEST_CASE("a full answer of a Tempo that gives any traces says so") {
  const FakeTempo tempo(old_one(), three_traces());
  const auto backend = open(tempo.url(), "tempo");
  query::Search search;
  search.start = k_hour_after_zero - std::chrono::hours(2);
  search.end = k_hour_after_zero;
  search.limit = 2;
  const auto found = backend->search(search);
  REQUIRE(found.has_value());
  CHECK(found->received == 2);
  REQUIRE(backend->notes().size() == 2);
  CHECK(backend->notes()[0].starts_with("this Tempo cannot be asked for its newest traces"));
  CHECK(backend->notes()[1].starts_with("this Tempo does not count spans"));
}

TEST_CASE("the newest are found among many though Tempo gives the oldest first") {
  std::vector<trace::Trace> traces;
  for (std::uint64_t number = 1; number <= 200; ++number) {
    traces.push_back(make_trace({{1, 0, 0, 5000}}, number, k_zero + number * 10'000'000'000));
  }
  const FakeTempo tempo(old_one(), std::move(traces));
  query::LastQuery query = last_query();
  query.count = 3;
  CHECK(numbers(find_last(*open(tempo.url(), "tempo"), query)) == Numbers{200, 199, 198});
}

TEST_CASE("a trace that Tempo gives in part is marked so, with its words, in either form") {
  FakeTempoOptions options;
  for (const bool gives_protobuf : {true, false}) {
    for (const char* words : {"trace exceeds max size", ""}) {
      options.gives_protobuf = gives_protobuf;
      options.partial = words;
      const FakeTempo tempo(options, three_traces());
      const auto trace = open(tempo.url(), "tempo")->trace(trace_id(1));
      REQUIRE(trace.has_value());
      CHECK(trace->is_truncated);
      REQUIRE(trace->warnings.size() == 1);
      CHECK(trace->warnings[0] == (*words != '\0' ? words : "Tempo gave only a part of the trace"));
    }
  }
}

TEST_CASE("an answer of Tempo that is cut short is not understood, in either form") {
  FakeTempoOptions options;
  options.cut_after = 100;
  for (const bool gives_protobuf : {true, false}) {
    options.gives_protobuf = gives_protobuf;
    const FakeTempo tempo(options, three_traces());
    const auto trace = open(tempo.url(), "tempo")->trace(trace_id(1));
    REQUIRE_FALSE(trace.has_value());
    CHECK(trace.error().kind == ErrorKind::not_understood);
  }
}

TEST_CASE("times are whole seconds around the search, and the tenant goes along") {
  FakeTempoOptions options;
  options.tenant = "team-a";
  const FakeTempo tempo(options, three_traces());
  const auto refused = open(tempo.url(), "tempo")->services();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().kind == ErrorKind::refused);
  const auto backend = open(tempo.url(), "tempo", {"X-Scope-OrgID=team-a"});
  query::Search search;
  search.start = Time{nanoseconds{1'500'000'000}};
  search.end = Time{nanoseconds{2'500'000'000}};
  REQUIRE(backend->search(search).has_value());
  CHECK(tempo.last_parameter("start") == "1");
  CHECK(tempo.last_parameter("end") == "3");
  CHECK(tempo.last_header("X-Scope-OrgID") == "team-a");
}

TEST_CASE("Tempo below a path, as Grafana's proxy has it") {
  FakeTempoOptions options;
  options.base_path = "/api/datasources/proxy/uid/abc";
  const FakeTempo tempo(options, three_traces());
  const auto backend = open(tempo.url() + options.base_path + "/", "tempo");
  CHECK(numbers(find_last(*backend, last_query())) == Numbers{3, 2, 1});
  CHECK(backend->operations("shop").value() == Paths{"GET /"});
}
