// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/pictures.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "base/text.hpp"
#include "query/otlp_json.hpp"
#include "report/lanes.hpp"
#include "report/picture_text.hpp"
#include "report/trace_formats.hpp"
#include "tests/support/make_trace.hpp"
#include "tests/support/read_traces.hpp"

using namespace otelctl;
using namespace otelctl::report;
using test::make_trace;
using test::ShortSpan;

namespace {

constexpr std::string_view k_pictures[] = {"mermaid", "dot", "chrome-trace", "speedscope",
                                           "folded",  "svg", "html"};

std::string draw(std::string_view format, trace::Trace trace) {
  TraceDetail detail{{}, {}, std::move(trace), "http://localhost:16686/trace/1"};
  std::ostringstream out;
  find_trace_format(format)->write(out, detail);
  return out.str();
}

trace::Trace read(const std::string& name) {
  return test::read_traces<query::OtlpJsonReader>(test::test_data("pictures/" + name))
      .value()
      .front();
}

std::vector<ShortSpan> chain(std::uint64_t length) {
  std::vector<ShortSpan> spans;
  for (std::uint64_t id = 1; id <= length; ++id) {
    spans.push_back({id, id - 1, id, 4 * length - id, "step", id % 3 == 0 ? "a" : "b"});
  }
  return spans;
}

// Children that overlap, so that each needs a lane of its own.
std::vector<ShortSpan> fan(std::uint64_t width) {
  std::vector<ShortSpan> spans = {{1, 0, 0, 4 * width, "root"}};
  for (std::uint64_t id = 2; id <= width; ++id) {
    spans.push_back({id, 1, id, id + 2 * width, "child"});
  }
  return spans;
}

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

std::string between(const std::string& text, std::string_view begin, std::string_view end) {
  const auto from = text.find(begin) + begin.size();
  return text.substr(from, text.find(end, from) - from);
}

boost::json::value page_data(const std::string& page) {
  return boost::json::parse(
      between(page, "<script type=\"application/json\" id=\"data\">", "</script>"));
}

// The nanoseconds of a number of microseconds as it stands in the text.
std::int64_t nanoseconds_of(const boost::json::value& number) {
  return std::llround(number.to_number<double>() * 1000);
}

}  // namespace

TEST_CASE("no form takes a line that is no span for one") {
  // A line for the parent that is missing, and one for the levels that are left out.
  const trace::Trace orphans = make_trace({{1, 0, 0, 90, "root"}, {2, 7, 10, 20, "orphan"}});
  const trace::Trace levels = make_trace(chain(2000));
  for (const std::string_view format : {"markdown", "mermaid", "svg", "html"}) {
    CAPTURE(format);
    CHECK(draw(format, orphans).find("orphan") != std::string::npos);
    CHECK(draw(format, levels).find("step") != std::string::npos);
  }
}

TEST_CASE("every picture of a small trace is the one that is checked in") {
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    if (format == "html") {
      continue;  // its page is a file already, its data is checked below
    }
    const std::string drawn = draw(format, read("shop.json"));
    CHECK(drawn == test::test_data("pictures/shop." + std::string(format)));
  }
}

TEST_CASE("every picture is the same on every run and for every order of the spans") {
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    trace::Trace reversed = read("hostile.json");
    std::reverse(reversed.spans.begin(), reversed.spans.end());
    const std::string drawn = draw(format, read("hostile.json"));
    CHECK(drawn == draw(format, read("hostile.json")));
    if (format != "html") {
      CHECK(drawn == draw(format, std::move(reversed)));
    }
  }
}

TEST_CASE("no picture shows a secret, wherever it stands") {
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    CHECK(draw(format, read("shop.json")).find("do-not-show-me") == std::string::npos);
    CHECK(draw(format, read("hostile.json")).find("do-not-show-me") == std::string::npos);
  }
  CHECK(draw("html", read("hostile.json")).find("[REDACTED]") != std::string::npos);
}

TEST_CASE("no picture shows a secret that stands where names do") {
  const std::string secret = "sk-0123456789abcdef";
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    CHECK(draw(format, make_trace({{1, 0, 0, 9, secret, secret}})).find(secret) ==
          std::string::npos);
  }
}

TEST_CASE("a span that names no start stands at the trace's, in every picture") {
  trace::Trace trace = make_trace({{1, 0, 0, 5000, "timed"}, {2, 0, 0, 5000, "timeless"}});
  trace.spans.back().start = Time{};
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    const std::string drawn = draw(format, trace);
    // 56 years before the trace.
    CHECK(drawn.find("-1787220") == std::string::npos);
    CHECK(drawn.find("-20685d") == std::string::npos);
  }
}

TEST_CASE("no picture holds control characters or what turns the direction of text") {
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    const std::string drawn = draw(format, read("hostile.json"));
    CHECK(is_valid_utf8(drawn));
    CHECK(std::none_of(drawn.begin(), drawn.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; }));
    // Data for programs keeps it, for them to show or not.
    if (format != "chrome-trace" && format != "html") {
      CHECK(drawn.find("\u202e") == std::string::npos);
    }
  }
}

TEST_CASE("every picture takes an empty trace") {
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    CHECK_NOTHROW(draw(format, make_trace({})));
  }
  CHECK(draw("mermaid", make_trace({})).find("participant s0") != std::string::npos);
}

TEST_CASE("every picture takes a chain and a fan of 100000 spans") {
  const trace::Trace deep = make_trace(chain(100'000));
  const trace::Trace wide = make_trace(fan(100'000));
  for (const std::string_view format : k_pictures) {
    CAPTURE(format);
    CHECK(draw(format, deep).size() < 100'000'000);
    CHECK(draw(format, wide).size() < 100'000'000);
  }
}

TEST_CASE("spans of one lane are nested in their ancestors or one after the other") {
  for (const trace::Trace& trace :
       {read("shop.json"), read("hostile.json"), make_trace(chain(100)), make_trace(fan(100)),
        make_trace(
            {{1, 0, 10, 20}, {2, 1, 5, 8}, {3, 1, 20, 20}, {4, 3, 20, 20}, {5, 1, 10, 20}})}) {
    const trace::Analysis drawn(trace);
    const Lanes lanes = assign_lanes(drawn);
    std::size_t count = 0;
    for (const Lane& lane : lanes.lanes) {
      count += lane.spans.size();
      for (std::size_t a = 0; a < lane.spans.size(); ++a) {
        CHECK(trace.columns->resources[trace.spans[lane.spans[a]].resource].service ==
              lanes.services[lane.service]);
        for (std::size_t b = a + 1; b < lane.spans.size(); ++b) {
          const auto first = lane.spans[a];
          const auto second = lane.spans[b];
          const bool is_after = drawn.tree.start[second] >= drawn.tree.end[first];
          bool is_below = false;
          for (auto at = second; at != trace::k_no_span; at = drawn.tree.parent[at]) {
            is_below = is_below || at == first;
          }
          const bool is_within = drawn.tree.start[second] >= drawn.tree.start[first] &&
                                 drawn.tree.end[second] <= drawn.tree.end[first];
          CHECK((is_after || (is_below && is_within)));
        }
      }
    }
    CHECK(count == drawn.tree.order.size());
  }
}

TEST_CASE("a lane is used again once it is free") {
  const trace::Trace trace =
      make_trace({{1, 0, 0, 100}, {2, 1, 10, 30}, {3, 1, 20, 40}, {4, 1, 50, 60}, {5, 4, 52, 58}});
  const trace::Analysis drawn(trace);
  const Lanes lanes = assign_lanes(drawn);
  REQUIRE(lanes.lanes.size() == 2);
  CHECK(lanes.lanes[0].spans == std::vector<std::uint32_t>{0, 1, 3, 4});
  CHECK(lanes.lanes[1].spans == std::vector<std::uint32_t>{2});
}

TEST_CASE("chrome-trace: slices of a thread nest, to the nanosecond") {
  std::vector<ShortSpan> spans = fan(50);
  spans.push_back({99, 3, 4, 33, "odd"});
  const auto events =
      boost::json::parse(draw("chrome-trace", make_trace(spans))).at("traceEvents").as_array();
  std::map<std::int64_t, std::vector<std::pair<std::int64_t, std::int64_t>>> threads;
  for (const auto& event : events) {
    if (event.at("ph") == "X") {
      const std::int64_t start = nanoseconds_of(event.at("ts"));
      threads[event.at("tid").as_int64()].emplace_back(start,
                                                       start + nanoseconds_of(event.at("dur")));
    }
  }
  // The first child lies on the root.
  CHECK(threads.size() == 49);
  for (auto& [tid, slices] : threads) {
    for (const auto& a : slices) {
      for (const auto& b : slices) {
        const bool crosses = a.first < b.first && b.first < a.second && a.second < b.second;
        CHECK_FALSE(crosses);
      }
    }
  }
  CHECK(draw("chrome-trace", make_trace(spans)).find("\"ts\":0.004,\"dur\":0.029,") !=
        std::string::npos);
}

TEST_CASE("speedscope: frames close in the reverse of the order in which they opened") {
  for (const trace::Trace& trace :
       {read("shop.json"), make_trace(fan(50)), make_trace(chain(50))}) {
    const auto file = boost::json::parse(draw("speedscope", trace));
    const std::size_t frames = file.at("shared").at("frames").as_array().size();
    std::size_t opened = 0;
    for (const auto& profile : file.at("profiles").as_array()) {
      std::vector<std::int64_t> open;
      std::int64_t last = 0;
      for (const auto& event : profile.at("events").as_array()) {
        const std::int64_t frame = event.at("frame").as_int64();
        CHECK(static_cast<std::size_t>(frame) < frames);
        CHECK(event.at("at").as_int64() >= last);
        last = event.at("at").as_int64();
        if (event.at("type") == "O") {
          ++opened;
          open.push_back(frame);
        } else {
          REQUIRE_FALSE(open.empty());
          CHECK(open.back() == frame);
          open.pop_back();
        }
      }
      CHECK(open.empty());
      CHECK(last <= profile.at("endValue").as_int64());
    }
    CHECK(opened == trace.spans.size());
  }
}

TEST_CASE("folded: the lines add up to the self times, equal stacks are one, names cannot split") {
  CHECK(draw("folded", make_trace({{1, 0, 0, 100, "a;b", "s"},
                                   {2, 1, 10, 50, "x\ny", "s"},
                                   {3, 1, 30, 70, "x\ny", "s"},
                                   {4, 1, 80, 80, "nothing", "s"}})) ==
        "s: a,b 40\ns: a,b;s: x\\ny 80\n");
}

TEST_CASE("folded: what is too deep is one frame and its time is not lost") {
  const trace::Trace trace = make_trace(chain(1000));
  const trace::Analysis drawn(trace);
  nanoseconds whole{0};
  for (const nanoseconds self : drawn.self) {
    whole += self;
  }
  const std::string text = draw("folded", trace);
  std::int64_t sum = 0;
  std::size_t lines = 0;
  for (const auto line : split(text, '\n')) {
    if (!line.empty()) {
      sum += std::stoll(std::string(line.substr(line.rfind(' '))));
      ++lines;
      CHECK(count_of(line, ";") <= k_most_folded_levels);
    }
  }
  CHECK(sum == whole.count());
  CHECK(lines == k_most_folded_levels + 1);
  CHECK(text.find(";(deeper spans) ") != std::string::npos);
}

TEST_CASE("mermaid stays below the longest text that it takes, whatever the names") {
  std::string name;
  for (int part = 0; part < 100; ++part) {
    name += "#;\u202e";
  }
  std::vector<ShortSpan> spans = {{1, 0, 0, 1000, name, name}};
  std::vector<std::string> services(300, name);
  for (std::uint64_t id = 2; id < 300; ++id) {
    services[id] = std::to_string(id) + name;
    spans.push_back({id, id - 1, id, 999 - id, name, services[id], trace::SpanKind::server,
                     trace::SpanStatus::error});
  }
  const std::string text = draw("mermaid", make_trace(spans));
  CHECK(text.size() < 50'000);
  CHECK(text.find("219 spans not shown, 219 of them failed") != std::string::npos);
}

TEST_CASE("dot: services beyond the bound are one node") {
  std::vector<ShortSpan> spans = {{1, 0, 0, 1000, "root", "root"}};
  std::vector<std::string> names(400);
  for (std::uint64_t id = 2; id < 302; ++id) {
    names[id] = "service " + std::to_string(id);
    spans.push_back({id, 1, 1, 2, "call", names[id]});
  }
  const std::string text = draw("dot", make_trace(spans));
  CHECK(count_of(text, " in itself") == k_most_graph_services + 1);
  CHECK(text.find("101 other services") != std::string::npos);
  CHECK(text.find("[label=\"101 calls, 101ns\"]") != std::string::npos);
}

TEST_CASE("svg: rows beyond the bound are counted") {
  std::vector<ShortSpan> spans = fan(500);
  std::vector<std::string> names(501);
  for (ShortSpan& span : spans) {
    names[span.id] = "child " + std::to_string(span.id);
    span.name = names[span.id];
  }
  const std::string text = draw("svg", make_trace(spans));
  CHECK(count_of(text, "<circle ") == k_most_svg_rows);
  CHECK(text.find(">300 spans hidden</text>") != std::string::npos);
  CHECK(count_of(text, "<script") == 0);
}

TEST_CASE("svg: the axis of a trace that takes all the time there is") {
  trace::Trace trace = make_trace({{1, 0, 0, 100, "for ever"}});
  trace.spans.front().start = Time{};
  trace.spans.front().duration = nanoseconds::max();
  CHECK(draw("svg", std::move(trace)).find(">106751d 23h<") != std::string::npos);
  CHECK(draw("svg", make_trace({{1, 0, 0, 7, "short"}})).find("\"end\">7ns<") != std::string::npos);
}

TEST_CASE("html: the data are the spans, and no text of the trace ends the element") {
  const std::string page = draw("html", read("hostile.json"));
  CHECK(count_of(page, "<script") == 2);
  CHECK(count_of(page, "</script>") == 2);
  const auto data = page_data(page);
  REQUIRE(data.at("spans").as_array().size() == 6);
  const auto& root = data.at("spans").as_array()[0].as_array();
  CHECK(root[0] == -1);
  const std::string name(data.at("texts").as_array()[root[2].to_number<std::size_t>()].as_string());
  CHECK(name.find("</script><script>") != std::string::npos);
  CHECK(data.at("page") == "http://localhost:16686/trace/1");
}

TEST_CASE("html: parents stand before their children and spans beyond the bound are counted") {
  const auto data = page_data(draw("html", make_trace(chain(60'000))));
  const auto& spans = data.at("spans").as_array();
  REQUIRE(spans.size() == k_most_html_spans);
  for (std::size_t place = 1; place < spans.size(); ++place) {
    REQUIRE(spans[place].as_array()[0].as_int64() < static_cast<std::int64_t>(place));
  }
  CHECK(data.at("warnings").as_array()[0] == "10000 spans not in this page, 0 of them failed");
}

TEST_CASE("services of one trace have different colours while there are any") {
  ServiceColours colours;
  std::vector<std::string_view> seen;
  for (int number = 0; number < 12; ++number) {
    seen.push_back(colours.of("service " + std::to_string(number)));
  }
  std::sort(seen.begin(), seen.end());
  CHECK(std::adjacent_find(seen.begin(), seen.end()) == seen.end());
  CHECK(colours.of("service 3") == colours.of("service 3"));
  CHECK_FALSE(colours.of("one more").empty());
}

TEST_CASE("text in pictures is cut by code points and escaped") {
  CHECK(picture_text("abcdef", 6) == "abcdef");
  CHECK(picture_text("abcdefg", 6) == "abcde…");
  CHECK(picture_text("ääääää", 3) == "ää…");
  CHECK(picture_text("a\x1b", 10) == "a\\x1b");
  CHECK(picture_text("Bearer abcdefgh", 40) == "[REDACTED]");
  CHECK(picture_name("", 5) == "(no name)");
}
