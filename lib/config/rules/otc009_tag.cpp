// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc009_tag() {
  return {
      .code = "OTC009",
      .name = "foreign-tag",
      .severity = Severity::error,
      .summary = "A tag is not one of the core types, or does not fit its value",
      .rationale =
          "Tags like !!python/object make unsafe loaders run code, and safe loaders refuse "
          "them; !include and its like work in one application only.",
      .bad = R"(service_name: !mine agentmap
)",
      .good = R"(service_name: agentmap
)",
      .check = report_problems<yaml::ProblemKind::bad_tag>,
      // Collector files: the Collector reads over tags: OTC749.
      .kinds = {Kind::telemetry, Kind::env, Kind::compose, Kind::kubernetes, Kind::sdk},
      .needs_model = false,
  };
}

}  // namespace otelctl::config
