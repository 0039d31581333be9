// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc704_pipeline_id() {
  return {
      .code = "OTC704",
      .name = "pipeline-id",
      .severity = Severity::error,
      .summary = "The name of a pipeline does not begin with a signal",
      .rationale =
          "A pipeline is called traces, metrics or logs, with /name behind it where there are "
          "several of a signal.",
      .bad = R"(pipelines:
  trace:
    receivers: [otlp]
)",
      .good = R"(pipelines:
  traces:
    receivers: [otlp]
)",
      .check = report_issues<IssueKind::pipeline_id>,
      .kinds = {Kind::collector},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
