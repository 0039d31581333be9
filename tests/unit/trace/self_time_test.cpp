// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/self_time.hpp"

#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;
using test::make_trace;
using test::ShortSpan;

namespace {

std::vector<std::int64_t> self_of(const Trace& trace) {
  std::vector<std::int64_t> self;
  for (const auto time : self_times(build_tree(trace))) {
    self.push_back(time.count());
  }
  return self;
}

using Numbers = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a span without children is all its own time") {
  CHECK(self_of(make_trace({{1, 0, 0, 100}})) == Numbers{100});
}

TEST_CASE("children that overlap are counted once") {
  CHECK(self_of(make_trace({{1, 0, 0, 100}, {2, 1, 10, 40}, {3, 1, 30, 50}, {4, 1, 35, 38}})) ==
        Numbers{60, 30, 20, 3});
}

TEST_CASE("children are cut to their parent's time") {
  CHECK(self_of(make_trace({{1, 0, 50, 100}, {2, 1, 0, 60}, {3, 1, 90, 200}, {4, 1, 300, 400}})) ==
        Numbers{30, 60, 110, 100});
}

TEST_CASE("a child that covers its parent leaves it nothing") {
  CHECK(self_of(make_trace({{1, 0, 50, 100}, {2, 1, 0, 400}})) == Numbers{0, 400});
}

TEST_CASE("the self time is what a count of every nanosecond says") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<ShortSpan> spans;
    const std::uint64_t count = 1 + random() % 15;
    for (std::uint64_t id = 1; id <= count; ++id) {
      const std::uint64_t start = random() % 60;
      spans.push_back({id, random() % id, start, start + random() % 40});
    }
    const Numbers self = self_of(make_trace(spans));
    for (std::size_t index = 0; index < spans.size(); ++index) {
      std::int64_t expected = 0;
      for (std::uint64_t at = spans[index].start; at < spans[index].end; ++at) {
        bool is_covered = false;
        for (const ShortSpan& child : spans) {
          is_covered |= child.parent == spans[index].id && child.start <= at && at < child.end;
        }
        expected += is_covered ? 0 : 1;
      }
      REQUIRE(self[index] == expected);
    }
  }
}

TEST_CASE("times add up to no more than can be held") {
  using namespace otelctl;
  CHECK(trace::sum_of_times(nanoseconds{2}, nanoseconds{3}) == nanoseconds{5});
  CHECK(trace::sum_of_times(nanoseconds::max(), nanoseconds{1}) == nanoseconds::max());
}
