// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>

#include "base/ids.hpp"

namespace otelctl {

// A source of random 64-bit numbers, handed in so that tests and --seed decide it.
class Random {
 public:
  virtual ~Random() = default;
  virtual std::uint64_t next() = 0;

  // Never all zero, as W3C Trace Context demands.
  TraceId trace_id();
  SpanId span_id();
  // Evenly from [0, 1).
  double fraction();
};

// The operating system's own randomness (getrandom).
class SystemRandom final : public Random {
 public:
  std::uint64_t next() override;
};

// xoshiro256** by Blackman and Vigna (2018), its state filled by SplitMix64 from the seed: the same
// seed gives the same numbers on every machine.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  std::uint64_t next() override;

 private:
  std::array<std::uint64_t, 4> m_state{};
};

}  // namespace otelctl
