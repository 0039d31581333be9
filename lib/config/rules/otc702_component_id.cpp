// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc702_component_id() {
  return {
      .code = "OTC702",
      .name = "component-id",
      .severity = Severity::error,
      .summary = "A name is not of the form type/name",
      .rationale =
          "The Collector reads the part before the slash as the type of the component: a letter, "
          "then letters, digits and underscores. Spaces, symbols and control characters do not "
          "belong into the part behind it.",
      .bad = R"(exporters:
  debug-console:
)",
      .good = R"(exporters:
  debug/console:
)",
      .check = report_issues<IssueKind::component_id>,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
