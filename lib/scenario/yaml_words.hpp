// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "synth/scenario.hpp"
#include "yaml/yaml_text.hpp"

// Values as YAML that read_scenario reads back to the same.
namespace otelctl::scenario {

using yaml::yaml_text;

// Always with a point, an exponent or a name, so that it stays a number with decimals.
std::string yaml_number(double number);

std::string yaml_value(const synth::Value& value);

// "[a, b]" of parts that are YAML already.
std::string yaml_list(const std::vector<std::string>& parts);

}  // namespace otelctl::scenario
