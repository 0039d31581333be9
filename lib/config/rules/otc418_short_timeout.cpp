// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr int k_least = 1000;

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || variable->type != settings::VariableType::timeout) {
      continue;
    }
    const auto number = whole_number(without_quotes(assignment.value()));
    if (assignment.is_set() && number && *number > 0 && *number < k_least) {
      report.add(assignment.item.place,
                 fmt::format("{} {} is in milliseconds", assignment.name(), *number),
                 fmt::format("write {} for {}", *number * 1000,
                             counted(static_cast<std::size_t>(*number), "second")));
    }
  }
}

}  // namespace

Rule otc418_short_timeout() {
  return {
      .code = "OTC418",
      .name = "short-timeout",
      .severity = Severity::warning,
      .summary = "A timeout is below a second",
      .rationale =
          "Timeouts are milliseconds: 10 gives up after ten of them, before most servers "
          "answer.",
      .bad = R"(OTEL_EXPORTER_OTLP_TIMEOUT=10
)",
      .good = R"(OTEL_EXPORTER_OTLP_TIMEOUT=10000
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
