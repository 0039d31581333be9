// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_grid.hpp"

#include <algorithm>
#include <cmath>

namespace otelctl::synth {
namespace {

// Integers up to here are exact in a double.
constexpr double k_most_integer = 9007199254740992.0;
// Draws use 32 random bits.
constexpr double k_most_choices = 4294967295.0;
// Of a single value that is added up: 2^64 times as much is still a double.
constexpr double k_most_addend = 1e280;
constexpr double k_most_value = 1e12;
constexpr double k_most_steps = 1e15;
constexpr double k_choices = 1e7;

std::optional<Grid> whole_numbers(const MetricSpec& metric, double largest) {
  if (largest > k_most_integer || metric.high - metric.low > k_most_choices ||
      metric.low != std::floor(metric.low) || metric.high != std::floor(metric.high)) {
    return std::nullopt;
  }
  return Grid{static_cast<std::int64_t>(metric.low), static_cast<std::int64_t>(metric.high)};
}

// The steps that lie in the range, ends included.
void fit(Grid& grid, const MetricSpec& metric) {
  const auto steps_at = [&](double value) {
    return static_cast<std::int64_t>(std::round(value * grid.divisor / grid.factor));
  };
  grid.low = steps_at(metric.low);
  grid.low += grid.value(grid.low) < metric.low ? 1 : 0;
  grid.high = steps_at(metric.high);
  grid.high -= grid.value(grid.high) > metric.high ? 1 : 0;
}

}  // namespace

std::optional<Grid> grid_of(const MetricSpec& metric) {
  const double largest = std::max(std::abs(metric.low), std::abs(metric.high));
  if (metric.is_integer) {
    return whole_numbers(metric, largest);
  }
  Grid grid;
  if (metric.low == metric.high) {
    const bool is_added_up =
        metric.kind != MetricKind::gauge && metric.kind != MetricKind::up_down_counter;
    if (is_added_up && largest > k_most_addend) {
      return std::nullopt;
    }
    grid.low = metric.low == 0.0 ? 0 : 1;
    grid.high = grid.low;
    grid.factor = metric.low == 0.0 ? 1.0 : metric.low;
    return grid;
  }
  if (largest > k_most_value) {
    return std::nullopt;
  }
  const double width = metric.high - metric.low;
  while (width / grid.factor > k_choices) {
    grid.factor *= 10.0;
  }
  // Powers of ten are exact up to 1e22.
  while (grid.factor == 1.0 && grid.divisor < 1e22 && width * grid.divisor * 10.0 <= k_choices &&
         largest * grid.divisor * 10.0 <= k_most_steps) {
    grid.divisor *= 10.0;
  }
  fit(grid, metric);
  return grid.low <= grid.high ? std::optional(grid) : std::nullopt;
}

}  // namespace otelctl::synth
