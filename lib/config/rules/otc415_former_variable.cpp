// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  for (const Assignment& assignment : set.all()) {
    const FormerName* former = find_former_name(assignment.name());
    if (former == nullptr) {
      continue;
    }
    Place place = assignment.item.place;
    place.begin = place.key_begin;
    place.end = place.key_end;
    const bool can_rename =
        !former->successor.empty() && !set.is_open() && set.find(former->successor) == nullptr;
    report.add(place, fmt::format("{} {}", escape_for_terminal(assignment.name()), former->what),
               std::string(former->help),
               can_rename ? rename_variable(assignment, former->successor) : std::vector<Edit>());
  }
}

}  // namespace

Rule otc415_former_variable() {
  return {
      .code = "OTC415",
      .name = "former-variable",
      .severity = Severity::warning,
      .summary = "The variable is removed, renamed or deprecated",
      .rationale =
          "SDKs stopped reading it or will: the Jaeger exporter left the specification with "
          "1.32.0, the Zipkin exporter is deprecated since 1.52.0, the others have new names.",
      .bad = R"(OTEL_EXPERIMENTAL_CONFIG_FILE=/etc/otel/sdk.yaml
)",
      .good = R"(OTEL_CONFIG_FILE=/etc/otel/sdk.yaml
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
