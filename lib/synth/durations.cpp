// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/durations.hpp"

#include <algorithm>

namespace otelctl::synth {
namespace {

// Quantiles of the standard normal distribution at 1/2 + k/64; the last one, which would be
// infinite, is 3.
constexpr std::array<double, 33> k_normal{
    0.0,      0.039176, 0.078412, 0.11777,  0.157311, 0.197099, 0.237202, 0.27769,  0.318639,
    0.36013,  0.40225,  0.445097, 0.488776, 0.53341,  0.579132, 0.626099, 0.67449,  0.724514,
    0.776422, 0.830511, 0.887147, 0.946782, 1.00999,  1.077516, 1.150349, 1.229859, 1.318011,
    1.417797, 1.534121, 1.67594,  1.862732, 2.153875, 3.0};

// e^x for |x| up to 6 by its series on x/64, squared six times: unlike std::exp it is the same on
// every machine. Relative error below 1e-12.
double exponential(double x) {
  const double small = x / 64.0;
  double term = 1.0;
  double sum = 1.0;
  for (int n = 1; n <= 12; ++n) {
    term = term * small / n;
    sum = sum + term;
  }
  for (int squaring = 0; squaring < 6; ++squaring) {
    sum = sum * sum;
  }
  return sum;
}

std::uint64_t count_of(nanoseconds time) {
  return static_cast<std::uint64_t>(time.count());
}

}  // namespace

DurationTable::DurationTable(const DurationSpec& spec) {
  if (const auto* constant = std::get_if<Constant>(&spec)) {
    m_quantiles.fill(count_of(constant->value));
    return;
  }
  if (const auto* uniform = std::get_if<Uniform>(&spec)) {
    const std::uint64_t low = count_of(uniform->low);
    const std::uint64_t width = count_of(uniform->high) - low;
    for (std::size_t step = 0; step <= k_steps; ++step) {
      m_quantiles[step] = low + width * step / k_steps;
    }
    return;
  }
  const auto& lognormal = std::get<Lognormal>(spec);
  const auto median = static_cast<double>(lognormal.median.count());
  const auto longest = static_cast<double>(k_max_own_time.count());
  for (std::size_t step = 0; step <= k_steps; ++step) {
    const bool is_upper = step >= k_steps / 2;
    const double normal = is_upper ? k_normal[step - k_steps / 2] : -k_normal[k_steps / 2 - step];
    const double quantile = median * exponential(lognormal.sigma * normal);
    m_quantiles[step] = static_cast<std::uint64_t>(std::min(quantile, longest));
  }
}

}  // namespace otelctl::synth
