// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc106_not_a_choice() {
  return {
      .code = "OTC106",
      .name = "not-a-choice",
      .severity = Severity::error,
      .summary = "A name is not one of those that are known",
      .rationale =
          "Samplers are checked by the application at its start; an unknown propagator "
          "fails when the SDK looks for it.",
      .bad = R"(tracing:
  propagators: [trace_context]
)",
      .good = R"(tracing:
  propagators: [tracecontext]
)",
      .check = report_issues<IssueKind::not_a_choice>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
