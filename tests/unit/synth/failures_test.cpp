// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/failures.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::synth;

namespace {

// A root with three children, of which the second and third may fail.
Scenario shop(double first_rate, double second_rate, bool propagates = true) {
  Scenario scenario;
  scenario.services = {{.name = "shop"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "root"});
  trace.add({.parent = root, .name = "safe"});
  trace.add({.parent = root,
             .name = "first",
             .error = ErrorSpec{first_rate, "Error", "first", propagates}});
  trace.add({.parent = root,
             .name = "second",
             .error = ErrorSpec{second_rate, "Error", "second", propagates}});
  return scenario;
}

double probability_of(std::uint64_t bound) {
  return static_cast<double>(bound) / 0x1.0p64;
}

}  // namespace

TEST_CASE("a shape that cannot fail has no failures") {
  SeededRandom random(1);
  const Scenario scenario = shop(0.0, 0.0);
  const auto shape = draw_shape(scenario, 0, random);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(failures.bound == 0);
  CHECK(failures.runs.empty());
}

TEST_CASE("a trace fails as often as its spans' rates say together") {
  SeededRandom random(1);
  const Scenario scenario = shop(0.2, 0.1);
  const auto shape = draw_shape(scenario, 0, random);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(probability_of(failures.bound) == doctest::Approx(1.0 - 0.8 * 0.9));
}

TEST_CASE("failing runs share out their failures as the rates say") {
  SeededRandom random(5);
  const Scenario scenario = shop(0.2, 0.1);
  const auto shape = draw_shape(scenario, 0, random);
  int runs = 0;
  int first = 0;
  int second = 0;
  for (int count = 0; count < 5000; ++count) {
    for (const auto& run : draw_failures(scenario.traces[0], *shape, random).runs) {
      ++runs;
      first += run[2] == Ending::fails_itself ? 1 : 0;
      second += run[3] == Ending::fails_itself ? 1 : 0;
      CHECK((run[2] == Ending::fails_itself || run[3] == Ending::fails_itself));
      CHECK(run[0] == Ending::fails_with_child);
      CHECK(run[1] == Ending::success);
    }
  }
  CHECK(first / double(runs) == doctest::Approx(0.2 / 0.28).epsilon(0.02));
  CHECK(second / double(runs) == doctest::Approx(0.1 / 0.28).epsilon(0.05));
}

TEST_CASE("a rate of one fails always") {
  SeededRandom random(1);
  const Scenario scenario = shop(0.0, 1.0);
  const auto shape = draw_shape(scenario, 0, random);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(failures.bound == UINT64_MAX);
  for (const auto& run : failures.runs) {
    CHECK(run[3] == Ending::fails_itself);
  }
}

TEST_CASE("a failure that does not propagate leaves the ancestors alone") {
  SeededRandom random(1);
  const Scenario scenario = shop(1.0, 0.0, false);
  const auto shape = draw_shape(scenario, 0, random);
  for (const auto& run : draw_failures(scenario.traces[0], *shape, random).runs) {
    CHECK(run[0] == Ending::success);
    CHECK(run[2] == Ending::fails_itself);
  }
}
