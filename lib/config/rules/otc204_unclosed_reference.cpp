// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc204_unclosed_reference() {
  return {
      .code = "OTC204",
      .name = "unclosed-reference",
      .severity = Severity::warning,
      .summary = "A reference to a variable is not closed or empty",
      .rationale =
          "It stays in the value as it is. Without quotes YAML ends the value at ' #' and "
          "': ', so that the closing brace may be lost.",
      .bad = R"(service_version: ${VERSION:-a #1}
)",
      .good = R"(service_version: "${VERSION:-a #1}"
)",
      .check = report_issues<IssueKind::unclosed_reference>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
