// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios.hpp"

#include <array>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::synth {

Scenario agentmap_scenario(Semconv semconv);
Scenario simple_scenario(Semconv semconv);

namespace {

struct BuiltIn {
  std::string_view name;
  Scenario (*make)(Semconv);
};

constexpr std::array k_built_in{
    BuiltIn{"agentmap", agentmap_scenario},
    BuiltIn{"simple", simple_scenario},
};

}  // namespace

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const BuiltIn& built_in : k_built_in) {
    names.emplace_back(built_in.name);
  }
  return names;
}

Result<Scenario> find_scenario(std::string_view name, Semconv semconv) {
  for (const BuiltIn& built_in : k_built_in) {
    if (built_in.name == name) {
      return built_in.make(semconv);
    }
  }
  const std::vector<std::string> names = scenario_names();
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) {
    hint = fmt::format("there are {}", join(names, ", "));
  }
  return fail(ErrorKind::usage, fmt::format("there is no scenario '{}'", name), std::move(hint));
}

}  // namespace otelctl::synth
