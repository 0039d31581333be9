// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc105_out_of_range() {
  return {
      .code = "OTC105",
      .name = "out-of-range",
      .severity = Severity::error,
      .summary = "A value lies outside of its range",
      .rationale =
          "The application refuses it, or takes it and fails later: a port of 70000, a "
          "ratio of 1.5, an empty name.",
      .bad = R"(tracing:
  sampler:
    ratio: 1.5
)",
      .good = R"(tracing:
  sampler:
    ratio: 0.5
)",
      .check = report_issues<IssueKind::out_of_range>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
