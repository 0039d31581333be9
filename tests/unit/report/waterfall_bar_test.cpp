// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_bar.hpp"

#include <doctest/doctest.h>

#include "terminal/width.hpp"

using namespace otelctl;
using namespace otelctl::report;

namespace {

Time at(std::int64_t count) {
  return Time{nanoseconds{count}};
}

std::string bar(std::int64_t start, std::int64_t end, std::size_t width = 8, bool unicode = true,
                std::int64_t whole = 800) {
  const Bar drawn = draw_bar({at(0), at(whole), width, unicode}, {{at(start), at(end)}});
  const std::string line = drawn.before + drawn.bar + drawn.after;
  CHECK(terminal::display_width(line) == width);
  return line;
}

}  // namespace

TEST_CASE("a bar ends on an eighth of a column") {
  CHECK(bar(0, 800) == "████████");
  CHECK(bar(0, 400) == "████    ");
  CHECK(bar(0, 350) == "███▌    ");
  CHECK(bar(0, 312) == "███▏    ");
}

TEST_CASE("a bar begins on an eighth, a half or a whole column") {
  CHECK(bar(100, 800) == " ███████");
  CHECK(bar(150, 800) == " ▐██████");
  CHECK(bar(188, 800) == " ▕██████");
}

TEST_CASE("what is too short to see still shows, where it is") {
  CHECK(bar(0, 0) == "▏       ");
  CHECK(bar(800, 800) == "       ▕");
  CHECK(bar(400, 401) == "    ▏   ");
  CHECK(bar(490, 495) == "    ▕   ");
}

TEST_CASE("what lies outside is cut") {
  CHECK(bar(-500, 100) == "█       ");
  CHECK(bar(700, 5000) == "       █");
  CHECK(bar(5000, 6000) == "       ▕");
}

TEST_CASE("a trace that took no time has bars") {
  CHECK(bar(0, 0, 8, true, 0) == "▏       ");
  CHECK(bar(0, 0, 8, false, 0) == "|       ");
}

TEST_CASE("ASCII bars have both ends") {
  CHECK(bar(0, 800, 8, false) == "|======|");
  CHECK(bar(200, 400, 8, false) == "  ||    ");
  CHECK(bar(200, 500, 8, false) == "  |=|   ");
  CHECK(bar(400, 400, 8, false) == "    |   ");
}

TEST_CASE("several intervals share a bar, with gaps between them") {
  const auto bar_of = [](std::vector<Interval> intervals, bool unicode) {
    const Bar drawn = draw_bar({at(0), at(800), 8, unicode}, intervals);
    return drawn.before + drawn.bar + drawn.after;
  };
  const std::vector<Interval> intervals = {
      {at(50), at(100)}, {at(300), at(500)}, {at(400), at(600)}};
  CHECK(bar_of(intervals, true) == "▐  ███  ");
  CHECK(bar_of(intervals, false) == "|  |=|  ");
  // Within one column they are as wide as they are together.
  CHECK(bar_of({{at(0), at(25)}, {at(75), at(100)}}, true) == "▌       ");
}

TEST_CASE("no width is no bar") {
  CHECK(draw_bar({at(0), at(1), 0, true}, {{at(0), at(1)}}).bar.empty());
}

TEST_CASE("the axis has as many labels as fit") {
  const auto axis = [](std::size_t width, std::int64_t whole) {
    return draw_axis({at(0), at(whole), width, true});
  };
  CHECK(axis(60, 213'000'000) == "0              53.2ms         106ms          160ms     213ms");
  CHECK(axis(24, 213'000'000) == "0           106ms  213ms");
  CHECK(axis(10, 213'000'000) == "0    213ms");
  CHECK(axis(10, 0) == "0      0ns");
  CHECK(axis(4, 213'000'000) == "0   ");
}
