// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc736_cut_number() {
  return {
      .code = "OTC736",
      .name = "cut-number",
      .severity = Severity::warning,
      .summary = "The Collector keeps only a part of a number",
      .rationale =
          "A fraction is cut off, and of a number with more than 32 bits the upper ones are lost; "
          "measured with otelcol 0.155.0, which says nothing.",
      .bad = R"(batch:
  send_batch_size: 1024.5
)",
      .good = R"(batch:
  send_batch_size: 1024
)",
      .check = report_issues<IssueKind::cut_number>,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
