// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc005_tab() {
  return {
      .code = "OTC005",
      .name = "tab",
      .severity = Severity::error,
      .summary = "A tab stands where YAML wants spaces",
      .rationale =
          "YAML 1.2 (6.1) forbids tabs in indentation; PyYAML also refuses them behind ':' "
          "and '-'.",
      .bad = R"(tracing:
	enabled: true
)",
      .good = R"(tracing:
  enabled: true
)",
      .check = report_problems<yaml::ProblemKind::tab>,
      .kinds = k_yaml_kinds,
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
