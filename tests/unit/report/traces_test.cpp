// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/traces.hpp"

#include <sstream>

#include <doctest/doctest.h>

#include "query/otlp_json.hpp"
#include "terminal/width.hpp"
#include "tests/support/make_trace.hpp"
#include "tests/support/read_traces.hpp"

using namespace otelctl;
using namespace otelctl::report;
using test::make_trace;

namespace {

const Time k_now = Time{nanoseconds{test::k_zero}} + std::chrono::minutes(2);

terminal::Terminal a_pipe() {
  return {};
}
terminal::Terminal a_terminal(std::size_t width) {
  terminal::Terminal terminal;
  terminal.is_terminal = true;
  terminal.width = width;
  return terminal;
}

trace::Summary checkout() {
  trace::Summary summary;
  summary.id = parse_hex<TraceId>("0af7651916cd43dd8448eb211c80319c").value();
  summary.root_service = "checkout";
  summary.root_name = "POST /orders";
  summary.start = Time{nanoseconds{test::k_zero + 123'456'789}};
  summary.duration = std::chrono::milliseconds(213);
  summary.span_count = 12;
  summary.error_count = 1;
  summary.services = {{"checkout", 8}, {"payment", 4}};
  return summary;
}

trace::Summary hostile() {
  trace::Summary summary;
  summary.id = parse_hex<TraceId>("01").value();
  summary.root_service = "";
  summary.root_name = "=cmd|\x1b[2J, \"x\"\n<b>";
  summary.start = Time{nanoseconds{test::k_zero}};
  summary.duration = std::chrono::microseconds(1);
  summary.span_count = 1;
  summary.services = {{"a;b", 1}};
  return summary;
}

TraceList a_list() {
  return {{"jaeger", "v3", "http://localhost:16686"}, false, {"a note"}, {checkout(), hostile()}};
}

template <typename Write>
std::string written(Write write) {
  std::ostringstream out;
  write(out);
  return out.str();
}

}  // namespace

TEST_CASE("a pipe gets whole times, ids and names") {
  CHECK(
      written([](auto& out) { write_traces_text(out, a_list(), k_now, a_pipe()); }) ==
      R"(START                     DURATION  SPANS  ERR  ROOT                       SERVICES          TRACE ID
2026-08-20T10:00:00.123Z     213ms     12    1  checkout: POST /orders     checkout,payment  0af7651916cd43dd8448eb211c80319c
2026-08-20T10:00:00.000Z    1.00us      1    0  -: =cmd|\x1b[2J, "x"\n<b>  a;b               00000000000000000000000000000001
)");
}

TEST_CASE("a terminal gets ages and gives way to the width, but never an id") {
  const std::string text =
      written([](auto& out) { write_traces_text(out, a_list(), k_now, a_terminal(90)); });
  CHECK(text.find("1m 59s ago") != std::string::npos);
  CHECK(text.find("0af7651916cd43dd8448eb211c80319c\n") != std::string::npos);
  CHECK(text.find("…") != std::string::npos);
}

TEST_CASE("without traces there is no table") {
  CHECK(written([](auto& out) { write_traces_text(out, {}, k_now, a_pipe()); }).empty());
  CHECK(written([](auto& out) { write_traces_ids(out, {}); }).empty());
  CHECK(written([](auto& out) { write_traces_jsonl(out, {}); }).empty());
}

TEST_CASE("ages are told in both directions") {
  CHECK(relative_time(k_now - std::chrono::seconds(125), k_now) == "2m 5s ago");
  CHECK(relative_time(k_now - std::chrono::milliseconds(1500), k_now) == "1.00s ago");
  CHECK(relative_time(k_now - std::chrono::milliseconds(900), k_now) == "now");
  CHECK(relative_time(k_now + std::chrono::seconds(20), k_now) == "in 20.0s");
}

TEST_CASE("the list as JSON has the keys that scripts rely on") {
  TraceList list = a_list();
  list.traces.pop_back();
  CHECK(written([&](auto& out) { write_traces_json(out, list); }) == R"({
  "schema": "otelctl.traces/1",
  "backend": {
    "kind": "jaeger",
    "dialect": "v3",
    "url": "http://localhost:16686"
  },
  "truncated": false,
  "notes": [
    "a note"
  ],
  "traces": [
    {
      "trace_id": "0af7651916cd43dd8448eb211c80319c",
      "root_service": "checkout",
      "root_name": "POST /orders",
      "start": "2026-08-20T10:00:00.123456789Z",
      "duration_ns": 213000000,
      "span_count": 12,
      "error_count": 1,
      "services": [
        {
          "name": "checkout",
          "span_count": 8
        },
        {
          "name": "payment",
          "span_count": 4
        }
      ]
    }
  ]
}
)");
}

TEST_CASE("JSON lines have a trace each") {
  const std::string text = written([](auto& out) { write_traces_jsonl(out, a_list().traces); });
  CHECK(text.starts_with(R"({"trace_id":"0af7651916cd43dd8448eb211c80319c","root_service":)"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 2);
}

TEST_CASE("CSV quotes what it must, disarms formulas and escapes what moves a cursor") {
  CHECK(written([](auto& out) { write_traces_csv(out, a_list()); }) ==
        "trace_id,start,duration_ns,span_count,error_count,root_service,root_name,services\r\n"
        "0af7651916cd43dd8448eb211c80319c,2026-08-20T10:00:00.123456789Z,213000000,12,1,checkout,"
        "POST /orders,checkout;payment\r\n"
        "00000000000000000000000000000001,2026-08-20T10:00:00.000000000Z,1000,1,0,,"
        "\"'=cmd|\\x1b[2J, \"\"x\"\"\\n<b>\",a;b\r\n");
}

TEST_CASE("Markdown cells are code, so that they cannot become links, mentions or HTML") {
  const std::string text = written([](auto& out) { write_traces_markdown(out, a_list()); });
  CHECK(text.find(
            R"(| `-: =cmd\|\x1b[2J, "x"\n<b>` | `a;b` | `00000000000000000000000000000001` |)") !=
        std::string::npos);
}

TEST_CASE("ids stand alone") {
  CHECK(written([](auto& out) { write_traces_ids(out, a_list().traces); }) ==
        "0af7651916cd43dd8448eb211c80319c\n00000000000000000000000000000001\n");
}

TEST_CASE("rows that come one after the other have one header and columns that do not move") {
  TraceRows rows("text", a_pipe());
  const TraceList list = a_list();
  CHECK(written([&](auto& out) {
          rows.write(out, {list.traces[0]});
          rows.write(out, {list.traces[1]});
        }) ==
        "START                     DURATION   SPANS   ERR  TRACE ID                          ROOT"
        "                                  SERVICES\n"
        "2026-08-20T10:00:00.123Z     213ms      12     1  0af7651916cd43dd8448eb211c80319c  "
        "checkout: POST /orders                checkout,payment\n"
        "2026-08-20T10:00:00.000Z    1.00us       1     0  00000000000000000000000000000001  "
        "-: =cmd|\\x1b[2J, \"x\"\\n<b>             a;b\n");
}

TEST_CASE("rows on a terminal show the time of the day and keep to its width") {
  for (const std::size_t width : {80U, 120U, 200U}) {
    TraceRows rows("text", a_terminal(width));
    const std::string text = written([&](auto& out) { rows.write(out, a_list().traces); });
    CHECK(text.find("\n10:00:00 ") != std::string::npos);
    CHECK(text.find("0af7651916cd43dd8448eb211c80319c  che") != std::string::npos);
    CHECK((text.find("SERVICES") != std::string::npos) == (width > 80));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      CHECK(terminal::display_width(line) <= width);
    }
  }
}

TEST_CASE("rows in the forms for programs are those of the list") {
  const TraceList list = a_list();
  const auto in_two = [&](const char* format) {
    return written([&](auto& out) {
      TraceRows rows(format, a_pipe());
      rows.write(out, {list.traces[0]});
      rows.write(out, {list.traces[1]});
    });
  };
  CHECK(in_two("csv") == written([&](auto& out) { write_traces_csv(out, list); }));
  CHECK(in_two("jsonl") == written([&](auto& out) { write_traces_jsonl(out, list.traces); }));
  CHECK(in_two("ids") == written([&](auto& out) { write_traces_ids(out, list.traces); }));
}

TEST_CASE("a trace as JSON has everything that its spans have, in display order") {
  TraceDetail detail{{"jaeger", "v3", "http://localhost:16686"}, {}, {}};
  detail.trace =
      test::read_traces<query::OtlpJsonReader>(test::test_data("jaeger/checkout_v3.json"))
          .value()
          .front();
  const std::string text = written([&](auto& out) { write_trace_json(out, detail); });
  CHECK(text == test::test_data("jaeger/checkout_trace.json"));
}

TEST_CASE("attributes that repeat are all there, under keys that do not") {
  trace::TraceBuilder builder;
  trace::Span span;
  span.id = test::span_id(1);
  const trace::Text key = builder.intern("k");
  span.attributes = {0, 3};
  builder.columns().attributes = {{key, trace::Value::of_integer(1)},
                                  {builder.intern("other"), trace::Value::of_boolean(true)},
                                  {key, trace::Value::of_integer(2)}};
  builder.add(test::trace_id(1), span);
  const TraceDetail detail{{}, {}, builder.finish().front()};
  const std::string text = written([&](auto& out) { write_trace_json(out, detail); });
  CHECK(text.find("\"k\": 1,\n        \"other\": true,\n        \"k#2\": 2\n") !=
        std::string::npos);
}

TEST_CASE("what is odd about the whole trace stands in its JSON as in its picture") {
  const TraceDetail detail{{}, {}, make_trace({{1, 0, 0, 9}, {1, 0, 0, 9}})};
  const std::string text = written([&](auto& out) { write_trace_json(out, detail); });
  CHECK(text.find("\"warnings\": [\n    \"1 span is an exact copy and was left out\"\n  ]") !=
        std::string::npos);
}

TEST_CASE("what is odd about a span stands among its warnings") {
  TraceDetail detail{{}, {}, make_trace({{2, 9, 10, 5}})};
  const std::string text = written([&](auto& out) { write_trace_json(out, detail); });
  CHECK(text.find("\"warnings\": [\n        \"orphan\",\n        \"the span ends before it "
                  "starts\"\n      ]") != std::string::npos);
}

TEST_CASE("what the backend did not count is not shown as nothing") {
  TraceList list = a_list();
  list.traces = {checkout()};
  list.traces[0].span_count = 0;
  list.traces[0].error_count = 0;
  list.traces[0].services.clear();
  CHECK(
      written([&](auto& out) { write_traces_text(out, list, k_now, a_pipe()); }) ==
      R"(START                     DURATION  SPANS  ERR  ROOT                    SERVICES  TRACE ID
2026-08-20T10:00:00.123Z     213ms      ?    ?  checkout: POST /orders            0af7651916cd43dd8448eb211c80319c
)");
  CHECK(written([&](auto& out) { write_traces_markdown(out, list); }).find("| 213ms | ? | ? |") !=
        std::string::npos);
  TraceRows followed("text", a_pipe());
  CHECK(written([&](auto& out) {
          followed.write(out, list.traces);
        }).find("213ms       ?     ?  0af7") != std::string::npos);
  list.traces[0].error_count = 2;
  CHECK(written([&](auto& out) { write_traces_markdown(out, list); }).find("| 213ms | ? | 2 |") !=
        std::string::npos);
}
