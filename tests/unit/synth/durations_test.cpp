// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/durations.hpp"

#include <algorithm>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

std::vector<std::uint64_t> sorted_draws(const DurationSpec& spec) {
  const DurationTable table(spec);
  SeededRandom random(1);
  std::vector<std::uint64_t> draws(100'000);
  std::generate(draws.begin(), draws.end(), [&] { return table.draw(random.next()); });
  std::sort(draws.begin(), draws.end());
  return draws;
}

}  // namespace

TEST_CASE("a constant duration is always the same") {
  const auto draws = sorted_draws(Constant{1234567ns});
  CHECK(draws.front() == 1234567);
  CHECK(draws.back() == 1234567);
}

TEST_CASE("a uniform duration stays within its ends and fills them evenly") {
  const auto draws = sorted_draws(Uniform{1ms, 3ms});
  CHECK(draws.front() >= 1'000'000);
  CHECK(draws.back() <= 3'000'000);
  for (const std::size_t part : {10U, 25U, 50U, 75U, 90U}) {
    const double expected = 1e6 + 2e6 * static_cast<double>(part) / 100.0;
    CHECK(static_cast<double>(draws[draws.size() * part / 100]) ==
          doctest::Approx(expected).epsilon(0.02));
  }
}

TEST_CASE("a lognormal duration has its median and its spread") {
  const auto draws = sorted_draws(Lognormal{100ms, 0.5});
  const auto at = [&](double quantile) {
    const auto place = static_cast<std::size_t>(quantile * static_cast<double>(draws.size()));
    return static_cast<double>(draws[place]);
  };
  CHECK(at(0.5) == doctest::Approx(100e6).epsilon(0.02));
  // One sigma: e^0.5 = 1.6487.
  CHECK(at(0.8413) == doctest::Approx(164.87e6).epsilon(0.02));
  CHECK(at(0.1587) == doctest::Approx(60.65e6).epsilon(0.02));
  // The tails end at three sigma.
  CHECK(draws.back() <= 448'168'908);
  CHECK(draws.front() >= 22'313'015);
}

TEST_CASE("a lognormal duration never passes the longest possible one") {
  const auto draws = sorted_draws(Lognormal{k_max_own_time, 2.0});
  CHECK(draws.back() == static_cast<std::uint64_t>(k_max_own_time.count()));
}

TEST_CASE("a lognormal's quantiles are the same on every machine") {
  const DurationTable table(Lognormal{1900ms, 0.3});
  CHECK(table.draw(0) == 772'482'353);
  CHECK(table.draw(std::uint64_t{1} << 63U) == 1'900'000'000);
  CHECK(table.draw(UINT64_MAX) == 4'673'244'911);
}

TEST_CASE("a duration of nothing is possible") {
  CHECK(sorted_draws(Constant{0ns}).back() == 0);
  CHECK(sorted_draws(Uniform{0ns, 0ns}).back() == 0);
  CHECK(sorted_draws(Lognormal{0ns, 1.0}).back() == 0);
}

TEST_CASE("every span has its own distribution, of few and of many, and shares it with its like") {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "root"});
  for (const char* const name : {"first", "again"}) {
    for (int child = 1; child <= 100; ++child) {
      const std::chrono::microseconds own_time(child);
      trace.add({.parent = root, .name = name, .own_time = Constant{own_time}});
    }
  }
  const auto spans = spans_of(encode_and_decode(compile(scenario), 1));
  REQUIRE(spans.size() == 201);
  for (std::size_t index = 1; index < spans.size(); ++index) {
    const auto lasted = spans[index].end_time_unix_nano() - spans[index].start_time_unix_nano();
    // Times are odd, so up to a nanosecond is lost.
    CHECK((lasted + 1) / 1000 == (index - 1) % 100 + 1);
  }
}
