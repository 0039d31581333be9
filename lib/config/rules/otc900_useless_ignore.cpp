// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// What comments hide is known only after every other rule has looked: config/ignores.cpp reports.
void check(const Subject& /*subject*/, Reporter& /*report*/) {}

}  // namespace

Rule otc900_useless_ignore() {
  return {
      .code = "OTC900",
      .name = "useless-ignore",
      .severity = Severity::info,
      .summary = "An ignore comment hides nothing or is not understood",
      .rationale =
          "A comment that stays behind when its reason is gone hides the next mistake on that "
          "line; one with a misspelt code never hid anything.",
      .bad = R"(telemetry:
  enabled: true  # otelctl: ignore OTC010
)",
      .good = R"(telemetry:
  enabled: yes  # otelctl: ignore OTC010
)",
      .check = check,
      .kinds = Kinds::all(),
      .needs_model = false,
  };
}

}  // namespace otelctl::config
