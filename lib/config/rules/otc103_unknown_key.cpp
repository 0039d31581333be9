// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc103_unknown_key() {
  return {
      .code = "OTC103",
      .name = "unknown-key",
      .severity = Severity::error,
      .summary = "A key is not one of the section",
      .rationale =
          "The application ignores unknown keys in silence, so that a misspelt setting "
          "never takes effect.",
      .bad = R"(tracing:
  samplers: {}
)",
      .good = R"(tracing:
  sampler: {}
)",
      .check = report_issues<IssueKind::unknown_key>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
