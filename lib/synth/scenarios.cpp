// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios.hpp"

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::synth {

Scenario simple_scenario();
Scenario agentmap_scenario();

const std::vector<Scenario>& built_in_scenarios() {
  static const std::vector<Scenario> scenarios{
      agentmap_scenario(),
      simple_scenario(),
  };
  return scenarios;
}

Result<Scenario> find_scenario(std::string_view name) {
  std::vector<std::string> names;
  for (const Scenario& scenario : built_in_scenarios()) {
    if (scenario.name == name) {
      return scenario;
    }
    names.push_back(scenario.name);
  }
  std::string hint = did_you_mean(name, names);
  if (hint.empty()) {
    hint = fmt::format("there are {}", join(names, " and "));
  }
  return fail(ErrorKind::usage, fmt::format("there is no scenario '{}'", name), std::move(hint));
}

}  // namespace otelctl::synth
