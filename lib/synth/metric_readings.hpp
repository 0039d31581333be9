// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "synth/metric_buckets.hpp"
#include "synth/metric_grid.hpp"
#include "synth/scenario.hpp"

namespace otelctl::synth {

// What the series of a metric observe, pass by pass. A few hundred rows are drawn once, a pass's
// observations each, and begin again after the last one: with their sums up to each row the total
// of any run of passes is known without what came before. Each series begins at a row of its own.
class Readings {
 public:
  // Passes from the row `from` up to the row `to`, which is not among them.
  struct Passes {
    std::uint64_t from = 0;
    std::uint64_t to = 1;
  };

  Readings(const MetricSpec& metric, const Grid& grid, std::uint32_t rows, Random& random);

  // 64-bit words that one row takes at most, and random numbers that it draws.
  static std::uint64_t words_per_row(const MetricSpec& metric);
  static std::uint64_t draws_per_row(const MetricSpec& metric);

  std::uint32_t rows() const { return m_rows; }
  const Buckets& buckets() const { return m_buckets; }

  // Of all observations, in steps of the grid. A sum that leaves 64 bits stays at their end.
  std::int64_t total(const Passes& passes) const;
  // The same of histograms and summaries, where it may lie beyond 64 bits.
  double sum(const Passes& passes) const;
  std::uint64_t count(const Passes& passes) const {
    return (passes.to - passes.from) * m_observations;
  }
  std::int64_t lowest(const Passes& passes) const { return extremes(passes).low; }
  std::int64_t highest(const Passes& passes) const { return extremes(passes).high; }
  // One of the observations of a row.
  std::int64_t example(std::uint64_t row) const { return m_examples[row % m_rows]; }
  // Of a row's observations, in the order of MetricSpec::quantiles.
  const std::int64_t* quantiles(std::uint64_t row) const {
    return m_quantiles.data() + row % m_rows * m_quantile_count;
  }

  // Calls `take(index, count)` for each bucket, the last one first.
  template <typename Take>
  void for_each_bucket_backwards(const Passes& passes, Take take) const {
    const std::size_t size = m_buckets.size();
    const std::uint64_t* const full = counts_before(m_rows);
    const std::uint64_t* const from = counts_before(passes.from % m_rows);
    const std::uint64_t* const to = counts_before(passes.to % m_rows);
    const std::uint64_t rounds = passes.to / m_rows - passes.from / m_rows;
    for (std::size_t index = size; index-- > 0;) {
      take(index, rounds * full[index] + to[index] - from[index]);
    }
  }

 private:
  struct Extremes {
    std::int64_t low;
    std::int64_t high;
  };

  void draw_row(const MetricSpec& metric, const Grid& grid, Random& random,
                std::vector<std::int64_t>& observations);
  Extremes extremes(const Passes& passes) const;
  const std::uint64_t* counts_before(std::uint64_t row) const {
    return m_counts.data() + row * m_buckets.size();
  }

  std::uint32_t m_rows;
  std::uint32_t m_observations;
  std::size_t m_quantile_count;
  Buckets m_buckets;
  // Before each row and behind the last one.
  std::vector<std::uint64_t> m_counts;
  std::vector<std::int64_t> m_totals;  // of counters
  std::vector<double> m_sums;          // of histograms and summaries
  // Of each row.
  std::vector<Extremes> m_extremes;
  Extremes m_all_extremes{};
  std::vector<std::int64_t> m_examples;
  std::vector<std::int64_t> m_quantiles;
};

}  // namespace otelctl::synth
