// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/pace.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::synth;
using namespace std::chrono_literals;

TEST_CASE("without a ramp record n is due at n / rate") {
  const Pace pace(4.0, 0s);
  CHECK(pace.due_of(0) == 0ns);
  CHECK(pace.due_of(1) == 250ms);
  CHECK(pace.due_of(4'000'000'000) == 1'000'000'000s);
  CHECK(pace.rate_at(0s) == 4.0);
}

TEST_CASE("in a ramp the records are due that the growing rate has come to") {
  const Pace pace(1000.0, 10s);
  // The integral of 100 t: 50 after 1 s, 5000 after 10 s, then a thousand a second.
  CHECK(pace.due_of(0) == 0ns);
  CHECK(pace.due_of(50) == 1s);
  CHECK(pace.due_of(200) == 2s);
  CHECK(pace.due_of(5000) == 10s);
  CHECK(pace.due_of(6000) == 11s);
  CHECK(pace.rate_at(5s) == doctest::Approx(500.0));
  CHECK(pace.rate_at(10s) == 1000.0);
  CHECK(pace.rate_at(1h) == 1000.0);
  for (std::uint64_t record = 1; record < 12'000; ++record) {
    REQUIRE(pace.due_of(record) > pace.due_of(record - 1));
  }
}

TEST_CASE("how many records are due before a time is what is due before it, at any rate") {
  for (const double rate : {1e-9, 0.3, 1.0, 7.0, 333.0, 1e6, 1e9}) {
    for (const nanoseconds ramp : {0s, 3s, 3600s}) {
      for (const nanoseconds time : {1ns, 999'999'999ns, 1'000'000'000ns, 10'000'000'000ns}) {
        const Pace pace(rate, ramp);
        const std::uint64_t count = pace.count_before(time);
        CHECK(pace.due_of(count) >= time);
        CHECK((count == 0 || pace.due_of(count - 1) < time));
      }
    }
  }
  CHECK(Pace(100.0, 0s).count_before(0ns) == 0);
  CHECK(Pace(100.0, 0s).count_before(10s) == 1000);
  CHECK(Pace(100.0, 10s).count_before(10s) == 500);
}

TEST_CASE("a rate so low that nothing is ever due does not overflow") {
  CHECK(Pace(1e-300, 0s).due_of(1) > 365 * 24h * 200);
  CHECK(Pace(1e300, 0s).due_of(1'000'000) == 0ns);
}
