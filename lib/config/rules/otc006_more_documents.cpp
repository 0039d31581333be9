// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc006_more_documents() {
  return {
      .code = "OTC006",
      .name = "more-documents",
      .severity = Severity::error,
      .summary = "Something follows the first document",
      .rationale =
          "Readers that expect one document fail on a second or never look at it. A line "
          "that is indented less than the first one begins a new document for some of them.",
      .bad = R"(telemetry: {}
---
telemetry: {enabled: true}
)",
      .good = R"(telemetry: {enabled: true}
)",
      .check = report_problems<yaml::ProblemKind::more_documents>,
      // The Collector reads the first document alone: OTC749.
      .kinds = {Kind::telemetry, Kind::compose, Kind::kubernetes, Kind::sdk},
      .needs_model = false,
  };
}

}  // namespace otelctl::config
