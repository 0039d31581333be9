// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc110_wrong_count() {
  return {
      .code = "OTC110",
      .name = "wrong-count",
      .severity = Severity::error,
      .summary = "A map or a list holds too little or too much",
      .rationale =
          "Where one of several components is chosen by its key, a second key says two things "
          "at once, mostly because it is indented wrongly; an empty list says nothing.",
      .bad = R"(file_format: "1.1"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
          otlp_grpc:
)",
      .good = R"(file_format: "1.1"
tracer_provider:
  processors:
    - simple:
        exporter:
          console:
    - batch:
        exporter:
          otlp_grpc:
)",
      .check = report_issues<IssueKind::wrong_count>,
      .kinds = k_yaml_kinds,
      .needs_model = false,
  };
}

}  // namespace otelctl::config
