// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/variable_set.hpp"
#include "config/environment/variable_views.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || variable->type != settings::VariableType::list ||
        !assignment.is_set()) {
      continue;
    }
    const std::vector<ListEntry> entries = list_entries(assignment.value());
    const auto none = std::find_if(entries.begin(), entries.end(), [](const ListEntry& entry) {
      return equals_ignoring_case(entry.text, "none");
    });
    if (none != entries.end() && entries.size() > 1) {
      report.add(place_in_value(assignment, none->begin, none->begin + none->text.size()),
                 fmt::format("{} has none beside other names", assignment.name()),
                 "write none alone, or remove it");
    }
  }
}

}  // namespace

Rule otc422_none_beside_others() {
  return {
      .code = "OTC422",
      .name = "none-beside-others",
      .severity = Severity::warning,
      .summary = "none stands beside other names",
      .rationale =
          "none means that nothing is set up; SDKs differ in what they make of it beside "
          "others: some fail, some drop the others.",
      .bad = R"(OTEL_TRACES_EXPORTER=none,otlp
)",
      .good = R"(OTEL_TRACES_EXPORTER=otlp
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
