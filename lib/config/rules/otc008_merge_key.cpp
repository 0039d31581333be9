// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc008_merge_key() {
  return {
      .code = "OTC008",
      .name = "merge-key",
      .severity = Severity::warning,
      .summary = "A merge key is used",
      .rationale =
          "The key '<<' belongs to YAML 1.1. PyYAML applies it, and so does otelctl; "
          "readers of YAML 1.2 see a key that is called '<<'.",
      .bad = R"(a: &a {enabled: true}
b: {<<: *a}
)",
      .good = R"(a: {enabled: true}
b: {enabled: true}
)",
      .check = report_problems<yaml::ProblemKind::merge_key>,
      // Compose files are made for merge keys, and all that read them apply them.
      .kinds = {Kind::telemetry, Kind::kubernetes, Kind::collector, Kind::sdk},
      .needs_model = false,
  };
}

}  // namespace otelctl::config
