// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/show/effective_settings.hpp"
#include "config/show/origin.hpp"
#include "config/show/show_variables.hpp"
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
  VariableShower(const FindVariable& find, std::vector<PathPart> parts, bool has_defaults)
      : m_find(find), m_parts(std::move(parts)), m_has_defaults(has_defaults) {}

  std::vector<EffectiveSetting> show() {
    for (const Variable& variable : settings::variables()) {
      add(variable, std::string(variable.name), m_has_defaults);
      if (variable.has_signal_forms) {
        for (const Signal signal : {Signal::traces, Signal::metrics, Signal::logs}) {
          add(variable, settings::signal_form(variable.name, signal), false);
        }
      }
    }
    return std::move(m_shown);
  }

 private:
  void add(const Variable& variable, const std::string& name, bool has_default) {
    const auto found = m_find(name);
    if (!found && !has_default) {
      return;
    }
    EffectiveSetting setting{m_parts, {EffectiveValue::Type::text}, "default"};
    setting.parts.push_back({name});
    const bool is_ignored = found && check_value(variable, name, found->text).has_value();
    if (found && !is_ignored) {
      setting.value.text = shown(variable, found->text);
      setting.origin = found->origin;
    } else {
      setting.value.text = variable.default_value;
    }
    if (is_ignored) {
      setting.origin = fmt::format("default, as SDKs cannot read {}", found->origin);
    }
    m_shown.push_back(std::move(setting));
  }

  const FindVariable& m_find;
  std::vector<PathPart> m_parts;
  bool m_has_defaults;
  std::vector<EffectiveSetting> m_shown;
};

}  // namespace

std::vector<EffectiveSetting> show_variables(const FindVariable& find, std::vector<PathPart> parts,
                                             bool has_defaults) {
  return VariableShower(find, std::move(parts), has_defaults).show();
}

EffectiveSettings effective_variables(const ShowOptions& options) {
  const FindVariable find = [&](std::string_view name) -> std::optional<FoundVariable> {
    const auto value = options.environment.get_nonempty(name);
    if (!value) {
      return std::nullopt;
    }
    const auto place = options.variable_places.find(name);
    return FoundVariable{std::string(*value),
                         place == options.variable_places.end() ? "environment" : place->second};
  };
  return {{}, Kind::env, show_variables(find, {}, true)};
}

}  // namespace otelctl::config
