// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/sequence.hpp"

#include <unordered_set>

#include <doctest/doctest.h>

using namespace otelctl::synth;

TEST_CASE("the words of a seed are the same on every machine") {
  const Sequence sequence(42);
  CHECK(sequence.at(0, 0) == 0xB29ED950786F5AE3ULL);
  CHECK(sequence.at(0, 1) == 0x57E1FABA65107204ULL);
  CHECK(sequence.at(1'000'000, 7) == 0x1F296AD569518604ULL);
}

TEST_CASE("no word comes twice, in whatever order traces are drawn") {
  const Sequence sequence(7);
  std::unordered_set<std::uint64_t> seen;
  for (std::uint64_t trace = 0; trace < 1000; ++trace) {
    for (std::uint64_t draw = 0; draw < 100; ++draw) {
      seen.insert(sequence.at(trace, draw));
    }
  }
  CHECK(seen.size() == 100'000);
}

TEST_CASE("seeds that lie side by side share no words") {
  std::unordered_set<std::uint64_t> seen;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Sequence sequence(seed);
    for (std::uint64_t draw = 0; draw < 100; ++draw) {
      seen.insert(sequence.at(draw, draw));
    }
  }
  CHECK(seen.size() == 10'000);
}

TEST_CASE("a draw below a bound reaches both ends and nothing beyond") {
  CHECK(below(10, 0) == 0);
  CHECK(below(10, UINT64_MAX) == 9);
  CHECK(below(1, UINT64_MAX) == 0);
  CHECK(below(std::uint64_t{1} << 32U, UINT64_MAX) == UINT32_MAX);
}
