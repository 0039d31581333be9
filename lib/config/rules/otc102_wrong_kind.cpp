// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc102_wrong_kind() {
  return {
      .code = "OTC102",
      .name = "wrong-kind",
      .severity = Severity::error,
      .summary = "A map, a list or a single value stands where another is wanted",
      .rationale =
          "Models refuse it at the start, with a message that names a class and no line. A "
          "key without value is null, which is refused too.",
      .bad = R"(tracing:
  - sampler: {ratio: 0.1}
)",
      .good = R"(tracing:
  sampler: {ratio: 0.1}
)",
      .check = report_issues<IssueKind::wrong_kind>,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
