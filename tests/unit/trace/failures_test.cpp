// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/failures.hpp"

#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;
using test::make_trace;
using test::ShortSpan;

namespace {

constexpr auto k_error = SpanStatus::error;

ShortSpan span(std::uint64_t id, std::uint64_t parent, std::uint64_t end,
               SpanStatus status = SpanStatus::unset) {
  return {id, parent, 0, end, "span", "service", SpanKind::internal, status};
}

}  // namespace

TEST_CASE("a failure counts for all that are above it") {
  const Trace trace =
      make_trace({span(1, 0, 100), span(2, 1, 90, k_error), span(3, 2, 80), span(4, 3, 70, k_error),
                  span(5, 1, 60), span(6, 0, 10, k_error)});
  const Tree tree = build_tree(trace);
  const auto below = count_failures_below(trace, tree);
  CHECK(below == std::vector<std::uint32_t>{2, 1, 1, 0, 0, 0});
}

TEST_CASE("failing began at the first failed span to end that has none below it") {
  const Trace trace = make_trace({span(1, 0, 100, k_error), span(2, 1, 50, k_error),
                                  span(3, 2, 80, k_error), span(4, 1, 90, k_error)});
  const Tree tree = build_tree(trace);
  CHECK(find_first_failure(trace, tree, count_failures_below(trace, tree)) == 2);
}

TEST_CASE("where nothing failed, no failure was the first") {
  const Trace trace = make_trace({span(1, 0, 100), span(2, 1, 50)});
  const Tree tree = build_tree(trace);
  CHECK(find_first_failure(trace, tree, count_failures_below(trace, tree)) == k_no_span);
  const Trace empty = make_trace({});
  CHECK(find_first_failure(empty, build_tree(empty), {}) == k_no_span);
}

TEST_CASE("counting agrees with walking up from each failed span") {
  std::mt19937_64 random(5);
  for (int round = 0; round < 200; ++round) {
    std::vector<ShortSpan> spans;
    const std::uint64_t count = 1 + random() % 30;
    for (std::uint64_t id = 1; id <= count; ++id) {
      // Rings, missing parents and several roots among them.
      spans.push_back(span(id, random() % (count + 2), 1 + random() % 50,
                           random() % 3 == 0 ? k_error : SpanStatus::unset));
    }
    const Trace trace = make_trace(spans);
    const Tree tree = build_tree(trace);
    std::vector<std::uint32_t> expected(count, 0);
    for (std::uint32_t failed = 0; failed < count; ++failed) {
      for (std::uint32_t at = tree.parent[failed];
           trace.spans[failed].has_failed() && at != k_no_span; at = tree.parent[at]) {
        ++expected[at];
      }
    }
    CHECK(count_failures_below(trace, tree) == expected);
  }
}
