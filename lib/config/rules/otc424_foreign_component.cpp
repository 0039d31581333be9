// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

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

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    const bool is_list = variable != nullptr && variable->type == settings::VariableType::list;
    const bool is_sampler = variable != nullptr && variable->name == "OTEL_TRACES_SAMPLER";
    if (!assignment.is_set() || (!is_list && !is_sampler)) {
      continue;
    }
    const std::string_view value = without_quotes(assignment.value());
    for (const ListEntry& entry : list_entries(value)) {
      if (!is_allowed(variable->allowed, entry.text) && entry.text != "jaeger" &&
          nearest_of(variable->allowed, entry.text).empty()) {
        report.add(
            place_in_value(assignment, entry.begin, entry.begin + entry.text.size()),
            fmt::format("{}: {} is not in the specification", assignment.name(), shown(entry.text)),
            "it works only with a package that brings it");
      }
    }
  }
}

}  // namespace

Rule otc424_foreign_component() {
  return {
      .code = "OTC424",
      .name = "foreign-component",
      .severity = Severity::warning,
      .summary = "An exporter, propagator or sampler is not of the specification",
      .rationale =
          "A package has to bring it; without the package the SDK ignores the name or fails at "
          "start.",
      .bad = R"(OTEL_TRACES_EXPORTER=acme_cloud
)",
      .good = R"(OTEL_TRACES_EXPORTER=otlp
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
