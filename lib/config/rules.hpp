// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "config/rule.hpp"

namespace otelctl::config {

// Every rule, by code. The one table of codes and severities.
const std::vector<Rule>& all_rules();

// The rule of a code; nullptr when there is none.
const Rule* find_rule(std::string_view code);

// Codes are upper case.
std::string upper_code(std::string_view text);
// Whether it is a code or the beginning of codes ("OTC3").
bool begins_a_code(std::string_view beginning);
// For what is no code: the one that was probably meant, or what codes look like.
std::string code_hint(std::string_view wrong);

}  // namespace otelctl::config
