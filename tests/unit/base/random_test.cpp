// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/random.hpp"

#include <doctest/doctest.h>

using namespace otelctl;

TEST_CASE("the same seed gives the same ids on every machine") {
  SeededRandom first(42);
  SeededRandom second(42);
  CHECK(to_hex(first.trace_id()) == to_hex(second.trace_id()));
  SeededRandom fixed(1);
  CHECK(fixed.next() == 0xb3f2af6d0fc710c5ULL);
}

TEST_CASE("other seeds give other ids, and fractions stay below one") {
  SeededRandom first(1);
  SeededRandom second(2);
  CHECK(to_hex(first.span_id()) != to_hex(second.span_id()));
  for (int draw = 0; draw < 1000; ++draw) {
    const double fraction = first.fraction();
    CHECK(fraction >= 0.0);
    CHECK(fraction < 1.0);
  }
  SystemRandom system;
  CHECK(system.trace_id() != system.trace_id());
}
