// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/diff.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using test::make_trace;
using test::ShortSpan;
using trace::SpanKind;
using trace::SpanStatus;
using trace::TraceDiff;

namespace {

constexpr std::uint64_t k_ms = 1'000'000;

std::vector<trace::Trace> one(const std::vector<ShortSpan>& spans) {
  std::vector<trace::Trace> traces;
  traces.push_back(make_trace(spans));
  return traces;
}

// A root with one child that takes so long.
std::vector<trace::Trace> set_of(const std::vector<std::uint64_t>& child_times) {
  std::vector<trace::Trace> traces;
  for (std::size_t i = 0; i < child_times.size(); ++i) {
    traces.push_back(make_trace(
        {{1, 0, 0, 100 * k_ms, "GET /", "shop"}, {2, 1, 0, child_times[i] * k_ms, "SELECT", "db"}},
        i + 1));
  }
  return traces;
}

std::vector<std::string> paths_of(const std::vector<trace::DiffSpan>& spans) {
  std::vector<std::string> paths;
  for (const trace::DiffSpan& span : spans) {
    paths.push_back(span.path);
  }
  return paths;
}

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE("a trace does not differ from itself, whatever its ids and its time are") {
  const std::vector<ShortSpan> spans = {{1, 0, 0, 10 * k_ms, "GET /", "shop"},
                                        {2, 1, 1 * k_ms, 2 * k_ms, "SELECT", "db"},
                                        {3, 1, 3 * k_ms, 4 * k_ms, "SELECT", "db"}};
  std::vector<ShortSpan> others = spans;
  for (ShortSpan& span : others) {
    span.id += 100;
    span.parent += span.parent == 0 ? 0 : 100;
  }
  std::vector<trace::Trace> later;
  later.push_back(make_trace(others, 9, test::k_zero + 77));
  const TraceDiff diff = trace::diff(one(spans), later);
  CHECK(diff.added.empty());
  CHECK(diff.removed.empty());
  CHECK(diff.changed.empty());
  CHECK(diff.unchanged == 3);
}

TEST_CASE("equal siblings are told apart by their number, other ones by service, name and kind") {
  const TraceDiff diff = trace::diff(one({{1, 0, 0, 10, "GET /", "shop"},
                                          {2, 1, 1, 2, "SELECT", "db"},
                                          {3, 1, 3, 4, "SELECT", "db"},
                                          {4, 1, 5, 6, "work", "shop", SpanKind::internal}}),
                                     one({{1, 0, 0, 10, "GET /", "shop"},
                                          {2, 1, 1, 2, "SELECT", "db"},
                                          {4, 1, 5, 6, "work", "shop", SpanKind::client},
                                          {5, 1, 7, 8, "work", "cart", SpanKind::internal}}));
  CHECK(paths_of(diff.added) == Paths{"shop: GET / > shop: work", "shop: GET / > cart: work"});
  CHECK(paths_of(diff.removed) == Paths{"shop: GET / > db: SELECT#2", "shop: GET / > shop: work"});
  CHECK(diff.unchanged == 2);
}

TEST_CASE("of what was added together only the topmost span is told, with the count below it") {
  const TraceDiff diff =
      trace::diff(one({{1, 0, 0, 10, "GET /", "shop"}}),
                  one({{1, 0, 0, 10, "GET /", "shop"},
                       {2, 1, 0, 5, "pay", "pay"},
                       {3, 2, 0, 4, "INSERT", "db", SpanKind::client, SpanStatus::error},
                       {4, 2, 0, 4, "notify", "mail"}}));
  REQUIRE(diff.added.size() == 1);
  CHECK(diff.added[0].path == "shop: GET / > pay: pay");
  CHECK(diff.added[0].spans == 3);
  CHECK(diff.added[0].errors == 1);
  CHECK(diff.added[0].duration == nanoseconds(5));
}

TEST_CASE("new errors come first, then the biggest change of time in either direction") {
  const TraceDiff diff =
      trace::diff(one({{1, 0, 0, 100 * k_ms, "GET /", "shop"},
                       {2, 1, 0, 10 * k_ms, "a", "shop"},
                       {3, 1, 0, 50 * k_ms, "b", "shop"},
                       {4, 1, 0, 10 * k_ms, "c", "shop"}}),
                  one({{1, 0, 0, 100 * k_ms, "GET /", "shop"},
                       {2, 1, 0, 12 * k_ms, "a", "shop"},
                       {3, 1, 0, 20 * k_ms, "b", "shop"},
                       {4, 1, 0, 10 * k_ms, "c", "shop", SpanKind::internal, SpanStatus::error}}));
  REQUIRE(diff.changed.size() == 3);
  CHECK(diff.changed[0].name == "c");
  CHECK(diff.changed[0].has_new_errors);
  CHECK(diff.changed[1].name == "b");
  CHECK(diff.changed[1].change_percent == doctest::Approx(-60));
  CHECK(diff.changed[2].name == "a");
  CHECK(diff.changed[2].change_percent == doctest::Approx(20));
  CHECK(diff.changed[2].is_time_sure);
}

TEST_CASE("what moves the whole by less than a thousandth is not sure") {
  const TraceDiff diff =
      trace::diff(one({{1, 0, 0, 1000 * k_ms, "GET /", "shop"}, {2, 1, 0, 1'000, "a", "shop"}}),
                  one({{1, 0, 0, 1000 * k_ms, "GET /", "shop"}, {2, 1, 0, 900'000, "a", "shop"}}));
  REQUIRE(diff.changed.size() == 1);
  CHECK_FALSE(diff.changed[0].is_time_sure);
}

TEST_CASE("sets are compared by medians, so that one outlier says nothing") {
  const TraceDiff outlier = trace::diff(set_of({10, 10, 10, 10, 10}), set_of({10, 10, 90, 10, 10}));
  CHECK(outlier.changed.empty());
  CHECK(outlier.a.samples == 5);
  const TraceDiff slower = trace::diff(set_of({10, 11, 12, 10, 11}), set_of({20, 22, 21, 20, 99}));
  REQUIRE(slower.changed.size() == 1);
  CHECK(slower.changed[0].path == "shop: GET / > db: SELECT");
  CHECK(slower.changed[0].duration_a == nanoseconds(11 * k_ms));
  CHECK(slower.changed[0].duration_b == nanoseconds(21 * k_ms));
  CHECK(slower.changed[0].count_a == 5);
  CHECK(slower.changed[0].is_time_sure);
}

TEST_CASE("what only few traces of a set have is neither added nor sure") {
  auto b = set_of({10, 10, 10, 10});
  b.push_back(make_trace({{1, 0, 0, 100 * k_ms, "GET /", "shop"},
                          {2, 1, 0, 10 * k_ms, "SELECT", "db"},
                          {3, 1, 0, 10 * k_ms, "retry", "db"}},
                         9));
  const TraceDiff diff = trace::diff(set_of({10, 10, 10, 10}), b);
  CHECK(diff.added.empty());
  CHECK(diff.changed.empty());
  CHECK(diff.rare == 1);
}

TEST_CASE("a failure that was there before is new only where it is twice as frequent") {
  const auto failing = [](int failed, int all) {
    std::vector<trace::Trace> traces;
    for (int i = 0; i < all; ++i) {
      traces.push_back(make_trace({{1, 0, 0, 10, "GET /", "shop", SpanKind::server,
                                    i < failed ? SpanStatus::error : SpanStatus::unset}},
                                  static_cast<std::uint64_t>(i) + 1));
    }
    return traces;
  };
  CHECK_FALSE(trace::diff(failing(4, 10), failing(5, 10)).changed.at(0).has_new_errors);
  CHECK(trace::diff(failing(2, 10), failing(5, 10)).changed.at(0).has_new_errors);
  CHECK(trace::diff(failing(0, 10), failing(1, 10)).changed.at(0).has_new_errors);
  CHECK_FALSE(trace::diff(failing(5, 10), failing(1, 10)).changed.at(0).has_new_errors);
}

TEST_CASE("a chain of 100,000 spans and 100,000 equal siblings are compared") {
  std::vector<ShortSpan> chain;
  std::vector<ShortSpan> star = {{1, 0, 0, 1'000'000, "root", "shop"}};
  for (std::uint64_t i = 1; i <= 100'000; ++i) {
    chain.push_back({i, i - 1, i, 400'000 - i, "step", "shop"});
    star.push_back({i + 1, 1, i, i + 10, "child", "shop"});
  }
  std::vector<ShortSpan> slow_chain = chain;
  for (ShortSpan& span : slow_chain) {
    span.end += 1'000;
  }
  const TraceDiff deep = trace::diff(one(chain), one(slow_chain));
  CHECK(deep.changed.size() == 100'000);
  CHECK(deep.changed.back().path.find("shop: step > shop: step") == 0);
  bool has_elided = false;
  for (const trace::DiffChange& change : deep.changed) {
    has_elided |= change.path.find(" > (99988 more) > ") != std::string::npos;
    REQUIRE(change.path.size() < 300);
  }
  CHECK(has_elided);
  auto shorter = star;
  shorter.pop_back();
  const TraceDiff wide = trace::diff(one(star), one(shorter));
  CHECK(paths_of(wide.removed) == Paths{"shop: root > shop: child#100000"});
  CHECK(wide.unchanged == 100'000);
  const TraceDiff gone = trace::diff(one(chain), one({{1, 0, 0, 5, "other", "shop"}}));
  REQUIRE(gone.removed.size() == 1);
  CHECK(gone.removed[0].spans == 100'000);
}
