// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_bar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <string_view>

#include "base/duration.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

// Filled from the left by so many eighths.
constexpr std::array<std::string_view, 9> k_from_left = {" ", "▏", "▎", "▍", "▌",
                                                         "▋", "▊", "▉", "█"};
constexpr std::uint64_t k_eighths = 8;

// Filled from the right by so many eighths: only one, four and eight exist.
std::string_view from_right(std::uint64_t eighths) {
  return eighths <= 2 ? "▕" : eighths <= 5 ? "▐" : "█";
}

std::uint64_t length(Time from, Time to) {
  return to <= from ? 0 : static_cast<std::uint64_t>((to - from).count());
}

// Where `at` lies on the scale in parts of 1 / units; `units` stands for the end. In floating
// point: the product of two large numbers would not fit, and a bar is at most some thousand parts
// long.
double position(const TimeScale& scale, Time at, std::uint64_t units) {
  const auto whole = static_cast<double>(length(scale.start, scale.end));
  if (whole <= 0) {
    return 0;
  }
  const double part = static_cast<double>(length(scale.start, at)) / whole;
  return std::clamp(part, 0.0, 1.0) * static_cast<double>(units);
}

struct Units {
  std::uint64_t first;
  std::uint64_t last;  // after the last
};

Units units_of(const TimeScale& scale, Time start, Time end, std::uint64_t per_column) {
  const std::uint64_t units = scale.width * per_column;
  auto first = static_cast<std::uint64_t>(position(scale, start, units));
  first = std::min(first, units - 1);
  auto last = static_cast<std::uint64_t>(position(scale, end, units) + 0.999);
  last = std::clamp(last, first + 1, units);
  return {first, last};
}

// For each unit of the scale whether any of the intervals covers it.
std::vector<bool> cover(const TimeScale& scale, const std::vector<Interval>& intervals,
                        std::uint64_t per_column) {
  // How many begin at a unit, less how many have ended before it.
  std::vector<std::int64_t> changes(scale.width * per_column + 1, 0);
  for (const Interval& interval : intervals) {
    const Units units = units_of(scale, interval.start, interval.end, per_column);
    ++changes[units.first];
    --changes[units.last];
  }
  std::vector<bool> is_covered(scale.width * per_column);
  std::int64_t open = 0;
  for (std::size_t unit = 0; unit < is_covered.size(); ++unit) {
    open += changes[unit];
    is_covered[unit] = open > 0;
  }
  return is_covered;
}

// The glyph for one column, of which these eighths are covered.
std::string_view column_glyph(const std::vector<bool>& eighths, std::size_t column) {
  const auto first = eighths.begin() + static_cast<std::ptrdiff_t>(column * k_eighths);
  const auto last = first + static_cast<std::ptrdiff_t>(k_eighths);
  const auto count = static_cast<std::uint64_t>(std::count(first, last, true));
  const auto before = std::find(first, last, true) - first;
  const auto after =
      std::find(std::make_reverse_iterator(last), std::make_reverse_iterator(first), true) -
      std::make_reverse_iterator(last);
  // It stands at the side that is nearer.
  return before > after ? from_right(count) : k_from_left[count];
}

Bar from_columns(const std::vector<std::string_view>& columns) {
  const auto is_drawn = [](std::string_view glyph) { return glyph != " "; };
  const auto first = std::find_if(columns.begin(), columns.end(), is_drawn);
  const auto last = std::find_if(columns.rbegin(), columns.rend(), is_drawn).base();
  Bar bar;
  bar.before = std::string(static_cast<std::size_t>(first - columns.begin()), ' ');
  for (auto glyph = first; glyph < last; ++glyph) {
    bar.bar += *glyph;
  }
  bar.after =
      std::string(columns.size() - bar.before.size() - static_cast<std::size_t>(last - first), ' ');
  return bar;
}

std::vector<std::string_view> ascii_columns(const std::vector<bool>& is_covered) {
  std::vector<std::string_view> columns(is_covered.size(), " ");
  for (std::size_t column = 0; column < columns.size(); ++column) {
    if (is_covered[column]) {
      const bool is_inside = column > 0 && is_covered[column - 1] && column + 1 < columns.size() &&
                             is_covered[column + 1];
      columns[column] = is_inside ? "=" : "|";
    }
  }
  return columns;
}

}  // namespace

Bar draw_bar(const TimeScale& scale, const std::vector<Interval>& intervals) {
  if (scale.width == 0 || intervals.empty()) {
    return {{}, {}, std::string(scale.width, ' ')};
  }
  if (!scale.unicode) {
    return from_columns(ascii_columns(cover(scale, intervals, 1)));
  }
  const std::vector<bool> eighths = cover(scale, intervals, k_eighths);
  std::vector<std::string_view> columns;
  for (std::size_t column = 0; column < scale.width; ++column) {
    columns.push_back(column_glyph(eighths, column));
  }
  return from_columns(columns);
}

std::string draw_axis(const TimeScale& scale) {
  const nanoseconds whole = scale.end - scale.start;
  constexpr std::size_t k_room_for_label = 12;
  const std::size_t parts =
      whole > nanoseconds{0} ? std::clamp<std::size_t>(scale.width / k_room_for_label, 1, 4) : 1;
  const std::string last = format_duration(whole);
  std::string axis = "0";
  for (std::size_t part = 1; part < parts; ++part) {
    const std::string label =
        format_duration(whole / static_cast<std::int64_t>(parts) * static_cast<std::int64_t>(part));
    axis = terminal::pad_right(axis, scale.width * part / parts) + label;
  }
  const std::size_t used = terminal::display_width(axis) + 1 + terminal::display_width(last);
  if (used <= scale.width) {
    axis += terminal::pad_left(last, scale.width - terminal::display_width(axis));
  }
  return terminal::pad_right(axis, scale.width);
}

}  // namespace otelctl::report
