// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_diff.hpp"

#include <algorithm>
#include <sstream>
#include <string>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "report/cells.hpp"
#include "terminal/width.hpp"
#include "tests/support/make_trace.hpp"

using namespace otelctl;
using report::TraceDiffReport;

namespace {

constexpr std::uint64_t k_ms = 1'000'000;

// A root with so many children, each of which takes `extra` longer on the other side.
TraceDiffReport many(std::size_t children) {
  std::vector<test::ShortSpan> a = {{1, 0, 0, 1000 * k_ms, "GET /", "shop"}};
  std::vector<test::ShortSpan> b = a;
  for (std::size_t i = 0; i < children; ++i) {
    a.push_back({i + 2, 1, 0, 10 * k_ms, "SELECT a rather long statement \u65e5\u672c", "db"});
    b.push_back(
        {i + 2, 1, 0, (11 + i) * k_ms, "SELECT a rather long statement \u65e5\u672c", "db"});
  }
  TraceDiffReport report;
  report.a = {"last~1", {"jaeger", "v3", "http://jaeger"}, {"01"}};
  report.b = {"last", {"jaeger", "v3", "http://jaeger"}, {"02"}};
  std::vector<trace::Trace> of_a;
  std::vector<trace::Trace> of_b;
  of_a.push_back(test::make_trace(a));
  of_b.push_back(test::make_trace(b));
  report.diff = trace::diff(of_a, of_b);
  return report;
}

std::string text_of(const TraceDiffReport& report, const terminal::Terminal& terminal) {
  std::ostringstream out;
  write_trace_diff_text(out, report, terminal);
  return out.str();
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("the biggest change comes first and the table keeps to the width of a terminal") {
  const TraceDiffReport report = many(3);
  for (const std::size_t width : {60U, 80U, 120U, 200U}) {
    CAPTURE(width);
    std::istringstream lines(text_of(report, {.is_terminal = true, .width = width}));
    std::string line;
    while (std::getline(lines, line)) {
      CAPTURE(line);
      CHECK(terminal::display_width(line) <= width);
    }
  }
  const std::string text = text_of(report, {});
  CHECK(text.find("SELECT a rather long statement \u65e5\u672c#1") <
        text.find("SELECT a rather long statement \u65e5\u672c#2"));
  CHECK(holds(text, "10.0ms  13.0ms  +3.00ms  +30.0%  shop: GET / > db: SELECT"));
  CHECK_FALSE(holds(text, "ERRORS"));
  CHECK_FALSE(holds(text, "TRACES"));
}

TEST_CASE("a person is shown twenty changes and told of the others, programs get all") {
  const TraceDiffReport report = many(50);
  CHECK(holds(text_of(report, {}), "and 30 smaller ones (--format json has all)"));
  std::ostringstream json;
  write_trace_diff_json(json, report, 0);
  const auto document = boost::json::parse(json.str());
  CHECK(document.at("changed").as_array().size() == 50);
  CHECK(document.at("samples_a") == 1);
  std::ostringstream markdown;
  write_trace_diff_markdown(markdown, report);
  CHECK(holds(markdown.str(), "and 30 smaller ones"));
  const std::string table = markdown.str().substr(markdown.str().find("| A | B |"));
  CHECK(std::count(table.begin(), table.end(), '\n') == 24);
}

TEST_CASE("differences have their sign, and huge shares an end") {
  CHECK(report::signed_duration(std::chrono::milliseconds(5)) == "+5.00ms");
  CHECK(report::signed_duration(-std::chrono::milliseconds(5)) == "-5.00ms");
  CHECK(report::signed_percent(12.34) == "+12.3%");
  CHECK(report::signed_percent(-50) == "-50.0%");
  CHECK(report::signed_percent(5e9) == ">+999%");
}

TEST_CASE("text from outside neither ends a cell of Markdown nor calls anybody") {
  CHECK(report::markdown_text("a|b") == "a\\|b");
  CHECK(report::markdown_text("<b>*x*</b>") == "\\<b\\>\\*x\\*\\</b\\>");
  CHECK(report::markdown_text("@octocat #1 &lt;") == "&#64;octocat \\#1 \\&lt;");
  CHECK(report::markdown_text("a\nb\x1b[0m") == "a\\\\nb\\\\x1b\\[0m");
}
