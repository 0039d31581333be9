// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc108_misplaced_key() {
  return {
      .code = "OTC108",
      .name = "misplaced-key",
      .severity = Severity::warning,
      .summary = "A key of the section stands in the wrong place",
      .rationale = "It is ignored there in silence, as every unknown key is.",
      .bad = R"(sampler:
  ratio: 0.1
)",
      .good = R"(tracing:
  sampler:
    ratio: 0.1
)",
      .check = report_issues<IssueKind::misplaced_key>,
      .kinds = {Kind::telemetry},
      .needs_model = false,
  };
}

}  // namespace otelctl::config
