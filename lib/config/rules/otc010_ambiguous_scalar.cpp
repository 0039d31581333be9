// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc010_ambiguous_scalar() {
  return {
      .code = "OTC010",
      .name = "ambiguous-scalar",
      .severity = Severity::warning,
      .summary = "A value is of different types to different readers",
      .rationale =
          "yes and on are booleans in YAML 1.1 and text in YAML 1.2, 1e3 is the reverse; "
          "quoted numbers and booleans pass only lenient models.",
      .bad = R"(tracing:
  enabled: yes
)",
      .good = R"(tracing:
  enabled: true
)",
      .check = report_issues<IssueKind::ambiguous_scalar>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
