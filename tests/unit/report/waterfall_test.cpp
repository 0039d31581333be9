// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "query/otlp_json.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/width.hpp"
#include "tests/support/make_trace.hpp"
#include "tests/support/read_traces.hpp"

using namespace otelctl;
using namespace otelctl::report;
using test::make_trace;
using test::ShortSpan;
using trace::SpanKind;
using trace::SpanStatus;

namespace {

constexpr std::uint64_t k_ms = 1'000'000;

terminal::Terminal wide(std::size_t width, bool unicode = true) {
  terminal::Terminal terminal;
  terminal.width = width;
  terminal.unicode = unicode;
  return terminal;
}

std::string draw(trace::Trace trace, const terminal::Terminal& terminal = wide(80),
                 const WaterfallOptions& options = {}) {
  std::ostringstream out;
  write_waterfall(out, {{"jaeger", "v3", "http://x"}, {}, std::move(trace)}, options, std::nullopt,
                  terminal);
  return out.str();
}

// The rows without what stands above them.
std::string rows(trace::Trace trace, const terminal::Terminal& terminal = wide(80),
                 const WaterfallOptions& options = {}) {
  const std::string text = draw(std::move(trace), terminal, options);
  const auto header = text.find("SPAN  ");
  return text.substr(text.find('\n', header) + 1);
}

trace::Trace shop() {
  std::vector<ShortSpan> spans = {
      {1, 0, 0, 213 * k_ms, "POST /orders", "checkout", SpanKind::server},
      {2, 1, 5 * k_ms, 37 * k_ms, "GET /cart", "cart", SpanKind::client},
      {3, 1, 60 * k_ms, 158 * k_ms, "POST /charge", "payment", SpanKind::server,
       SpanStatus::error}};
  for (std::uint64_t number = 0; number < 37; ++number) {
    spans.push_back({100 + number, 3, (62 + number) * k_ms, (63 + number) * k_ms, "SELECT cards",
                     "payment", SpanKind::client});
  }
  spans.push_back(
      {5, 3, 105 * k_ms, 157 * k_ms, "POST bank", "payment", SpanKind::client, SpanStatus::error});
  spans.push_back({6, 1, 200 * k_ms, 201 * k_ms, "publish an order that waits for its parcel",
                   "email", SpanKind::producer});
  spans.push_back({7, 6, 205 * k_ms, 212 * k_ms, "consume", "email", SpanKind::consumer});
  return make_trace(spans, 0xabc);
}

trace::Trace checkout() {
  return test::read_traces<query::OtlpJsonReader>(test::test_data("jaeger/checkout_v3.json"))
      .value()
      .front();
}

}  // namespace

TEST_CASE("a trace at 120 columns") {
  CHECK(draw(shop(), wide(120)) ==
        R"(trace 00000000000000000000000000000abc  checkout: POST /orders  2026-08-20T10:00:00.000Z
43 spans  4 services  2 errors  213ms
critical path 213ms over 42 spans: POST /orders 38%, POST bank 24%, SELECT cards 17%
failed first: payment: POST bank
SERVICE   SPAN                                               0            71.0ms       142ms   213ms  DURATION    SELF
checkout  POST /orders                                       ███████████████████████████████████████     213ms  82.0ms *
cart      ├─ GET /cart                                       ▕█████▉                                    32.0ms  32.0ms *
payment   ├─ POST /charge                                 ✗            ▕██████████████████              98.0ms  9.00ms *
payment   │  ├─ SELECT cards ×37 (avg 1.00ms, max 1.00ms)               ███████▎                        37.0ms  37.0ms *
payment   │  └─ POST bank                                 ✗                     █████████▊              52.0ms  52.0ms *
email     └─ publish an order that waits for its parcel                                          ▐      1.00ms  1.00ms *
email        └┈ consume                                                                           ▐▉    7.00ms  7.00ms
)");
}

TEST_CASE("a trace at 80 columns") {
  CHECK(draw(shop(), wide(80)) == R"(trace 00000000000000000000000000000abc  checkout: POST /orders
2026-08-20T10:00:00.000Z
43 spans  4 services  2 errors  213ms
critical path 213ms over 42 spans: POST …rs 38%, POST bank 24%, SELECT cards 17%
failed first: payment: POST bank
SERVICE   SPAN                          0              213ms  DURATION    SELF
checkout  POST /orders                  ████████████████████     213ms  82.0ms *
cart      ├─ GET /cart                  ▐██▌                    32.0ms  32.0ms *
payment   ├─ POST /charge            ✗       ▐████████▉         98.0ms  9.00ms *
payment   │  ├─ SELECT cards ×37             ▕███▍              37.0ms  37.0ms *
payment   │  └─ POST bank            ✗           ▕████▊         52.0ms  52.0ms *
email     └─ publish an … its parcel                      ▕     1.00ms  1.00ms *
email        └┈ consume                                    █    7.00ms  7.00ms
)");
}

TEST_CASE("a trace at 60 columns has narrower branches") {
  CHECK(rows(shop(), wide(60)) == R"(checkout  POST /orders    ██████████████     213ms  82.0ms *
cart      ├ GET /cart     ██▌               32.0ms  32.0ms *
payment   ├ POST …arge ✗     ▕██████▌       98.0ms  9.00ms *
payment   │ ├ SELE…×37        ██▋           37.0ms  37.0ms *
payment   │ └ POST…ank ✗        ▕███▍       52.0ms  52.0ms *
email     └ publi…rcel                 ▏    1.00ms  1.00ms *
email       └┈consume                  ▐    7.00ms  7.00ms
)");
}

TEST_CASE("a trace below 50 columns has neither services nor self times") {
  CHECK(rows(shop(), wide(40)) == R"(POST /orders      ██████████     213ms *
├ GET /cart       █▊            32.0ms *
├ POST /charge ✗    ▕████▌      98.0ms *
│ ├ SEL…ds ×37      ▕█▊         37.0ms *
│ └ POST bank  ✗      ▕██▍      52.0ms *
└ publis…arcel             ▏    1.00ms *
  └┈consume                ▐    7.00ms
)");
}

TEST_CASE("a trace below 40 columns has no bars") {
  CHECK(rows(shop(), wide(30)) == R"(POST /orders           213ms *
├ GET /cart           32.0ms *
├ POST /charge   ✗    98.0ms *
│ ├ SELE…rds ×37      37.0ms *
│ └ POST bank    ✗    52.0ms *
└ publish…parcel      1.00ms *
  └┈consume           7.00ms
)");
}

TEST_CASE("a trace in ASCII") {
  const std::string text = draw(shop(), wide(80, false));
  CHECK(std::all_of(text.begin(), text.end(),
                    [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
  CHECK(rows(shop(), wide(80, false)) ==
        R"(checkout  POST /orders                  |==================|     213ms  82.0ms *
cart      |- GET /cart                  |==|                    32.0ms  32.0ms *
payment   |- POST /charge            x       |========|         98.0ms  9.00ms *
payment   |  |- SELECT cards x37             |===|              37.0ms  37.0ms *
payment   |  `- POST bank            x           |====|         52.0ms  52.0ms *
email     `- publish an...its parcel                      |     1.00ms  1.00ms *
email        `. consume                                    |    7.00ms  7.00ms
)");
}

TEST_CASE("no line is wider than the terminal, nor ends in a space") {
  for (const std::size_t width : {40U, 50U, 60U, 79U, 80U, 100U, 200U}) {
    const std::string text = draw(shop(), wide(width));
    for (const auto line : split(text, '\n')) {
      CAPTURE(line);
      CHECK(terminal::display_width(line) <= width);
      CHECK_FALSE(line.ends_with(' '));
    }
  }
}

TEST_CASE("the same trace is drawn the same, whatever the order of its spans") {
  trace::Trace reversed = shop();
  std::reverse(reversed.spans.begin(), reversed.spans.end());
  CHECK(draw(std::move(reversed)) == draw(shop()));
}

TEST_CASE("what is wrong with a trace stands above it") {
  const std::vector<ShortSpan> spans = {{1, 0, 100, 200, "root"},   {2, 0, 150, 160, "second"},
                                        {3, 99, 110, 120, "lost"},  {4, 5, 130, 140, "ring"},
                                        {5, 4, 135, 140, "ring"},   {6, 1, 50, 60, "early"},
                                        {7, 1, 120, 130, "twice"},  {7, 1, 121, 131, "twins"},
                                        {8, 1, 125, 126, "copied"}, {8, 1, 125, 126, "copied"}};
  trace::Trace trace = make_trace(spans);
  trace.is_truncated = true;
  trace.warnings = {"said by the backend\x1b[0m"};
  CHECK(draw(std::move(trace), wide(120)) ==
        R"(trace 00000000000000000000000000000001  service: root  2026-08-20T10:00:00.000Z
9 spans  1 service  0 errors  150ns
critical path 100ns over 2 spans: root 90%, twins 10%
warning: the backend kept spans back: the trace is larger than what is here
warning: said by the backend\x1b[0m
warning: 1 span has a parent that is not in the trace: it may come yet, or was lost or not sampled
warning: 1 ring of parents cut: spans are their own ancestors
warning: 2 spans share their ids with different spans
warning: 1 span is an exact copy and was left out
warning: 2 roots: several traces may share the id
warning: 1 span starts before its parent: the clocks of the hosts differ
SERVICE  SPAN                 0                 37ns              74ns              111ns        150ns  DURATION  SELF
service  root                                         ████████████████████████████████████████████████     100ns  89ns *
service  ├─ early (early)     ████▉                                                                         10ns  10ns
service  ├─ twice (id twice)                                   ▐████▌                                       10ns  10ns
service  ├─ twins (id twice)                                    █████                                       10ns  10ns *
service  └─ copied                                                ▌                                          1ns   1ns
         parent missing: 0000000000000063
service  └─ lost                                          ▕████▋                                            10ns  10ns *
service  ring (ring)                                                ▐████▎                                  10ns   5ns *
service  └─ ring                                                      ▕██▎                                   5ns   5ns *
service  second                                                               ████▉                         10ns  10ns *
)");
}

TEST_CASE("hostile names do not reach the terminal, and wide ones keep the columns straight") {
  const std::vector<ShortSpan> spans = {
      {1, 0, 0, 100, "clear\x1b[2J\x1b]0;title\x07", "evil\x1b[31m"},
      {2, 1, 10, 20, "right\xE2\x80\xAEto left\r\n", "\xff\xfe"},
      {3, 1, 30, 40, "日本語のとても長い名前がここにあります", "サービス"},
      {4, 1, 50, 60, "", ""}};
  CHECK(rows(make_trace(spans)) ==
        R"(evil\x1b[31m  clear\x1b[2J\…]0;title\x07  ████████████████████     100ns  70ns *
\xff\xfe      ├─ right\u{202… left\x0d\n    ██                      10ns  10ns *
サービス      ├─ 日本語のと…にあります          ██                  10ns  10ns *
-             └─ (no name)                          ██              10ns  10ns *
)");
}

TEST_CASE("a failed span's message stands below it") {
  CHECK(
      rows(checkout(), wide(100)) ==
      R"(checkout  POST /orders       ✗  ████████████████████████████████████████████████     213ms  43.0ms *
          │  ! card declined
checkout  └─ charge                  ▕██████████████████████████████████████▍        170ms  20.0ms *
payment      └─ POST /charge ✗          ██████████████████████████████████▏          150ms   150ms *
                   ! PaymentDeclined: card expired
)");
}

TEST_CASE("events, links and attributes are shown where asked for") {
  WaterfallOptions options;
  options.with_events = true;
  options.attributes = {"http.route", "host.name", "big", "absent"};
  CHECK(
      rows(checkout(), wide(100), options) ==
      R"(checkout  POST /orders       ✗  ████████████████████████████████████████████████     213ms  43.0ms *
          │  ! card declined
          │  http.route=/orders  host.name=node-1
checkout  └─ charge                  ▕██████████████████████████████████████▍        170ms  20.0ms *
             │  host.name=node-1
             │  → trace 11111111111111111111111111111111 span 2222222222222222
payment      └─ POST /charge ✗          ██████████████████████████████████▏          150ms   150ms *
                   big="9223372036854775222"
                   · cache.miss +10.0ms
                   ! exception PaymentDeclined: card expired +140ms
)");
}

TEST_CASE("attributes that hold secrets are redacted") {
  WaterfallOptions options;
  options.attributes = {"authorization"};
  const std::vector<ShortSpan> spans = {{1, 0, 0, 100, "a", "b", SpanKind::internal,
                                         SpanStatus::unset, "authorization", "Bearer abcdef"}};
  const std::string text = rows(make_trace(spans), wide(100), options);
  CHECK(text.find("authorization=[REDACTED]") != std::string::npos);
  CHECK(text.find("abcdef") == std::string::npos);
}

TEST_CASE("--depth hides what is deeper and says how much") {
  WaterfallOptions options;
  options.depth = 1;
  CHECK(rows(shop(), wide(80), options) ==
        R"(checkout  POST /orders                  ████████████████████     213ms  82.0ms *
cart      ├─ GET /cart                  ▐██▌                    32.0ms  32.0ms *
payment   ├─ POST /charge (+38 ✗1)   ✗       ▐████████▉         98.0ms  9.00ms *
email     └─ publish a…s parcel (+1)                      ▕     1.00ms  1.00ms *
39 spans not shown, 1 of them failed
)");
}

TEST_CASE("--errors shows failed spans and those above them") {
  WaterfallOptions options;
  options.only_errors = true;
  CHECK(rows(shop(), wide(80), options) ==
        R"(checkout  POST /orders (+3)        █████████████████████████     213ms  82.0ms *
payment   └─ POST /charge (+37) ✗         ███████████▋          98.0ms  9.00ms *
payment      └─ POST bank       ✗              ██████▌          52.0ms  52.0ms *
40 spans not shown
)");
}

TEST_CASE("--max-spans keeps roots, failures with those above them, then the critical path") {
  WaterfallOptions options;
  options.max_spans = 4;
  CHECK(rows(shop(), wide(80), options) ==
        R"(checkout  POST /orders (+2)        █████████████████████████     213ms  82.0ms *
cart      ├─ GET /cart             ▐███▍                        32.0ms  32.0ms *
payment   └─ POST /charge (+37) ✗         ███████████▋          98.0ms  9.00ms *
payment      └─ POST bank       ✗              ██████▌          52.0ms  52.0ms *
39 spans not shown; --all shows all
)");
}

TEST_CASE("a failure that is too deep to be shown is at least pointed at") {
  std::vector<ShortSpan> spans = {{1, 0, 0, 1000}};
  for (std::uint64_t id = 2; id <= 20; ++id) {
    spans.push_back({id, id - 1, id, 500, "deep", "service", SpanKind::internal,
                     id == 20 ? SpanStatus::error : SpanStatus::unset});
  }
  spans.push_back({30, 1, 500, 999, "slow"});
  WaterfallOptions options;
  options.max_spans = 3;
  const trace::Trace trace = make_trace(spans);
  const trace::Analysis drawn(trace);
  const WaterfallRows chosen = choose_rows(drawn, options);
  REQUIRE(chosen.rows.size() == 3);
  CHECK(chosen.rows[1].span == 1);
  CHECK(chosen.rows[2].span == 2);
  CHECK(chosen.rows[2].hidden == 17);
  CHECK(chosen.hidden == 18);
  CHECK(chosen.hidden_failed == 1);
  CHECK(chosen.is_folded);
}

TEST_CASE(
    "however few lines there are, every line's parent has one and all spans are accounted for") {
  const trace::Trace trace = shop();
  const trace::Analysis drawn(trace);
  for (std::size_t lines = 1; lines < 12; ++lines) {
    WaterfallOptions options;
    options.max_spans = lines;
    const WaterfallRows chosen = choose_rows(drawn, options);
    CHECK(chosen.rows.size() <= lines);
    std::size_t shown = 0;
    for (std::uint32_t place = 0; place < chosen.rows.size(); ++place) {
      const WaterfallRow& row = chosen.rows[place];
      CHECK((row.parent == k_no_row ? row.depth == 0 : row.parent < place));
      shown += row.count;
    }
    CHECK(shown + chosen.hidden == trace.spans.size());
  }
}

TEST_CASE("a chain of 100000 spans loses its middle, but for the slowest in it") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 100'000; ++id) {
    chain.push_back({id, id - 1, id, 400'000 - id, id == 70'000 ? "slow" : "step"});
    chain.back().end -= id > 70'000 ? 5'000 : 0;
  }
  const std::string text = rows(make_trace(chain), wide(80));
  CAPTURE(text);
  CHECK(std::count(text.begin(), text.end(), '\n') < 20);
  CHECK(text.find("slow") != std::string::npos);
  CHECK(text.find("levels not shown") != std::string::npos);
  CHECK(text.ends_with("; --all shows all\n"));
}

TEST_CASE("all of a chain of 3000 spans is drawn where that is asked for") {
  std::vector<ShortSpan> chain;
  for (std::uint64_t id = 1; id <= 3000; ++id) {
    chain.push_back({id, id - 1, id, 40'000 - id, "step"});
  }
  WaterfallOptions options;
  options.max_spans.reset();
  const std::string text = rows(make_trace(chain), wide(80), options);
  CHECK(std::count(text.begin(), text.end(), '\n') == 3000);
  CHECK(text.find("…") != std::string::npos);
}

TEST_CASE("colour adds sequences and changes nothing else") {
  terminal::Terminal coloured = wide(80);
  coloured.colour = true;
  std::string text = draw(shop(), coloured);
  for (auto start = text.find('\x1b'); start != std::string::npos; start = text.find('\x1b')) {
    text.erase(start, text.find('m', start) - start + 1);
  }
  CHECK(text == draw(shop()));
}

TEST_CASE("an empty trace has a head and no rows") {
  CHECK(draw(make_trace({})).find("0 spans") != std::string::npos);
}

TEST_CASE("the age of a trace is told where there is a now") {
  std::ostringstream out;
  write_waterfall(out, {{}, {}, make_trace({{1, 0, 0, 5}})}, {},
                  Time{nanoseconds{test::k_zero}} + std::chrono::minutes(2), wide(120));
  CHECK(out.str().find("2026-08-20T10:00:00.000Z (2m 0s ago)") != std::string::npos);
}
