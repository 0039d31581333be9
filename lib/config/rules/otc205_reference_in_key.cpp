// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc205_reference_in_key() {
  return {
      .code = "OTC205",
      .name = "reference-in-key",
      .severity = Severity::warning,
      .summary = "A key holds a reference to a variable",
      .rationale =
          "Only values are substituted (OpenTelemetry configuration, environment variable "
          "substitution).",
      .bad = R"(resource_attributes:
  ${NAME}: x
)",
      .good = R"(resource_attributes:
  team: ${NAME:-x}
)",
      .check = report_issues<IssueKind::reference_in_key>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
