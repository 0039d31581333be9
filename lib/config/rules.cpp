// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rules.hpp"

#include <algorithm>

namespace otelctl::config {

#define OTELCTL_RULE(name) Rule name();
#include "config/rules.def"
#undef OTELCTL_RULE

const std::vector<Rule>& all_rules() {
  static const std::vector<Rule> rules{
#define OTELCTL_RULE(name) name(),
#include "config/rules.def"
#undef OTELCTL_RULE
  };
  return rules;
}

const Rule* find_rule(std::string_view code) {
  const auto& rules = all_rules();
  const auto found =
      std::find_if(rules.begin(), rules.end(), [&](const Rule& rule) { return rule.code == code; });
  return found == rules.end() ? nullptr : &*found;
}

}  // namespace otelctl::config
