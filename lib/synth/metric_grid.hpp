// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "synth/scenario.hpp"

namespace otelctl::synth {

// The values that a metric's range offers, as whole numbers of steps: adding steps up is exact, so
// that what was summed never falls, and a seed gives the same values on every machine. A step is a
// power of ten, so fine that the range has some millions of them; 1 for integers; a range of one
// value is one step of that size.
struct Grid {
  std::int64_t low = 0;
  std::int64_t high = 0;
  double factor = 1.0;  // one of the two is 1
  double divisor = 1.0;

  // How many values there are; at most 2^32.
  std::uint64_t choices() const {
    return static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
  }
  double value(double steps) const { return steps * factor / divisor; }
  double value(std::int64_t steps) const { return value(static_cast<double>(steps)); }
};

// The range's ends are finite and in order. Nothing for a range so wide, so far from 0 or so narrow
// that its values cannot be drawn exactly.
std::optional<Grid> grid_of(const MetricSpec& metric);

}  // namespace otelctl::synth
