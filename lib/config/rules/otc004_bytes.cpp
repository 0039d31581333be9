// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {

Rule otc004_bytes() {
  return {
      .code = "OTC004",
      .name = "invalid-bytes",
      .severity = Severity::error,
      .summary = "The file holds bytes that no YAML file may hold",
      .rationale =
          "YAML 1.2 (5.1, 5.2) allows Unicode text without control characters; malformed "
          "UTF-8 is passed on by some parsers and refused by others.",
      .bad = R"(service_name: caf\xe9      # one byte of Latin-1
)",
      .good = R"(service_name: café
)",
      .check = report_problems<yaml::ProblemKind::bad_bytes>,
      .kinds = Kinds::all(),
      .needs_model = false,
      .is_blocking = true,
  };
}

}  // namespace otelctl::config
