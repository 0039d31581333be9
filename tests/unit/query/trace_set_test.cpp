// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_set.hpp"

#include <doctest/doctest.h>

#include "tests/support/memory_backend.hpp"

using namespace otelctl;
using query::is_trace_set;
using query::parse_trace_set;
using test::k_now;

TEST_CASE("a set is told from an id, a URL, a traceparent and a file by its key") {
  CHECK(is_trace_set("service=checkout"));
  CHECK(is_trace_set("last=5"));
  CHECK(is_trace_set("tag=a=b,since=1h"));
  for (const char* other : {"last", "last~1", "0af7651916cd43dd8448eb211c80319c",
                            "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                            "http://jaeger:16686/trace/0af7651916cd43dd8448eb211c80319c?uiFind=x",
                            "./service=x", "-", "trace.json", "name=x"}) {
    CAPTURE(other);
    CHECK_FALSE(is_trace_set(other));
  }
}

TEST_CASE("a set has show-traces' options") {
  const auto query = parse_trace_set(
      R"(service=shop,service=cart,operation=GET /a\,b\\,tag=env=ci,errors=true,since=2h,until=1h,)"
      R"(last=7,min-duration=10ms,max-duration=2s)",
      k_now);
  REQUIRE(query);
  CHECK(query->last.services == std::vector<std::string>{"shop", "cart"});
  CHECK(query->last.filter.operation == R"(GET /a,b\)");
  REQUIRE(query->last.filter.tags.size() == 1);
  CHECK(query->last.filter.tags[0] == std::pair<std::string, std::string>{"env", "ci"});
  CHECK(query->last.filter.must_have_failed);
  CHECK(query->last.since == k_now - std::chrono::hours(2));
  CHECK(query->last.until == k_now - std::chrono::hours(1));
  CHECK(query->last.count == 7);
  CHECK(query->last.min_duration == std::chrono::milliseconds(10));
  CHECK(query->last.max_duration == std::chrono::seconds(2));
  CHECK(parse_trace_set("service=shop", k_now)->last.count == query::k_set_size);
  CHECK(parse_trace_set("until=3h", k_now)->last.since == k_now - std::chrono::hours(4));
}

TEST_CASE("what is wrong with a set is a usage error that names the key") {
  for (const char* wrong :
       {"service=shop,nonsense=1", "service=shop,", "last=0", "last=1001", "last=x", "errors=maybe",
        "tag=x", "tag==x", "since=soon", "min-duration=5", "since=1h,until=2h"}) {
    CAPTURE(wrong);
    const auto query = parse_trace_set(wrong, k_now);
    REQUIRE_FALSE(query);
    CHECK(query.error().kind == ErrorKind::usage);
    CHECK_FALSE(query.error().hint.empty());
  }
}

TEST_CASE("a set is fetched with all its spans, the newest first") {
  test::MemoryBackend backend;
  for (std::uint64_t i = 1; i <= 5; ++i) {
    backend.traces.push_back(test::make_summary(i, std::chrono::minutes(i)));
  }
  const auto set = query::fetch_trace_set(backend, *parse_trace_set("service=shop,last=3", k_now));
  REQUIRE(set);
  REQUIRE(set->traces.size() == 3);
  CHECK(set->traces[0].id == test::trace_id(1));
  CHECK(set->traces[2].id == test::trace_id(3));
  const auto none = query::fetch_trace_set(backend, *parse_trace_set("service=other", k_now));
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::not_seen);
}

TEST_CASE("what is gone between the list and the question is left out with a note") {
  test::MemoryBackend backend;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    backend.traces.push_back(test::make_summary(number, std::chrono::minutes(number)));
  }
  backend.gone = {test::trace_id(2)};
  const auto query = *parse_trace_set("service=shop", k_now);
  const auto set = query::fetch_trace_set(backend, query);
  REQUIRE(set);
  REQUIRE(set->traces.size() == 2);
  CHECK(set->traces[0].id == test::trace_id(1));
  CHECK(set->traces[1].id == test::trace_id(3));
  REQUIRE(set->notes.size() == 1);
  CHECK(set->notes[0] == "1 of 3 traces left out: the backend listed more than it could give");

  backend.gone = {test::trace_id(1), test::trace_id(2), test::trace_id(3)};
  const auto none = query::fetch_trace_set(backend, query);
  REQUIRE_FALSE(none);
  CHECK(none.error().kind == ErrorKind::not_seen);
  CHECK(none.error().message == "the backend has no such trace");
}

TEST_CASE("of an archive a set takes all the time there is, unless it says from when on") {
  test::MemoryBackend backend;
  backend.is_of_file = true;
  backend.traces.push_back(test::make_summary(1, std::chrono::hours(1000)));
  CHECK(query::fetch_trace_set(backend, *parse_trace_set("service=shop", k_now)));
  CHECK(query::fetch_trace_set(backend, query::whole_file()));
  CHECK_FALSE(query::fetch_trace_set(backend, *parse_trace_set("since=1h", k_now)));
  backend.is_of_file = false;
  CHECK_FALSE(query::fetch_trace_set(backend, *parse_trace_set("service=shop", k_now)));
}
