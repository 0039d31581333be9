// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "synth/scenario.hpp"

// The built-in scenarios, each in a file of its name, with the names of attributes that its
// platform writes; semconv.hpp makes current ones of them.
namespace otelctl::synth {

// The sizes that a scenario takes behind a colon (`wide:500`): a plain number, or bytes with their
// unit.
struct ScenarioSizes {
  std::uint64_t usual = 0;
  std::uint64_t least = 0;
  std::uint64_t most = 0;
  bool is_bytes = false;
};

// What each file of scenarios/ gives: the name that people type, and what makes the scenario.
struct BuiltInScenario {
  using Make = Scenario (*)();
  using MakeOfSize = Scenario (*)(std::uint64_t size);

  std::string_view name;
  std::variant<Make, MakeOfSize> make;
  ScenarioSizes sizes = {};
};

#define OTELCTL_SCENARIO(name) BuiltInScenario name##_scenario();
#include "synth/scenarios.def"
#undef OTELCTL_SCENARIO

}  // namespace otelctl::synth
