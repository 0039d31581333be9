// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rules.hpp"

#include <algorithm>

#include "base/suggest.hpp"

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

std::string upper_code(std::string_view text) {
  std::string upper(text);
  std::transform(upper.begin(), upper.end(), upper.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return upper;
}

bool begins_a_code(std::string_view beginning) {
  const auto& rules = all_rules();
  return !beginning.empty() && std::any_of(rules.begin(), rules.end(), [&](const Rule& rule) {
    return rule.code.starts_with(beginning);
  });
}

std::string code_hint(std::string_view wrong) {
  // A list of many is no hint.
  constexpr std::size_t k_most = 3;
  std::vector<std::string> known;
  for (const Rule& rule : all_rules()) {
    known.emplace_back(rule.code);
  }
  const bool has_few = nearest(wrong, known).size() <= k_most;
  const std::string near = has_few ? did_you_mean(wrong, known) : std::string();
  return near.empty() ? "give codes like OTC301, or their beginning like OTC3" : near;
}

}  // namespace otelctl::config
