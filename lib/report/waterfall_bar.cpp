// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_bar.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

std::string repeat(std::string_view glyph, std::uint64_t count) {
  std::string text;
  for (std::uint64_t index = 0; index < count; ++index) {
    text += glyph;
  }
  return text;
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

Bar ascii_bar(const TimeScale& scale, Time start, Time end) {
  const Units columns = units_of(scale, start, end, 1);
  const std::uint64_t count = columns.last - columns.first;
  Bar bar;
  bar.before = std::string(columns.first, ' ');
  bar.bar = count < 3 ? std::string(count, '|') : "|" + std::string(count - 2, '=') + "|";
  bar.after = std::string(scale.width - columns.last, ' ');
  return bar;
}

}  // namespace

Bar draw_bar(const TimeScale& scale, Time start, Time end) {
  if (scale.width == 0) {
    return {};
  }
  if (!scale.unicode) {
    return ascii_bar(scale, start, end);
  }
  const Units units = units_of(scale, start, end, k_eighths);
  const std::uint64_t first_column = units.first / k_eighths;
  const std::uint64_t last_column = (units.last - 1) / k_eighths;
  Bar bar;
  bar.before = std::string(first_column, ' ');
  bar.after = std::string(scale.width - last_column - 1, ' ');
  const std::uint64_t end_in_column = units.last - last_column * k_eighths;
  if (first_column == last_column) {
    // Within one column a bar stands at the side that is nearer.
    const bool is_right = units.first % k_eighths > k_eighths - end_in_column;
    const std::uint64_t count = units.last - units.first;
    bar.bar = is_right ? from_right(count) : k_from_left[count];
    return bar;
  }
  bar.bar = from_right(k_eighths - units.first % k_eighths);
  bar.bar += repeat("█", last_column - first_column - 1);
  bar.bar += k_from_left[end_in_column];
  return bar;
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
