// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "synth/scenario.hpp"

namespace otelctl::synth {

// A distribution of durations as its quantiles, 64 steps with straight lines between them, so that
// a draw is a look-up whatever the distribution. Only operations that IEEE 754 defines to the bit
// go into it: the same on every machine.
class DurationTable {
 public:
  // `spec` has passed check_scenario.
  explicit DurationTable(const DurationSpec& spec);

  bool operator==(const DurationTable& other) const = default;

  // Nanoseconds for one random word.
  std::uint64_t draw(std::uint64_t word) const {
    const std::size_t step = word >> 58U;
    const std::uint64_t between = (word >> 32U) & k_fraction_mask;
    const std::uint64_t low = m_quantiles[step];
    return low + (((m_quantiles[step + 1] - low) * between) >> k_fraction_bits);
  }

 private:
  static constexpr std::size_t k_steps = 64;
  // 20 bits: a step of up to 4 hours (2^44 ns) times them still fits in 64 bits.
  static constexpr unsigned k_fraction_bits = 20;
  static constexpr std::uint64_t k_fraction_mask = (std::uint64_t{1} << k_fraction_bits) - 1;

  std::array<std::uint64_t, k_steps + 1> m_quantiles{};
};

}  // namespace otelctl::synth
