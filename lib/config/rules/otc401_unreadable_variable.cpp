// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/environment/pair_list.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/environment/variable_views.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

// The protocol, the compression and the switch of the SDK have rules of their own.
bool has_own_rule(const settings::Variable& variable) {
  return variable.name == "OTEL_EXPORTER_OTLP_PROTOCOL" ||
         variable.name == "OTEL_EXPORTER_OTLP_COMPRESSION" || variable.name == "OTEL_SDK_DISABLED";
}

// Names that a package may add to are wrong only where they are nearly one of the specification's.
bool can_be_extended(const settings::Variable& variable) {
  return variable.type == settings::VariableType::list || variable.name == "OTEL_TRACES_SAMPLER";
}

void check_names(const Assignment& assignment, const settings::Variable& variable,
                 Reporter& report) {
  const std::string_view value = without_quotes(assignment.value());
  const bool is_list = variable.type == settings::VariableType::list;
  for (const ListEntry& entry :
       is_list ? list_entries(value) : std::vector<ListEntry>{{0, std::string(value)}}) {
    if (is_allowed(variable.allowed, entry.text)) {
      continue;
    }
    const Place place = place_in_value(assignment, entry.begin, entry.begin + entry.text.size());
    if (entry.text == "jaeger" && variable.name == "OTEL_TRACES_EXPORTER") {
      report.add(place, fmt::format("{}: SDKs have no exporter jaeger any more", assignment.name()),
                 "write otlp, and send to port 4317 of Jaeger");
      continue;
    }
    const std::string near = nearest_of(variable.allowed, entry.text);
    if (!near.empty()) {
      report.add(place, fmt::format("{}: {} is not known", assignment.name(), shown(entry.text)),
                 fmt::format("did you mean '{}'?", near),
                 replace_in_value(assignment, entry.begin, entry.text.size(), near));
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || !assignment.is_set() || has_own_rule(*variable)) {
      continue;
    }
    if (can_be_extended(*variable)) {
      check_names(assignment, *variable, report);
      continue;
    }
    const std::string_view value = without_quotes(assignment.value());
    if (auto problem = check_value(*variable, assignment.name(), value)) {
      report.add(assignment.item.place, std::move(problem->message), std::move(problem->help),
                 problem->replacement.empty() ? std::vector<Edit>()
                                              : replace_value(assignment, problem->replacement));
    }
  }
}

}  // namespace

Rule otc401_unreadable_variable() {
  return {
      .code = "OTC401",
      .name = "unreadable-variable",
      .severity = Severity::error,
      .summary = "The value of a variable cannot be read",
      .rationale =
          "SDKs ignore a number, an enumeration or an exporter that they cannot read, with a "
          "warning in their own log at most, and take the default; a boolean that is not true "
          "is false (specification 1.60.0, configuration/sdk-environment-variables).",
      .bad = R"(OTEL_BSP_SCHEDULE_DELAY=5s
)",
      .good = R"(OTEL_BSP_SCHEDULE_DELAY=5000
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
