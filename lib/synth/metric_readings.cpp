// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_readings.hpp"

#include <algorithm>
#include <limits>

#include "synth/sequence.hpp"

namespace otelctl::synth {
namespace {

bool is_distribution(MetricKind kind) {
  return kind == MetricKind::histogram || kind == MetricKind::exponential_histogram ||
         kind == MetricKind::summary;
}

// Gauges and up-down counters have nothing to add up: their values are drawn for each point.
bool has_readings(MetricKind kind) {
  return kind == MetricKind::counter || is_distribution(kind);
}

std::uint32_t observations_of(const MetricSpec& metric) {
  return is_distribution(metric.kind) ? metric.observations : 1;
}

}  // namespace

std::uint64_t Readings::words_per_row(const MetricSpec& metric) {
  const std::uint64_t quantiles = metric.kind == MetricKind::summary ? metric.quantiles.size() : 0;
  std::uint64_t buckets = 0;
  if (metric.kind == MetricKind::histogram) {
    buckets = metric.bounds.size() + 1;
  } else if (metric.kind == MetricKind::exponential_histogram) {
    buckets = 2 * exponential_buckets(metric) + 1;
  }
  return has_readings(metric.kind) ? 5 + buckets + quantiles : 0;
}

std::uint64_t Readings::draws_per_row(const MetricSpec& metric) {
  return has_readings(metric.kind) ? observations_of(metric) : 0;
}

Readings::Readings(const MetricSpec& metric, const Grid& grid, std::uint32_t rows, Random& random)
    : m_rows(rows),
      m_observations(observations_of(metric)),
      m_quantile_count(metric.kind == MetricKind::summary ? metric.quantiles.size() : 0),
      m_buckets(Buckets::of(metric)) {
  if (!has_readings(metric.kind)) {
    return;
  }
  m_counts.resize(m_buckets.size());
  m_totals.push_back(0);
  m_sums.push_back(0.0);
  std::vector<std::int64_t> observations(m_observations);
  for (std::uint32_t row = 0; row < rows; ++row) {
    draw_row(metric, grid, random, observations);
  }
  m_all_extremes = m_extremes.front();
  for (const Extremes& row : m_extremes) {
    m_all_extremes.low = std::min(m_all_extremes.low, row.low);
    m_all_extremes.high = std::max(m_all_extremes.high, row.high);
  }
}

void Readings::draw_row(const MetricSpec& metric, const Grid& grid, Random& random,
                        std::vector<std::int64_t>& observations) {
  const std::size_t counts = m_counts.size();
  m_counts.resize(counts + m_buckets.size());
  std::copy_n(counts_before(m_extremes.size()), m_buckets.size(), m_counts.data() + counts);
  double sum = 0.0;
  for (std::int64_t& observation : observations) {
    observation = grid.low + static_cast<std::int64_t>(below(grid.choices(), random.next()));
    sum += static_cast<double>(observation);
    if (m_buckets.size() > 0) {
      ++m_counts[counts + m_buckets.index_of(grid.value(observation))];
    }
  }
  m_examples.push_back(observations.back());
  m_sums.push_back(m_sums.back() + sum);
  if (metric.kind == MetricKind::counter) {
    m_totals.push_back(m_totals.back() + observations.front());
  }
  std::sort(observations.begin(), observations.end());
  m_extremes.push_back({observations.front(), observations.back()});
  for (std::size_t index = 0; index < m_quantile_count; ++index) {
    const double rank = metric.quantiles[index] * static_cast<double>(observations.size() - 1);
    m_quantiles.push_back(observations[static_cast<std::size_t>(rank)]);
  }
}

std::int64_t Readings::total(const Passes& passes) const {
  const std::int64_t round = m_totals.back();
  const std::uint64_t rounds = passes.to / m_rows - passes.from / m_rows;
  constexpr std::int64_t k_most = std::numeric_limits<std::int64_t>::max();
  if (round > 0 && rounds >= static_cast<std::uint64_t>(k_most / round)) {
    return k_most;
  }
  return static_cast<std::int64_t>(rounds) * round + m_totals[passes.to % m_rows] -
         m_totals[passes.from % m_rows];
}

double Readings::sum(const Passes& passes) const {
  const std::uint64_t rounds = passes.to / m_rows - passes.from / m_rows;
  return static_cast<double>(rounds) * m_sums.back() + m_sums[passes.to % m_rows] -
         m_sums[passes.from % m_rows];
}

Readings::Extremes Readings::extremes(const Passes& passes) const {
  if (passes.to - passes.from >= m_rows) {
    return m_all_extremes;
  }
  Extremes found = m_extremes[passes.from % m_rows];
  for (std::uint64_t row = passes.from + 1; row < passes.to; ++row) {
    found.low = std::min(found.low, m_extremes[row % m_rows].low);
    found.high = std::max(found.high, m_extremes[row % m_rows].high);
  }
  return found;
}

}  // namespace otelctl::synth
