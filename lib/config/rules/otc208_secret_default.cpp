// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc208_secret_default() {
  return {
      .code = "OTC208",
      .name = "secret-default",
      .severity = Severity::warning,
      .summary = "A default in a reference looks like a secret",
      .rationale =
          "The variable was meant to keep the secret out of the file; its default brings it back.",
      .bad = R"(exporters:
  otlp:
    headers:
      api-key: "${API_KEY:-sk-4f9a2b7c1d3e5f60}"
)",
      .good = R"(exporters:
  otlp:
    headers:
      api-key: "${API_KEY:-none}"
)",
      .check = report_issues<IssueKind::secret_default>,
      .kinds = {Kind::telemetry, Kind::collector, Kind::sdk},
  };
}

}  // namespace otelctl::config
