// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace otelctl::synth {

// The random words of one trace (or other unit) by their position. This is SplitMix64 (Steele, Lea,
// Flood 2014).
class Words {
 public:
  // The golden ratio in 64 bits.
  static constexpr std::uint64_t k_step = 0x9E3779B97F4A7C15ULL;

  explicit Words(std::uint64_t state) : m_state(state) {}

  std::uint64_t at(std::uint64_t draw) const { return mix(m_state + draw * k_step); }

  // The finalizer "Mix13" by David Stafford.
  static constexpr std::uint64_t mix(std::uint64_t word) {
    word = (word ^ (word >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    word = (word ^ (word >> 27U)) * 0x94D049BB133111EBULL;
    return word ^ (word >> 31U);
  }

 private:
  std::uint64_t m_state;
};

// Random numbers by their position instead of one after the other, so that any thread draws any
// trace and a seed gives the same traces however the work is divided. The output is a bijection of
// trace and position together, so no number of a run repeats at another place, which makes span ids
// unique, over shards too, and not just likely so.
class Sequence {
 public:
  // Each trace has this many positions of its own.
  static constexpr unsigned k_trace_bits = 20;
  static constexpr std::uint64_t k_trace_draws = std::uint64_t{1} << k_trace_bits;

  explicit Sequence(std::uint64_t seed) : m_key(Words::mix(seed + Words::k_step)) {}

  Words of(std::uint64_t trace) const {
    return Words(m_key + (trace << k_trace_bits) * Words::k_step);
  }
  std::uint64_t at(std::uint64_t trace, std::uint64_t draw) const { return of(trace).at(draw); }

 private:
  std::uint64_t m_key;
};

// An even draw from 0 to `bound` - 1, where `bound` is at most 2^32.
constexpr std::uint64_t below(std::uint64_t bound, std::uint64_t word) {
  return ((word >> 32U) * bound) >> 32U;
}

}  // namespace otelctl::synth
