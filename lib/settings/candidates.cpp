// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/candidates.hpp"

#include <utility>

#include "settings/variables.hpp"

namespace otelctl::settings {

void add_flag(Candidates& candidates, std::string_view flag,
              const std::optional<std::string>& value) {
  if (value) {
    candidates.push_back({*value, std::string(flag), Source::flag});
  }
}

void add_section(Candidates& candidates, const std::optional<SectionValue>& value) {
  if (value) {
    candidates.push_back({value->text, value->origin, Source::file});
  }
}

void add_variable(Candidates& candidates, const FilledEnvironment& environment,
                  std::string_view name, Source source) {
  const auto value = environment.variables.get_nonempty(name);
  if (!value) {
    return;
  }
  std::string origin(name);
  if (const auto place = environment.places.find(name); place != environment.places.end()) {
    origin += " (" + place->second + ")";
  }
  candidates.push_back({std::string(*value), std::move(origin), source});
}

void add_variables(Candidates& candidates, const FilledEnvironment& environment,
                   std::string_view general_name, Signal signal) {
  add_variable(candidates, environment, signal_form(general_name, signal), Source::signal_variable);
  add_variable(candidates, environment, general_name);
}

Setting make_setting(std::string_view name, const Candidates& candidates, std::string shown) {
  Setting setting{std::string(name), std::move(shown), "default"};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i == 0) {
      setting.origin = candidates[i].origin;
      setting.source = candidates[i].source;
    } else {
      setting.shadowed.push_back(candidates[i].origin);
    }
  }
  return setting;
}

void note_overruled(const Candidates& candidates, std::vector<std::string>& notes) {
  for (const Candidate& each : candidates) {
    const Candidate& winner = candidates.front();
    const bool is_variable =
        each.source == Source::signal_variable || each.source == Source::general_variable;
    const bool by_choice = winner.source == Source::flag || winner.source == Source::file;
    if (is_variable && by_choice && each.value != winner.value) {
      notes.push_back(winner.origin + " overrules " + each.origin);
    }
  }
}

Error at_origin(const Candidate& candidate, std::string message, std::string hint) {
  const auto kind = candidate.source == Source::flag ? ErrorKind::usage : ErrorKind::settings;
  return Error{kind, std::move(message), std::move(hint)}.within(candidate.origin);
}

}  // namespace otelctl::settings
