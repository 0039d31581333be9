// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/pace.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace otelctl::synth {
namespace {

// Some 290 years: a rate so low that nothing but the first record is ever due.
constexpr double k_longest = 9.2e18;
constexpr double k_second = 1e9;

}  // namespace

Pace::Pace(double rate, nanoseconds ramp)
    : m_rate(rate),
      m_ramp(static_cast<double>(ramp.count())),
      m_in_ramp(m_rate * (m_ramp / k_second) / 2) {}

nanoseconds Pace::due_of(std::uint64_t record) const {
  const auto number = static_cast<double>(record);
  const double due = number < m_in_ramp ? std::sqrt(2 * m_ramp * (number * k_second / m_rate))
                                        : number * k_second / m_rate + m_ramp / 2;
  return nanoseconds{static_cast<std::int64_t>(std::min(due, k_longest))};
}

double Pace::rate_at(nanoseconds time) const {
  const auto at = static_cast<double>(time.count());
  return at < m_ramp ? m_rate * (at / m_ramp) : m_rate;
}

std::uint64_t Pace::count_before(nanoseconds time) const {
  std::uint64_t low = 0;
  std::uint64_t high = std::numeric_limits<std::uint64_t>::max();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (due_of(middle) < time) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace otelctl::synth
