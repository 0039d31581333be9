// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc007_limit() {
  return {
      .code = "OTC007",
      .name = "limit",
      .severity = Severity::error,
      .summary = "The document is larger than otelctl reads",
      .rationale =
          "Limits: 64 MiB, 256 levels, 2,000,000 nodes and 256 MiB of text with aliases expanded, "
          "and no value that contains itself. A configuration stays far below; what does not is an "
          "accident or an attack.",
      .bad = R"(a: &a [*a]
)",
      .good = R"(a: [1]
)",
      .check = report_problems<yaml::ProblemKind::limit>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
