// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/tree.hpp"

#include <algorithm>
#include <limits>
#include <random>
#include <set>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;
using test::make_trace;
using test::ShortSpan;

namespace {

// The ids in display order as the numbers of the test.
std::vector<unsigned> shown(const Trace& trace, const Tree& tree) {
  std::vector<unsigned> ids;
  for (const auto index : tree.order) {
    ids.push_back(trace.spans[index].id.bytes.back());
  }
  return ids;
}

std::vector<unsigned> depths(const Tree& tree) {
  std::vector<unsigned> all;
  for (const auto index : tree.order) {
    all.push_back(tree.depth[index]);
  }
  return all;
}

using Numbers = std::vector<unsigned>;

}  // namespace

TEST_CASE("an empty trace is an empty tree") {
  const Trace trace = make_trace({});
  const Tree tree = build_tree(trace);
  CHECK(tree.order.empty());
  CHECK(tree.roots.empty());
  CHECK(tree.trace_start() == Time{});
  CHECK(tree.trace_end() == Time{});
}

TEST_CASE("children follow their parents whatever the order in which they came") {
  const Trace trace = make_trace({{4, 2, 30, 40}, {2, 1, 10, 50}, {3, 1, 60, 70}, {1, 0, 0, 100}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 2, 4, 3});
  CHECK(depths(tree) == Numbers{0, 1, 2, 1});
}

TEST_CASE("siblings stand by start, then the longer first, then by id") {
  const Trace trace = make_trace({{1, 0, 0, 100},
                                  {5, 1, 10, 20},
                                  {4, 1, 10, 20},
                                  {3, 1, 10, 30},
                                  {2, 1, 50, 60},
                                  {6, 1, 5, 6}});
  CHECK(shown(trace, build_tree(trace)) == Numbers{1, 6, 3, 4, 5, 2});
}

TEST_CASE("several roots stand by start") {
  const Trace trace = make_trace({{1, 0, 50, 60}, {2, 0, 10, 20}, {3, 1, 51, 52}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{2, 1, 3});
  CHECK(tree.roots.size() == 2);
  CHECK(tree.count(Oddity::orphan) == 0);
}

TEST_CASE("a span whose parent is missing is a root and an orphan") {
  const Trace trace = make_trace({{1, 0, 0, 100}, {2, 99, 10, 20}, {3, 2, 11, 12}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 2, 3});
  CHECK(depths(tree) == Numbers{0, 0, 1});
  CHECK(tree.has(1, Oddity::orphan));
  CHECK_FALSE(tree.has(2, Oddity::orphan));
}

TEST_CASE("a ring of parents is cut above its earliest span and nothing is lost") {
  const Trace trace =
      make_trace({{1, 0, 0, 100}, {2, 4, 30, 40}, {3, 2, 10, 20}, {4, 3, 20, 30}, {5, 4, 5, 6}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 3, 4, 5, 2});
  CHECK(tree.has(2, Oddity::cycle));
  CHECK(tree.count(Oddity::cycle) == 1);
}

TEST_CASE("a span that is its own parent is a root") {
  const Trace trace = make_trace({{1, 1, 0, 100}, {2, 1, 10, 20}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 2});
  CHECK(tree.has(0, Oddity::cycle));
}

TEST_CASE("exact copies are dropped") {
  const Trace trace = make_trace({{1, 0, 0, 100}, {2, 1, 10, 20}, {2, 1, 10, 20}, {3, 2, 11, 12}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 2, 3});
  CHECK(tree.copies == 1);
  CHECK(tree.count(Oddity::duplicate_id) == 0);
}

TEST_CASE("different spans of one id are both kept and marked") {
  const Trace trace = make_trace(
      {{1, 0, 0, 100}, {2, 1, 50, 60, "later"}, {2, 1, 10, 20, "first"}, {3, 2, 11, 12}});
  const Tree tree = build_tree(trace);
  CHECK(shown(trace, tree) == Numbers{1, 2, 3, 2});
  CHECK(tree.count(Oddity::duplicate_id) == 2);
  CHECK(tree.parent[3] == 2);
}

TEST_CASE("a client and a server of one id share the span: the server is the child") {
  const std::vector<ShortSpan> spans = {{1, 0, 0, 100, "root"},
                                        {2, 1, 12, 18, "handle", "b", SpanKind::server},
                                        {2, 1, 10, 20, "call", "a", SpanKind::client},
                                        {3, 2, 13, 14, "below"}};
  const Trace trace = make_trace(spans);
  const Tree tree = build_tree(trace);
  CHECK(depths(tree) == Numbers{0, 1, 2, 3});
  CHECK(tree.parent[1] == 2);
  CHECK(tree.parent[3] == 1);
  CHECK(tree.count(Oddity::duplicate_id) == 0);
}

TEST_CASE("a span without a start begins with its parent") {
  Trace trace = make_trace({{1, 0, 10, 100}, {2, 1, 0, 0}, {3, 2, 0, 0}});
  trace.spans[1].start = Time{};
  trace.spans[2].start = Time{};
  trace.spans[2].duration = nanoseconds{5};
  const Tree tree = build_tree(trace);
  CHECK(tree.start[1] == trace.spans[0].start);
  CHECK(tree.start[2] == trace.spans[0].start);
  CHECK(tree.end[2] == trace.spans[0].start + nanoseconds{5});
  CHECK(tree.trace_start() == trace.spans[0].start);
}

TEST_CASE("a trace in which no span has a start still has its duration") {
  Trace trace = make_trace({{1, 0, 0, 0}, {2, 1, 0, 0}});
  trace.spans[0].start = Time{};
  trace.spans[1].start = Time{};
  trace.spans[1].duration = nanoseconds{7};
  const Tree tree = build_tree(trace);
  CHECK(tree.trace_start() == Time{});
  CHECK(tree.trace_end() - tree.trace_start() == nanoseconds{7});
}

TEST_CASE("a duration that would pass the end of time is cut") {
  Trace trace = make_trace({{1, 0, 10, 100}, {2, 1, 0, 0}});
  trace.spans[1].start = Time{};
  trace.spans[1].duration = nanoseconds::max();
  const Tree tree = build_tree(trace);
  CHECK(tree.end[1] == Time::max());
}

TEST_CASE("a chain of 100000 spans is walked without recursion") {
  std::vector<ShortSpan> spans;
  for (std::uint64_t id = 100'000; id > 0; --id) {
    spans.push_back({id, id - 1, id, 400'000 - id});
  }
  const Trace trace = make_trace(spans);
  const Tree tree = build_tree(trace);
  REQUIRE(tree.order.size() == 100'000);
  CHECK(tree.depth[tree.order.back()] == 99'999);
  CHECK(tree.order.front() == 99'999);
}

TEST_CASE("a chain of 100000 spans without starts is settled in one pass") {
  std::vector<ShortSpan> spans;
  for (std::uint64_t id = 100'000; id > 0; --id) {
    spans.push_back({id, id - 1, 0, 0});
  }
  Trace trace = make_trace(spans);
  for (Span& span : trace.spans) {
    span.start = Time{};
  }
  const Tree tree = build_tree(trace);
  CHECK(tree.order.size() == 100'000);
  CHECK(tree.start.back() == Time{});
}

TEST_CASE("a ring of 100000 spans is cut once") {
  std::vector<ShortSpan> spans;
  for (std::uint64_t id = 1; id <= 100'000; ++id) {
    spans.push_back({id, id == 1 ? 100'000 : id - 1, id, id + 1});
  }
  const Tree tree = build_tree(make_trace(spans));
  CHECK(tree.order.size() == 100'000);
  CHECK(tree.roots == std::vector<std::uint32_t>{0});
}

TEST_CASE("a parent of 100000 children keeps them by start") {
  std::vector<ShortSpan> spans = {{1, 0, 0, 1'000'000}};
  for (std::uint64_t id = 2; id <= 100'001; ++id) {
    spans.push_back({id, 1, 200'000 - id, 200'001 - id});
  }
  const Trace trace = make_trace(spans);
  const Tree tree = build_tree(trace);
  CHECK(tree.children(0).size() == 100'000);
  CHECK(tree.children(0).front() == 100'000);
}

TEST_CASE("whatever the parents are, every span stands in the tree once, below its parent") {
  std::mt19937_64 random(20260820);
  for (int round = 0; round < 500; ++round) {
    const std::uint64_t count = 1 + random() % 24;
    std::vector<ShortSpan> spans;
    for (std::uint64_t number = 0; number < count; ++number) {
      const std::uint64_t start = random() % 50;
      // Ids repeat now and then, parents may be missing, later or the span itself.
      spans.push_back({1 + random() % (count + 2), random() % (count + 4), start,
                       start + random() % 20, random() % 2 == 0 ? "a" : "b", "service",
                       static_cast<SpanKind>(random() % 6)});
    }
    const Trace trace = make_trace(spans);
    const Tree tree = build_tree(trace);
    REQUIRE(tree.order.size() + tree.copies == trace.spans.size());
    const std::set<std::uint32_t> unique(tree.order.begin(), tree.order.end());
    REQUIRE(unique.size() == tree.order.size());
    std::set<std::uint32_t> seen;
    for (const auto index : tree.order) {
      const auto parent = tree.parent[index];
      if (parent == k_no_span) {
        REQUIRE(tree.depth[index] == 0);
      } else {
        REQUIRE(seen.count(parent) == 1);
        REQUIRE(tree.depth[index] == tree.depth[parent] + 1);
      }
      seen.insert(index);
    }
  }
}
