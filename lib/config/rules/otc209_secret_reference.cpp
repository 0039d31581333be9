// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc209_secret_reference() {
  return {
      .code = "OTC209",
      .name = "secret-reference",
      .severity = Severity::info,
      .summary = "A variable named like a secret stands where none belongs",
      .rationale =
          "What is neither a header nor named as a secret is shown in backends and logs: the "
          "secret with it.",
      .bad = R"(resource_attributes:
  agentmap.note: "${DB_PASSWORD:-none}"
)",
      .good = R"(resource_attributes:
  agentmap.note: "${NOTE:-none}"
)",
      .check = report_issues<IssueKind::secret_reference>,

  };
}

}  // namespace otelctl::config
