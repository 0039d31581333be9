// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc206_control_from_variable() {
  return {
      .code = "OTC206",
      .name = "control-from-variable",
      .severity = Severity::error,
      .summary =
          "A variable brings a line end or another control character into a header, an endpoint or "
          "a name",
      .rationale =
          "Headers, endpoints and names are one line: HTTP clients refuse such a header, and a "
          "secret read from a file often ends in a line end.",
      .bad = R"(exporters:
  otlp:
    headers:
      x-team: "${TEAM:-a\nb}"
)",
      .good = R"(exporters:
  otlp:
    headers:
      x-team: "${TEAM:-a}"
)",
      .check = report_issues<IssueKind::control_from_variable>,

  };
}

}  // namespace otelctl::config
