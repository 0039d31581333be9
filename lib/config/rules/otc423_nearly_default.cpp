// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

std::string_view without_slash(std::string_view text) {
  return text.ends_with('/') ? text.substr(0, text.size() - 1) : text;
}

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    const std::string& value = assignment.value();
    if (variable != nullptr && assignment.is_set() && value != variable->default_value &&
        equals_ignoring_case(without_slash(value), without_slash(variable->default_value))) {
      report.add(assignment.item.place,
                 fmt::format("{} is the default in another form", assignment.name()),
                 fmt::format("remove it, or write {}", variable->default_value));
    }
  }
}

}  // namespace

Rule otc423_nearly_default() {
  return {
      .code = "OTC423",
      .name = "nearly-default",
      .severity = Severity::info,
      .summary = "The value differs from the default only in form",
      .rationale =
          "It is the default in other letters or with a slash at the end: the line can go, or "
          "somebody meant something else.",
      .bad = R"(OTEL_METRICS_EXEMPLAR_FILTER=Trace_Based
)",
      .good = R"(OTEL_METRICS_EXEMPLAR_FILTER=always_on
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
