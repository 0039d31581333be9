// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/environment/variable_set.hpp"
#include "config/show/effective_settings.hpp"
#include "yaml/document.hpp"

namespace otelctl::config {

struct FoundVariable {
  std::string text;
  std::string origin;
};

// The value of a variable that is set; nothing for one that is not, or empty.
using FindVariable = std::function<std::optional<FoundVariable>(std::string_view name)>;

// The variables of the specification under the path `parts`: those that are set, and general ones
// with their defaults where `has_defaults`.
std::vector<EffectiveSetting> show_variables(const FindVariable& find, std::vector<PathPart> parts,
                                             bool has_defaults);

// Those of each set of a file that has some of OpenTelemetry. Defaults are left out where more
// variables may come from elsewhere.
EffectiveSettings show_sets(const std::string& name, Kind kind, const yaml::Document& document,
                            const std::vector<VariableSet>& sets);

}  // namespace otelctl::config
