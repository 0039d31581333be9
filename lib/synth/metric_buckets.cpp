// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_buckets.hpp"

#include <algorithm>
#include <cmath>

namespace otelctl::synth {
namespace {

// Where a range reaches zero, magnitudes below this share of the largest count as zero: the buckets
// of all smaller ones would have no end.
constexpr double k_zero_share = 1.0 / 1024.0;

struct Signs {
  std::int64_t first_negative = 0;
  std::int64_t negatives = 0;
  std::int64_t first_positive = 0;
  std::int64_t positives = 0;
  double zero_threshold = 0.0;
};

Signs signs_of(const MetricSpec& metric) {
  Signs signs;
  const bool has_zero = metric.low <= 0.0 && metric.high >= 0.0;
  const double largest = std::max(std::abs(metric.low), std::abs(metric.high));
  if (largest == 0.0) {
    return signs;
  }
  const double smallest =
      has_zero ? largest * k_zero_share : std::min(std::abs(metric.low), std::abs(metric.high));
  const std::int64_t first = exponential_index(metric.scale, smallest);
  const auto count_up_to = [&](double magnitude) {
    const std::int64_t last = exponential_index(metric.scale, magnitude);
    return std::max<std::int64_t>(last - first + 1, 0);
  };
  signs.zero_threshold = has_zero ? exponential_bound(metric.scale, first) : 0.0;
  if (metric.high > 0.0) {
    signs.first_positive = first;
    signs.positives = count_up_to(metric.high);
  }
  if (metric.low < 0.0) {
    signs.first_negative = first;
    signs.negatives = count_up_to(-metric.low);
  }
  return signs;
}

std::vector<double> upper_bounds(std::int32_t scale, const ExponentialRange& range) {
  std::vector<double> bounds;
  bounds.reserve(range.count);
  for (std::uint32_t index = 0; index < range.count; ++index) {
    bounds.push_back(exponential_bound(scale, std::int64_t{range.offset} + index + 1));
  }
  return bounds;
}

// The first bucket whose upper end is not below the value.
std::size_t place_in(const std::vector<double>& bounds, double value) {
  return static_cast<std::size_t>(std::lower_bound(bounds.begin(), bounds.end(), value) -
                                  bounds.begin());
}

}  // namespace

double exponential_bound(std::int32_t scale, std::int64_t index) {
  if (scale <= 0) {
    // Beyond what a double holds either way it is infinite or 0 all the same.
    const std::int64_t exponent =
        std::clamp<std::int64_t>(index, -4096, 4096) * (std::int64_t{1} << -scale);
    return std::ldexp(1.0, static_cast<int>(std::clamp<std::int64_t>(exponent, -4096, 4096)));
  }
  // 2^(part / 2^scale) as a product of square roots of square roots of 2, which unlike std::exp2
  // are the same on every machine.
  const std::int64_t part = index & ((std::int64_t{1} << scale) - 1);
  double product = 1.0;
  double root = 2.0;
  for (std::int32_t bit = scale - 1; bit >= 0; --bit) {
    root = std::sqrt(root);
    if ((part >> bit & 1) != 0) {
      product *= root;
    }
  }
  return std::ldexp(product, static_cast<int>(index >> scale));
}

std::int64_t exponential_index(std::int32_t scale, double magnitude) {
  // The logarithm may be off by a little; the bounds decide.
  auto index = static_cast<std::int64_t>(std::floor(std::ldexp(std::log2(magnitude), scale)));
  while (exponential_bound(scale, index) >= magnitude) {
    --index;
  }
  while (exponential_bound(scale, index + 1) < magnitude) {
    ++index;
  }
  return index;
}

std::uint64_t exponential_buckets(const MetricSpec& metric) {
  const Signs signs = signs_of(metric);
  return static_cast<std::uint64_t>(std::max(signs.negatives, signs.positives));
}

Buckets Buckets::of(const MetricSpec& metric) {
  Buckets buckets;
  if (metric.kind == MetricKind::histogram) {
    buckets.m_bounds = metric.bounds;
    buckets.m_size = metric.bounds.size() + 1;
  } else if (metric.kind == MetricKind::exponential_histogram) {
    const Signs signs = signs_of(metric);
    buckets.m_is_exponential = true;
    buckets.m_negative = {static_cast<std::int32_t>(signs.first_negative),
                          static_cast<std::uint32_t>(signs.negatives)};
    buckets.m_positive = {static_cast<std::int32_t>(signs.first_positive),
                          static_cast<std::uint32_t>(signs.positives)};
    buckets.m_negative_bounds = upper_bounds(metric.scale, buckets.m_negative);
    buckets.m_positive_bounds = upper_bounds(metric.scale, buckets.m_positive);
    buckets.m_zero_threshold = signs.zero_threshold;
    buckets.m_size = std::size_t{buckets.m_negative.count} + 1 + buckets.m_positive.count;
  }
  return buckets;
}

std::size_t Buckets::index_of(double observation) const {
  if (!m_is_exponential) {
    return place_in(m_bounds, observation);
  }
  if (std::abs(observation) <= m_zero_threshold) {
    return m_negative.count;
  }
  return observation < 0.0 ? place_in(m_negative_bounds, -observation)
                           : m_negative.count + 1 + place_in(m_positive_bounds, observation);
}

}  // namespace otelctl::synth
