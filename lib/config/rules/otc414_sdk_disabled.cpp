// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  const Assignment* disabled = set.find_set("OTEL_SDK_DISABLED");
  if (disabled == nullptr) {
    return;
  }
  const std::string_view value = without_quotes(disabled->value());
  if (!equals_ignoring_case(value, "true")) {
    if (!equals_ignoring_case(value, "false")) {
      report.add(
          disabled->item.place,
          fmt::format("OTEL_SDK_DISABLED {} counts as false: the SDK stays on", shown(value)),
          "write true to switch it off");
    }
    return;
  }
  const auto other =
      std::find_if(set.all().begin(), set.all().end(), [&](const Assignment& assignment) {
        return settings::find_variable(assignment.name()) != nullptr && assignment.is_set() &&
               assignment.name() != disabled->name() && assignment.name() != "OTEL_PROPAGATORS";
      });
  if (other != set.all().end()) {
    report.add(
        disabled->item.place,
        fmt::format("OTEL_SDK_DISABLED is true: {} and the like have no effect", other->name()),
        "remove it to send telemetry");
  }
}

}  // namespace

Rule otc414_sdk_disabled() {
  return {
      .code = "OTC414",
      .name = "sdk-disabled",
      .severity = Severity::warning,
      .summary = "OTEL_SDK_DISABLED does not do what is meant",
      .rationale =
          "Only true switches the SDK off, and then every other setting but the propagators is "
          "without effect; 1 and yes count as false.",
      .bad = R"(OTEL_SDK_DISABLED=1
)",
      .good = R"(OTEL_SDK_DISABLED=true
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
