// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// Which spans share a line, and which have none when there are too many.
#include <algorithm>
#include <random>
#include <vector>

#include <doctest/doctest.h>

#include "report/waterfall_rows.hpp"
#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::report;
using test::make_trace;
using test::ShortSpan;
using trace::SpanKind;
using trace::SpanStatus;

namespace {

using Kind = WaterfallRow::Kind;

// Ten items one after the other, each with 2 to 4 queries and a write.
std::vector<ShortSpan> batch() {
  std::vector<ShortSpan> spans = {{1, 0, 0, 10'000, "batch"}};
  for (std::uint64_t item = 0; item < 10; ++item) {
    const std::uint64_t id = 100 * (item + 1);
    const std::uint64_t start = 1000 * item;
    spans.push_back({id, 1, start, start + 900, "item"});
    for (std::uint64_t query = 1; query <= 2 + item % 3; ++query) {
      spans.push_back({id + query, id, start + 100 * query, start + 100 * query + 50, "query"});
    }
    spans.push_back({id + 50, id, start + 800, start + 850, "write"});
  }
  return spans;
}

struct Line {
  std::string name;
  std::size_t count;
  std::uint32_t depth;
  friend bool operator==(const Line&, const Line&) = default;
};

std::vector<Line> lines_of(const trace::Trace& trace, const WaterfallRows& chosen) {
  std::vector<Line> lines;
  for (const WaterfallRow& row : chosen.rows) {
    const std::string name = row.kind == Kind::gap ? "(gap)"
                             : row.kind == Kind::missing_parent
                                 ? "(missing)"
                                 : std::string(trace.text(trace.spans[row.span].name));
    lines.push_back({name, row.count, row.depth});
  }
  return lines;
}

std::vector<Line> lines_of(const std::vector<ShortSpan>& spans,
                           const WaterfallOptions& options = {}) {
  const trace::Trace trace = make_trace(spans);
  const trace::Analysis drawn(trace);
  return lines_of(trace, choose_rows(drawn, options));
}

}  // namespace

TEST_CASE("siblings with the same kinds of spans below them share lines all the way down") {
  CHECK(lines_of(batch()) ==
        std::vector<Line>{{"batch", 1, 0}, {"item", 10, 1}, {"query", 29, 2}, {"write", 10, 2}});
}

TEST_CASE("one of them that failed stands alone, with what is above it") {
  auto spans = batch();
  const auto broken = std::find_if(spans.begin(), spans.end(),
                                   [](const ShortSpan& span) { return span.id == 301; });
  broken->status = SpanStatus::error;
  CHECK(lines_of(spans) == std::vector<Line>{{"batch", 1, 0},
                                             {"item", 9, 1},
                                             {"query", 25, 2},
                                             {"write", 9, 2},
                                             {"item", 1, 1},
                                             {"query", 1, 2},
                                             {"query", 1, 2},
                                             {"query", 1, 2},
                                             {"query", 1, 2},
                                             {"write", 1, 2}});
}

TEST_CASE("they need not stand side by side, but three are as easily read one by one") {
  std::vector<ShortSpan> spans = {{1, 0, 0, 100, "root"}};
  for (std::uint64_t turn = 0; turn < 4; ++turn) {
    spans.push_back({10 + turn, 1, 10 * turn, 10 * turn + 3, "read"});
    spans.push_back({20 + turn, 1, 10 * turn + 5, 10 * turn + 8, turn == 3 ? "last" : "write"});
  }
  CHECK(lines_of(spans) == std::vector<Line>{{"root", 1, 0},
                                             {"read", 4, 1},
                                             {"write", 1, 1},
                                             {"write", 1, 1},
                                             {"write", 1, 1},
                                             {"last", 1, 1}});
}

TEST_CASE("nothing is grouped where every span is to have its line, or something below it") {
  WaterfallOptions options;
  options.max_spans.reset();
  CHECK(lines_of(batch(), options).size() == batch().size());
  options = {};
  options.with_events = true;
  CHECK(lines_of(batch(), options).size() == batch().size());
}

TEST_CASE("orphans of one parent stand below what is known of it") {
  CHECK(lines_of(
            {{2, 9, 10, 20, "a"}, {3, 8, 11, 12, "b"}, {4, 9, 15, 20, "c"}, {1, 0, 0, 5, "d"}}) ==
        std::vector<Line>{{"d", 1, 0},
                          {"(missing)", 0, 0},
                          {"a", 1, 1},
                          {"c", 1, 1},
                          {"(missing)", 0, 0},
                          {"b", 1, 1}});
}

TEST_CASE("a long chain keeps both ends, the slowest and what failed is counted") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 100; ++id) {
    chain.push_back({id, id - 1, id, 1000 - id - (id > 50 ? 100 : 0), "step", "service",
                     SpanKind::internal, id == 20 ? SpanStatus::error : SpanStatus::unset});
  }
  WaterfallOptions options;
  options.max_spans = 50;
  const trace::Trace trace = make_trace(chain);
  const trace::Analysis drawn(trace);
  const WaterfallRows chosen = choose_rows(drawn, options);
  CHECK(chosen.is_folded);
  std::size_t hidden = 0;
  std::size_t levels = 0;
  for (const WaterfallRow& row : chosen.rows) {
    hidden += row.hidden;
    levels += row.levels;
  }
  CHECK(hidden == chosen.hidden);
  CHECK(levels == hidden);
  CHECK(chosen.hidden_failed == 1);
  // Span 50, whose child ends 100 before it, has more time of its own than the others.
  CHECK(std::any_of(chosen.rows.begin(), chosen.rows.end(),
                    [](const WaterfallRow& row) { return row.span == 49; }));
  CHECK(chosen.rows.front().span == 0);
  CHECK(chosen.rows.back().span == 99);
}

TEST_CASE("whatever the trace, the lines are a tree and every span is accounted for once") {
  std::mt19937_64 random(17);
  for (int round = 0; round < 500; ++round) {
    std::vector<ShortSpan> spans;
    const std::uint64_t count = 1 + random() % 60;
    const bool is_deep = random() % 2 == 0;
    for (std::uint64_t id = 1; id <= count; ++id) {
      const std::uint64_t parent = is_deep && random() % 8 != 0 ? id - 1 : random() % (count + 2);
      const std::uint64_t start = random() % 1000;
      spans.push_back({id, parent, start, start + random() % 500, random() % 2 == 0 ? "a" : "b",
                       "service", SpanKind::internal,
                       random() % 9 == 0 ? SpanStatus::error : SpanStatus::unset});
    }
    WaterfallOptions options;
    options.max_spans = 1 + random() % 30;
    options.only_errors = random() % 4 == 0;
    if (random() % 4 == 0) {
      options.depth = static_cast<std::uint32_t>(random() % 5);
    }
    const trace::Trace trace = make_trace(spans);
    const trace::Analysis drawn(trace);
    const WaterfallRows chosen = choose_rows(drawn, options);
    CHECK(chosen.rows.size() <= *options.max_spans);
    std::vector<int> seen(count, 0);
    std::size_t shown = 0;
    for (std::uint32_t place = 0; place < chosen.rows.size(); ++place) {
      const WaterfallRow& row = chosen.rows[place];
      CHECK((row.parent == k_no_row
                 ? row.depth == 0
                 : row.parent < place && chosen.rows[row.parent].depth + 1 == row.depth));
      for (const std::uint32_t span : chosen.spans(row)) {
        ++seen[span];
        ++shown;
      }
      CHECK(row.hidden_failed <= row.hidden);
    }
    CHECK(std::all_of(seen.begin(), seen.end(), [](int times) { return times <= 1; }));
    CHECK(shown + chosen.hidden == drawn.tree.order.size());
  }
}

TEST_CASE("100000 children of one parent are a line, whatever their order") {
  std::vector<ShortSpan> spans = {{1, 0, 0, 1'000'000, "scatter"}};
  for (std::uint64_t id = 2; id <= 100'001; ++id) {
    spans.push_back({id, 1, id, id + 500, "ask"});
  }
  CHECK(lines_of(spans) == std::vector<Line>{{"scatter", 1, 0}, {"ask", 100'000, 1}});
}
