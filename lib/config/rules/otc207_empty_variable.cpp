// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc207_empty_variable() {
  return {
      .code = "OTC207",
      .name = "empty-variable",
      .severity = Severity::info,
      .summary = "A variable is set but empty, and dialects read that differently",
      .rationale =
          "By the SDK specification a variable that is set but empty takes the default of its "
          "reference; a Collector takes the empty value.",
      .bad = R"(service_version: "${VERSION:-1.0.0}"
)",
      .good = R"(service_version: "1.0.0"
)",
      .check = report_issues<IssueKind::empty_variable>,
      .kinds = {Kind::telemetry, Kind::collector, Kind::sdk},
  };
}

}  // namespace otelctl::config
