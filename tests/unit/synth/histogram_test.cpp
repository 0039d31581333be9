// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/histogram.hpp"

#include <algorithm>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace std::chrono_literals;

TEST_CASE("an empty histogram answers zero") {
  const Histogram empty;
  CHECK(empty.percentile(50) == 0ns);
  CHECK(empty.max() == 0ns);
  CHECK(empty.buckets().empty());
}

TEST_CASE("small values are kept exactly") {
  Histogram histogram;
  for (int value = 1; value <= 100; ++value) {
    histogram.add(nanoseconds{value});
  }
  CHECK(histogram.percentile(50) == 50ns);
  CHECK(histogram.percentile(90) == 90ns);
  CHECK(histogram.percentile(99) == 99ns);
  CHECK(histogram.percentile(100) == 100ns);
  CHECK(histogram.percentile(0) == 1ns);
}

TEST_CASE("a single value is every percentile") {
  Histogram histogram;
  histogram.add(123456789ns);
  CHECK(histogram.percentile(1) == 123456789ns);
  CHECK(histogram.percentile(99) == 123456789ns);
  CHECK(histogram.max() == 123456789ns);
}

TEST_CASE("percentiles are at most 1.6 % above the truth and never below it") {
  SeededRandom random(3);
  Histogram histogram;
  std::vector<nanoseconds> values;
  for (int count = 0; count < 20'000; ++count) {
    // Spread over eight orders of magnitude.
    const auto value = static_cast<std::int64_t>(random.next() >> (24 + random.next() % 27));
    values.emplace_back(value);
    histogram.add(values.back());
  }
  std::sort(values.begin(), values.end());
  for (const double percent : {1.0, 10.0, 50.0, 90.0, 99.0, 99.9}) {
    const auto rank = static_cast<std::size_t>(percent / 100.0 * 20'000.0);
    const auto truth = static_cast<double>(values[rank - 1].count());
    const auto told = static_cast<double>(histogram.percentile(percent).count());
    CHECK(told >= truth);
    CHECK(told <= truth * 1.016);
  }
}

TEST_CASE("every value lies in the bucket that is told for it") {
  for (unsigned bit = 0; bit < 62; ++bit) {
    for (const std::int64_t near : {-1, 0, 1}) {
      const nanoseconds value{(std::int64_t{1} << bit) + near};
      Histogram histogram;
      histogram.add(value);
      const auto buckets = histogram.buckets();
      REQUIRE(buckets.size() == 1);
      CHECK(buckets[0].count == 1);
      CHECK(buckets[0].upper >= value);
      CHECK(static_cast<double>(buckets[0].upper.count()) <=
            static_cast<double>(value.count()) * 1.016);
    }
  }
}

TEST_CASE("a latency below zero counts as none") {
  Histogram histogram;
  histogram.add(-5ns);
  CHECK(histogram.percentile(50) == 0ns);
  CHECK(histogram.count() == 1);
}
