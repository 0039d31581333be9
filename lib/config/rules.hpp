// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>
#include <vector>

#include "config/rule.hpp"

namespace otelctl::config {

// Every rule, by code. The one table of codes and severities.
const std::vector<Rule>& all_rules();

// The rule of a code; nullptr when there is none.
const Rule* find_rule(std::string_view code);

}  // namespace otelctl::config
