// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/critical_path.hpp"

#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;
using test::make_trace;
using test::ShortSpan;

namespace {

using Times = std::vector<std::int64_t>;
using Marks = std::vector<bool>;

struct Found {
  Marks on_path;
  Times times;
};

Found find(const Trace& trace) {
  const CriticalPath path = find_critical_path(trace, build_tree(trace));
  Found found{path.contains, {}};
  for (const auto time : path.time) {
    found.times.push_back(time.count());
  }
  return found;
}

// The definition word for word: at every step look at all children for the one that finished last.
struct Reference {
  const std::vector<ShortSpan>& spans;
  Found found;

  void walk(std::size_t span, std::int64_t begin, std::int64_t now) {
    found.on_path[span] = true;
    std::vector<bool> used(spans.size());
    for (;;) {
      std::size_t best = spans.size();
      std::int64_t best_begin = 0;
      std::int64_t best_end = 0;
      for (std::size_t child = 0; child < spans.size(); ++child) {
        const bool is_async =
            spans[span].kind == SpanKind::producer && spans[child].kind == SpanKind::consumer;
        if (used[child] || spans[child].parent != spans[span].id || is_async) {
          continue;
        }
        const auto child_begin = std::max(static_cast<std::int64_t>(spans[child].start), begin);
        const auto child_end =
            std::min(static_cast<std::int64_t>(spans[child].end), end_of(span, begin));
        if (child_begin >= child_end || child_end > now) {
          continue;
        }
        const bool is_better =
            best == spans.size() || child_end > best_end ||
            (child_end == best_end &&
             (child_begin < best_begin || (child_begin == best_begin && is_before(child, best))));
        if (is_better) {
          best = child;
          best_begin = child_begin;
          best_end = child_end;
        }
      }
      if (best == spans.size()) {
        found.times[span] += now - begin;
        return;
      }
      used[best] = true;
      found.times[span] += now - best_end;
      ends[best] = best_end;
      walk(best, best_begin, best_end);
      now = best_begin;
    }
  }

  // Where the walk entered the span, which is its end cut to those above it.
  std::int64_t end_of(std::size_t span, std::int64_t) const { return ends[span]; }

  bool is_before(std::size_t left, std::size_t right) const {
    const ShortSpan& a = spans[left];
    const ShortSpan& b = spans[right];
    return std::make_tuple(a.start, b.end - b.start, a.id) <
           std::make_tuple(b.start, a.end - a.start, b.id);
  }

  std::vector<std::int64_t> ends = std::vector<std::int64_t>(spans.size());

  Found run() {
    found.on_path.resize(spans.size());
    found.times.resize(spans.size());
    for (std::size_t root = 0; root < spans.size(); ++root) {
      if (spans[root].parent == 0) {
        ends[root] = static_cast<std::int64_t>(spans[root].end);
        walk(root, static_cast<std::int64_t>(spans[root].start), ends[root]);
      }
    }
    return found;
  }
};

}  // namespace

TEST_CASE("a lone span is its own critical path") {
  const Found found = find(make_trace({{1, 0, 0, 100}}));
  CHECK(found.on_path == Marks{true});
  CHECK(found.times == Times{100});
}

TEST_CASE("of two children at work together the one that finishes last decides") {
  const Found found = find(make_trace({{1, 0, 0, 100}, {2, 1, 10, 50}, {3, 1, 10, 90}}));
  CHECK(found.on_path == Marks{true, false, true});
  CHECK(found.times == Times{20, 0, 80});
}

TEST_CASE("children one after the other are all on it") {
  const Found found = find(make_trace({{1, 0, 0, 100}, {2, 1, 10, 40}, {3, 1, 50, 90}}));
  CHECK(found.on_path == Marks{true, true, true});
  CHECK(found.times == Times{30, 30, 40});
}

TEST_CASE("a child that ends exactly where the next one starts is on it") {
  const Found found = find(make_trace({{1, 0, 0, 100}, {2, 1, 0, 50}, {3, 1, 50, 100}}));
  CHECK(found.on_path == Marks{true, true, true});
  CHECK(found.times == Times{0, 50, 50});
}

TEST_CASE("a child that outlives its parent is cut to it") {
  const Found found = find(make_trace({{1, 0, 0, 100}, {2, 1, 80, 500}, {3, 2, 90, 400}}));
  CHECK(found.on_path == Marks{true, true, true});
  CHECK(found.times == Times{80, 10, 10});
}

TEST_CASE("a child outside its parent's time is not on it") {
  const Found found = find(make_trace({{1, 0, 0, 100}, {2, 1, 200, 300}}));
  CHECK(found.on_path == Marks{true, false});
  CHECK(found.times == Times{100, 0});
}

TEST_CASE("a consumer does not hold up its producer") {
  const std::vector<ShortSpan> spans = {
      {1, 0, 0, 100, "publish", "a", SpanKind::producer},
      {2, 1, 50, 100, "handle", "b", SpanKind::consumer},
      {3, 1, 10, 20, "encode", "a"},
  };
  const Found found = find(make_trace(spans));
  CHECK(found.on_path == Marks{true, false, true});
  CHECK(found.times == Times{90, 0, 10});
}

TEST_CASE("each root has its own") {
  const Found found = find(make_trace({{1, 0, 0, 10}, {2, 0, 50, 60}, {3, 2, 52, 54}}));
  CHECK(found.on_path == Marks{true, true, true});
  CHECK(found.times == Times{10, 8, 2});
}

TEST_CASE("a chain of 100000 spans and a parent of 100000 children are no trouble") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 100'000; ++id) {
    chain.push_back({id, id - 1, id, 400'000 - id});
  }
  CHECK(find(make_trace(chain)).on_path == Marks(100'000, true));

  std::vector<ShortSpan> wide = {{1, 0, 0, 100'000}};
  for (std::uint64_t id = 2; id <= 100'001; ++id) {
    wide.push_back({id, 1, id - 2, id - 1});
  }
  const Found found = find(make_trace(wide));
  CHECK(found.on_path == Marks(100'001, true));
  CHECK(found.times.front() == 0);
}

TEST_CASE("the walk finds what the definition finds on random trees") {
  std::mt19937_64 random(11);
  for (int round = 0; round < 2000; ++round) {
    std::vector<ShortSpan> spans;
    const std::uint64_t count = 1 + random() % 12;
    for (std::uint64_t id = 1; id <= count; ++id) {
      const std::uint64_t start = random() % 30;
      spans.push_back({id, random() % id, start, start + random() % 20, "span", "service",
                       random() % 3 == 0 ? SpanKind::producer : SpanKind::consumer});
    }
    const Found found = find(make_trace(spans));
    const Found expected = Reference{spans, {}}.run();
    REQUIRE(found.on_path == expected.on_path);
    REQUIRE(found.times == expected.times);
  }
}

TEST_CASE("the times below a root add up to its duration") {
  std::mt19937_64 random(13);
  for (int round = 0; round < 200; ++round) {
    std::vector<ShortSpan> spans = {{1, 0, 0, 50}};
    for (std::uint64_t id = 2; id <= 20; ++id) {
      const std::uint64_t start = random() % 50;
      spans.push_back({id, 1 + random() % (id - 1), start, start + random() % 30});
    }
    std::int64_t sum = 0;
    for (const auto time : find(make_trace(spans)).times) {
      sum += time;
    }
    REQUIRE(sum == 50);
  }
}
