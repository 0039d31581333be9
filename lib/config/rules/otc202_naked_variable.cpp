// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc202_naked_variable() {
  return {
      .code = "OTC202",
      .name = "naked-variable",
      .severity = Severity::warning,
      .summary = "A variable is named without braces",
      .rationale =
          "Only ${NAME} is expanded (OpenTelemetry configuration, environment variable "
          "substitution); $NAME stays as it is.",
      .bad = R"(service_name: $SERVICE
)",
      .good = R"(service_name: ${SERVICE:-agentmap}
)",
      .check = report_issues<IssueKind::naked_variable>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
