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
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(failures.bounds.empty());
  CHECK(failures.runs.empty());
}

TEST_CASE("a trace fails as often as its spans' rates say together") {
  SeededRandom random(1);
  const Scenario scenario = shop(0.2, 0.1);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(probability_of(failures.bounds.back()) == doctest::Approx(1.0 - 0.8 * 0.9));
}

TEST_CASE("failing runs share out their failures as the rates say") {
  SeededRandom random(5);
  const Scenario scenario = shop(0.2, 0.1);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  constexpr int k_draws = 2000;
  double first = 0.0;
  double second = 0.0;
  for (int count = 0; count < k_draws; ++count) {
    const Failures failures = draw_failures(scenario.traces[0], *shape, random);
    double before = 0.0;
    for (std::size_t index = 0; index < failures.runs.size(); ++index) {
      const auto& run = failures.runs[index];
      const double share = probability_of(failures.bounds[index]) - before;
      before += share;
      first += run[2] == Ending::fails_itself ? share : 0.0;
      second += run[3] == Ending::fails_itself ? share : 0.0;
      CHECK((run[2] == Ending::fails_itself || run[3] == Ending::fails_itself));
      CHECK(run[0] == Ending::fails_with_child);
      CHECK(run[1] == Ending::success);
    }
  }
  CHECK(first / k_draws == doctest::Approx(0.2));
  CHECK(second / k_draws == doctest::Approx(0.1).epsilon(0.02));
}

TEST_CASE("a rare failure comes up beside a frequent one, as often as its rate says") {
  SeededRandom random(5);
  const Scenario scenario = shop(0.0001, 0.2);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  REQUIRE(failures.runs.size() == 4);
  CHECK(failures.runs[0][2] == Ending::fails_itself);
  CHECK(failures.runs[1][2] == Ending::fails_itself);
  CHECK(failures.runs[2][2] == Ending::success);
  CHECK(probability_of(failures.bounds[1]) == doctest::Approx(0.0001));
}

TEST_CASE("with room for few runs all kinds of failures share them") {
  SeededRandom random(5);
  const Scenario scenario = shop(0.1, 0.2);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random, {.most = 1});
  CHECK(failures.runs.size() == 1);
  CHECK(probability_of(failures.bounds.back()) == doctest::Approx(1.0 - 0.9 * 0.8));
}

TEST_CASE("a failure passes an ancestor that fails by itself and keeps it there") {
  Scenario scenario;
  scenario.services = {{.name = "shop"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "root"});
  const auto middle =
      trace.add({.parent = root, .name = "m", .error = ErrorSpec{1.0, "Error", "m", false}});
  trace.add({.parent = middle, .name = "leaf", .error = ErrorSpec{1.0, "Error", "leaf", true}});
  SeededRandom random(1);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  for (const auto& run : draw_failures(scenario.traces[0], *shape, random).runs) {
    CHECK(run == std::vector<Ending>{Ending::fails_with_child, Ending::fails_itself,
                                     Ending::fails_itself});
  }
}

TEST_CASE("a rate of one fails always") {
  SeededRandom random(1);
  const Scenario scenario = shop(0.0, 1.0);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  const Failures failures = draw_failures(scenario.traces[0], *shape, random);
  CHECK(failures.bounds.back() == UINT64_MAX);
  for (const auto& run : failures.runs) {
    CHECK(run[3] == Ending::fails_itself);
  }
}

TEST_CASE("a failure that does not propagate leaves the ancestors alone") {
  SeededRandom random(1);
  const Scenario scenario = shop(1.0, 0.0, false);
  Decks decks;
  const auto shape = draw_shape(scenario, 0, random, decks);
  for (const auto& run : draw_failures(scenario.traces[0], *shape, random).runs) {
    CHECK(run[0] == Ending::success);
    CHECK(run[2] == Ending::fails_itself);
  }
}
