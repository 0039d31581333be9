// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc001_syntax() {
  return {
      .code = "OTC001",
      .name = "yaml-syntax",
      .severity = Severity::error,
      .summary = "The file is not YAML",
      .rationale =
          "Nothing in a file that no parser reads has an effect; applications refuse to "
          "start with it.",
      .bad = R"(service_version: a: b
)",
      .good = R"(service_version: "a: b"
)",
      .check = report_problems<yaml::ProblemKind::syntax>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
