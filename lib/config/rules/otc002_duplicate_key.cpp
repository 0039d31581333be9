// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc002_duplicate_key() {
  return {
      .code = "OTC002",
      .name = "duplicate-key",
      .severity = Severity::error,
      .summary = "A key stands twice in one map",
      .rationale =
          "Python keeps the last value, yaml-cpp the first, Go refuses the file: one of the "
          "two is lost without a word.",
      .bad = R"(enabled: true
enabled: false
)",
      .good = R"(enabled: true
)",
      .check = report_problems<yaml::ProblemKind::duplicate_key>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
