// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc713_removed_setting() {
  return {
      .code = "OTC713",
      .name = "removed-setting",
      .severity = Severity::error,
      .summary = "The Collector does not have this key any more",
      .rationale = "Keys go with the versions. The Collector refuses what it does not know.",
      .bad = R"(service:
  telemetry:
    metrics:
      address: localhost:8888
)",
      .good = R"(service:
  telemetry:
    metrics:
      readers:
        - pull: {exporter: {prometheus: {host: localhost, port: 8888}}}
)",
      .check = report_issues<IssueKind::removed_setting>,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
