// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/histogram.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

namespace otelctl::synth {
namespace {

// Values below 2^(k_bits + 1) have a bucket each; above, a bucket keeps the k_bits bits behind the
// leading one.
constexpr unsigned k_bits = 6;

std::size_t index_of(std::uint64_t value) {
  const auto length = static_cast<unsigned>(std::bit_width(value));
  const unsigned shift = length > k_bits + 1 ? length - k_bits - 1 : 0;
  return (std::size_t{shift} << k_bits) + static_cast<std::size_t>(value >> shift);
}

nanoseconds upper_of(std::size_t index) {
  const std::size_t octave = index >> k_bits;
  const std::size_t shift = octave > 1 ? octave - 1 : 0;
  const std::uint64_t kept = index - (shift << k_bits);
  return nanoseconds{static_cast<std::int64_t>(((kept + 1) << shift) - 1)};
}

}  // namespace

void Histogram::add(nanoseconds value, std::uint64_t count) {
  const nanoseconds latency = std::max(value, nanoseconds{0});
  const std::size_t index = index_of(static_cast<std::uint64_t>(latency.count()));
  if (index >= m_counts.size()) {
    m_counts.resize(index + 1, 0);
  }
  m_counts[index] += count;
  m_count += count;
  m_max = std::max(m_max, latency);
}

void Histogram::merge(const Histogram& other) {
  if (other.m_counts.size() > m_counts.size()) {
    m_counts.resize(other.m_counts.size(), 0);
  }
  std::transform(other.m_counts.begin(), other.m_counts.end(), m_counts.begin(), m_counts.begin(),
                 std::plus<>());
  m_count += other.m_count;
  m_max = std::max(m_max, other.m_max);
}

std::optional<Histogram> Histogram::restore(const std::vector<Bucket>& buckets, nanoseconds max) {
  Histogram restored;
  for (const Bucket& bucket : buckets) {
    const auto upper = static_cast<std::uint64_t>(bucket.upper.count());
    if (bucket.upper < restored.m_max || bucket.count == 0 ||
        upper_of(index_of(upper)) != bucket.upper) {
      return std::nullopt;
    }
    restored.add(bucket.upper, bucket.count);
  }
  if (max < nanoseconds{0} || index_of(static_cast<std::uint64_t>(max.count())) !=
                                  index_of(static_cast<std::uint64_t>(restored.m_max.count()))) {
    return std::nullopt;
  }
  restored.m_max = max;
  return restored;
}

nanoseconds Histogram::percentile(double percent) const {
  const auto rank =
      static_cast<std::uint64_t>(std::ceil(percent / 100.0 * static_cast<double>(m_count)));
  std::uint64_t seen = 0;
  for (std::size_t index = 0; index < m_counts.size(); ++index) {
    seen += m_counts[index];
    if (m_counts[index] > 0 && seen >= rank) {
      return std::min(upper_of(index), m_max);
    }
  }
  return m_max;
}

std::vector<Histogram::Bucket> Histogram::buckets() const {
  std::vector<Bucket> filled;
  for (std::size_t index = 0; index < m_counts.size(); ++index) {
    if (m_counts[index] > 0) {
      filled.push_back({upper_of(index), m_counts[index]});
    }
  }
  return filled;
}

}  // namespace otelctl::synth
