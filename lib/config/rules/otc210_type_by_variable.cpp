// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc210_type_by_variable() {
  return {
      .code = "OTC210",
      .name = "type-by-variable",
      .severity = Severity::warning,
      .summary = "What a value is depends on whether a variable is set",
      .rationale =
          "A plain reference gets its type after substitution: here text while the variable is "
          "set, and something else by the default.",
      .bad = R"(service_version: ${VERSION:-1.27}
)",
      .good = R"(service_version: "${VERSION:-1.27}"
)",
      .check = report_issues<IssueKind::type_by_variable>,

      .is_fixable = true,
  };
}

}  // namespace otelctl::config
