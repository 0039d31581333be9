// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// No line is wider than the terminal, and nothing from outside acts on it.
#include <algorithm>
#include <array>
#include <random>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "report/traces.hpp"
#include "report/waterfall.hpp"
#include "terminal/width.hpp"
#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::report;
using test::ShortSpan;
using trace::SpanKind;
using trace::SpanStatus;

namespace {

constexpr std::array<std::string_view, 14> k_names = {
    "GET /orders",
    "",
    "日本語のとても長い名前がここにあります",
    "e\u0301te\u0301 a\u0300 la carte",
    "\U0001F680 launch \U0001F468\u200D\U0001F469\u200D\U0001F467",
    "clear\x1b[2J\x1b]0;title\x07",
    "carriage\rreturn\nline\ttab",
    "\xC2\x9B"
    "31mC1 and \xff\xfe bytes",
    "right\u202Eto left\u2066isolate",
    "SELECT * FROM orders WHERE id IN (1, 2, 3, 4, 5, 6, 7, 8, 9) AND state = 'open' ORDER BY "
    "created_at "
    "DESC, id ASC LIMIT 100 OFFSET 200 -- and so on, and so on, and so on until nobody reads any "
    "more",
    "한국어 서비스",
    "a",
    "word-without-any-space-that-is-longer-than-narrow-terminals-are-wide-and-then-some-more",
    "ﾊﾝｶｸ　全角",
};

template <typename Random>
trace::Trace random_trace(Random& random) {
  const auto pick = [&] { return k_names[random() % k_names.size()]; };
  std::vector<ShortSpan> spans;
  const std::uint64_t count = 1 + random() % 40;
  const std::uint64_t scale = std::uint64_t{1} << (random() % 50);
  for (std::uint64_t id = 1; id <= count; ++id) {
    const std::uint64_t parent = random() % 3 == 0 ? id - 1 : random() % (count + 2);
    const std::uint64_t start = random() % scale;
    ShortSpan span{id, parent, start, start + random() % scale, pick(), pick()};
    span.kind = static_cast<SpanKind>(random() % 6);
    span.status = static_cast<SpanStatus>(random() % 3);
    span.key = random() % 2 == 0 ? "key" : "";
    span.value = pick();
    spans.push_back(span);
  }
  trace::Trace trace = test::make_trace(spans);
  trace.warnings = {std::string(pick())};
  trace.is_truncated = random() % 4 == 0;
  return trace;
}

bool is_plain(std::string_view line) {
  return std::none_of(line.begin(), line.end(),
                      [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7f'; });
}

}  // namespace

TEST_CASE("no line of any waterfall is wider than the terminal") {
  std::mt19937_64 random(23);
  for (int round = 0; round < 300; ++round) {
    const trace::Trace trace = random_trace(random);
    const TraceDetail detail{{"jaeger", "v3", "http://x"}, {}, trace, {}};
    WaterfallOptions options;
    options.with_events = random() % 2 == 0;
    options.only_errors = random() % 4 == 0;
    if (random() % 2 == 0) {
      options.attributes = {"*"};
    }
    if (random() % 2 == 0) {
      options.max_spans = 1 + random() % 50;
    }
    for (const std::size_t width : {20U, 30U, 40U, 49U, 50U, 60U, 80U, 99U, 100U, 120U, 200U}) {
      for (const bool unicode : {true, false}) {
        terminal::Terminal terminal;
        terminal.width = width;
        terminal.unicode = unicode;
        std::ostringstream out;
        write_waterfall(out, detail, options, std::nullopt, terminal);
        std::ostringstream again;
        write_waterfall(again, detail, options, std::nullopt, terminal);
        CHECK(out.str() == again.str());
        for (const std::string_view line : split(out.view(), '\n')) {
          CAPTURE(width);
          CAPTURE(line);
          CHECK((line.starts_with("trace ") || terminal::display_width(line) <= width));
          CHECK(is_plain(line));
          CHECK_FALSE(line.ends_with(' '));
        }
      }
    }
  }
}

TEST_CASE("nor is one of the list of traces, down to 40 columns") {
  std::mt19937_64 random(29);
  TraceList list;
  for (int row = 0; row < 40; ++row) {
    list.traces.push_back(trace::summarize(random_trace(random)));
  }
  for (const std::size_t width : {40U, 50U, 60U, 70U, 80U, 90U, 110U, 120U, 200U}) {
    for (const bool unicode : {true, false}) {
      terminal::Terminal terminal;
      terminal.is_terminal = true;
      terminal.width = width;
      terminal.unicode = unicode;
      std::ostringstream out;
      write_traces_text(out, list, Time{nanoseconds{test::k_zero}} + std::chrono::hours(30),
                        terminal);
      for (const std::string_view line : split(out.view(), '\n')) {
        CAPTURE(width);
        CAPTURE(line);
        CHECK(terminal::display_width(line) <= width);
        CHECK(is_plain(line));
      }
    }
  }
}
