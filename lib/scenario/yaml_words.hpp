// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "synth/scenario.hpp"

// Values as YAML that read_scenario reads back to the same.
namespace otelctl::scenario {

// Text that no reader of YAML, old or new, takes for anything else; in quotes where it needs them.
// It can stand in a flow collection too.
std::string yaml_text(std::string_view text);

// Always with a point, an exponent or a name, so that it stays a number with decimals.
std::string yaml_number(double number);

std::string yaml_value(const synth::Value& value);

// "[a, b]" of parts that are YAML already.
std::string yaml_list(const std::vector<std::string>& parts);

}  // namespace otelctl::scenario
