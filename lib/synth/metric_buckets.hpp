// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "synth/scenario.hpp"

namespace otelctl::synth {

// Buckets of one sign of an exponential histogram: bucket i holds magnitudes above base^i up to
// base^(i+1), where base is 2^(2^-scale) (OpenTelemetry specification, "Metrics Data Model",
// "ExponentialHistogram").
struct ExponentialRange {
  std::int32_t offset = 0;
  std::uint32_t count = 0;
};

// Where the observations of a histogram are counted. Of an exponential one the negative buckets
// stand first, then the one around zero, then the positive ones.
class Buckets {
 public:
  // Buckets of a sign, as SDKs have them at most.
  static constexpr std::uint32_t k_max_exponential = 160;

  // None for metrics that are no histograms.
  static Buckets of(const MetricSpec& metric);

  std::size_t size() const { return m_size; }
  std::size_t index_of(double observation) const;

  // Of exponential histograms.
  const ExponentialRange& negative() const { return m_negative; }
  const ExponentialRange& positive() const { return m_positive; }
  // What is not larger than this counts as zero. 0 where zero is out of the range.
  double zero_threshold() const { return m_zero_threshold; }

 private:
  std::size_t m_size = 0;
  bool m_is_exponential = false;
  std::vector<double> m_bounds;  // of an explicit one
  ExponentialRange m_negative;
  ExponentialRange m_positive;
  std::vector<double> m_negative_bounds;  // upper ends of their buckets
  std::vector<double> m_positive_bounds;
  double m_zero_threshold = 0.0;
};

// How many exponential buckets the sign with more of them would have.
std::uint64_t exponential_buckets(const MetricSpec& metric);

// base^index of that scale; the same on every machine. Infinite beyond the largest double.
double exponential_bound(std::int32_t scale, std::int64_t index);
// The bucket that holds the magnitude, which is above 0 and at most 1e280.
std::int64_t exponential_index(std::int32_t scale, double magnitude);

}  // namespace otelctl::synth
