// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc203_malformed_reference() {
  return {
      .code = "OTC203",
      .name = "malformed-reference",
      .severity = Severity::error,
      .summary = "A reference to a variable is not valid",
      .rationale =
          "The specification makes it an error of the whole file. Operators of the shell "
          "other than ':-', schemes other than 'env:' and nesting do not exist.",
      .bad = R"(service_name: ${SERVICE:?missing}
)",
      .good = R"(service_name: ${SERVICE:-agentmap}
)",
      .check = report_issues<IssueKind::malformed_reference>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
