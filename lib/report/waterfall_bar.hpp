// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/time.hpp"

namespace otelctl::report {

// The time that a waterfall's bars stand for, drawn `width` columns wide.
struct TimeScale {
  Time start;
  Time end;
  std::size_t width = 0;
  bool unicode = true;
};

struct Interval {
  Time start;
  Time end;
};

// A bar that covers the intervals, exactly `scale.width` columns wide. Blocks are filled to an
// eighth of a column where a stretch ends and to an eighth or a half where it begins, which is what
// Unicode has; ASCII draws |==|. The shortest interval still shows.
struct Bar {
  std::string before;  // spaces
  std::string bar;     // with the spaces between its stretches
  std::string after;   // spaces
};
Bar draw_bar(const TimeScale& scale, const std::vector<Interval>& intervals);

// The labels above the bars: the time since the start, at as many places as fit.
std::string draw_axis(const TimeScale& scale);

}  // namespace otelctl::report
