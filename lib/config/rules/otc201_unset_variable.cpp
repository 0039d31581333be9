// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc201_unset_variable() {
  return {
      .code = "OTC201",
      .name = "unset-variable",
      .severity = Severity::warning,
      .summary = "A variable has no value and the reference no default",
      .rationale =
          "The specification puts nothing in its place, which makes the value null or cuts "
          "a part out of it. The value cannot be checked here; --no-env leaves the "
          "environment out.",
      .bad = R"(service_name: ${SERVICE}
)",
      .good = R"(service_name: ${SERVICE:-agentmap}
)",
      .check = report_issues<IssueKind::unset_variable>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
