// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/show/effective_settings.hpp"
#include "config/show/origin.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

using settings::Variable;
using settings::VariableType;

// Of a list of pairs the names stay; every header is a secret, and attributes by their names.
std::string shown_pairs(const Variable& variable, std::string_view text) {
  std::vector<std::string> shown;
  for (const std::string_view pair : split(text, ',')) {
    const auto equals = pair.find('=');
    if (equals == std::string_view::npos) {
      // What lacks its name may be anything.
      shown.emplace_back(trim(pair).empty() ? "" : k_redacted);
      continue;
    }
    const std::string_view value = pair.substr(equals + 1);
    const std::string safe =
        variable.type == VariableType::headers && !value.empty()
            ? std::string(k_redacted)
            : shown_value({{std::string(pair.substr(0, equals))}}, value, value);
    shown.push_back(std::string(pair.substr(0, equals + 1)) + safe);
  }
  return join(shown, ",");
}

std::string shown(const Variable& variable, std::string_view text) {
  const bool is_list =
      variable.type == VariableType::headers || variable.type == VariableType::key_values;
  return is_list ? shown_pairs(variable, text) : shown_value({}, text, text);
}

class VariableShower {
 public:
  explicit VariableShower(const ShowOptions& options) : m_options(options) {}

  EffectiveSettings show() {
    for (const Variable& variable : settings::variables()) {
      add(variable, std::string(variable.name), true);
      if (variable.has_signal_forms) {
        for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
          add(variable, settings::signal_form(variable.name, signal), false);
        }
      }
    }
    return std::move(m_shown);
  }

 private:
  void add(const Variable& variable, std::string name, bool has_default) {
    const auto value = m_options.environment.get_nonempty(name);
    EffectiveSetting setting{{{name}}, {EffectiveValue::Type::text}, "default"};
    if (value) {
      setting.value.text = shown(variable, *value);
      const auto place = m_options.variable_places.find(name);
      setting.origin = place == m_options.variable_places.end() ? "environment" : place->second;
    } else if (has_default) {
      setting.value.text = variable.default_value;
    } else {
      return;
    }
    m_shown.settings.push_back(std::move(setting));
  }

  const ShowOptions& m_options;
  EffectiveSettings m_shown = {.file = {}, .kind = Kind::env, .settings = {}};
};

}  // namespace

EffectiveSettings effective_variables(const ShowOptions& options) {
  return VariableShower(options).show();
}

}  // namespace otelctl::config
