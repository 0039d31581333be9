// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc101_missing_section() {
  return {
      .code = "OTC101",
      .name = "missing-section",
      .severity = Severity::error,
      .summary = "The section is not in the file",
      .rationale =
          "An application that does not find its section runs with its defaults: for "
          "AgentMap telemetry is off then.",
      .bad = R"(telemetri:
  enabled: true
)",
      .good = R"(telemetry:
  enabled: true
)",
      .check = report_issues<IssueKind::missing_section>,
      .kinds = {Kind::telemetry},
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
