// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc003_open_string() {
  return {
      .code = "OTC003",
      .name = "open-string",
      .severity = Severity::error,
      .summary = "A string is never closed",
      .rationale =
          "A forgotten quote swallows the keys up to the next one; some parsers accept even "
          "a string that runs to the end of the file.",
      .bad = R"(service_name: "agentmap
enabled: true
)",
      .good = R"(service_name: "agentmap"
enabled: true
)",
      .check = report_problems<yaml::ProblemKind::unterminated_string>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
