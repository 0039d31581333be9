// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "base/time.hpp"

namespace otelctl::synth {

// Latencies in logarithmic buckets as HdrHistogram has them: 64 to each doubling, so a percentile
// is at most 1.6 % too high, at any range and in fixed memory. The buckets are the same everywhere:
// histograms of several machines add up.
class Histogram {
 public:
  struct Bucket {
    nanoseconds upper;  // the largest value that belongs to it
    std::uint64_t count;
  };

  void add(nanoseconds value, std::uint64_t count = 1);
  void merge(const Histogram& other);
  // One whose `buckets` and `max` were written down earlier. Nothing when they are not this
  // histogram's: other bounds, a largest value outside of the last bucket.
  static std::optional<Histogram> restore(const std::vector<Bucket>& buckets, nanoseconds max);

  std::uint64_t count() const { return m_count; }
  nanoseconds max() const { return m_max; }
  // The least value that `percent` of the values do not exceed, to the precision of the buckets;
  // 0 when there are none.
  nanoseconds percentile(double percent) const;
  // Those that hold something, smallest first.
  std::vector<Bucket> buckets() const;

 private:
  std::vector<std::uint64_t> m_counts;  // as long as the largest value needs
  std::uint64_t m_count = 0;
  nanoseconds m_max{0};
};

}  // namespace otelctl::synth
