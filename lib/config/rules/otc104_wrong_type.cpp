// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc104_wrong_type() {
  return {
      .code = "OTC104",
      .name = "wrong-type",
      .severity = Severity::error,
      .summary = "A value is of the wrong type",
      .rationale =
          "The application refuses to start. YAML decides the type of what is not quoted: "
          "1.27 is a number, 2025-11-19 a date, no a boolean.",
      .bad = R"(service_version: 1.27
)",
      .good = R"(service_version: "1.27"
)",
      .check = report_issues<IssueKind::wrong_type>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
