// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc109_missing_key() {
  return {
      .code = "OTC109",
      .name = "missing-key",
      .severity = Severity::error,
      .summary = "A key that must be there is missing",
      .rationale =
          "It has no default, so the SDK refuses the file: a provider without processors, a "
          "processor without exporter, an attribute without value.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        schedule_delay: 5000
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - batch:
        schedule_delay: 5000
        exporter:
          otlp_grpc:
)",
      .check = report_issues<IssueKind::missing_key>,
      .kinds = k_yaml_kinds,
      .needs_model = false,
  };
}

}  // namespace otelctl::config
