// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc735_bare_duration() {
  return {
      .code = "OTC735",
      .name = "duration-without-unit",
      .severity = Severity::warning,
      .summary = "A duration has no unit",
      .rationale =
          "The Collector reads a bare number as nanoseconds: timeout 5 is over before anything "
          "was sent.",
      .bad = R"(batch:
  timeout: 5
)",
      .good = R"(batch:
  timeout: 5s
)",
      .check = report_issues<IssueKind::bare_duration>,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
