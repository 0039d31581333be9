// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "config/validate.hpp"
#include "synth/scenario.hpp"
#include "yaml/parse.hpp"

// Scenarios as YAML files.
namespace otelctl::scenario {

struct ScenarioFile {
  // Has passed synth::check_scenario; none when one of the findings is an error.
  std::optional<synth::Scenario> scenario;
  // By line, column and code; a bounded number. Its kind says nothing.
  config::FileReport report;
};

// Reads a file's bytes as a scenario. Whatever they are, the result is findings; time and memory
// are bounded by the limits of YAML documents and those of limits.hpp. `name` is what findings call
// the file.
ScenarioFile read_scenario(std::string name, std::string bytes, const yaml::Limits& limits = {});

}  // namespace otelctl::scenario
