// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr int k_least_length = 64;

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const std::string& name = assignment.name();
    const auto number = whole_number(without_quotes(assignment.value()));
    if (!name.ends_with("_LIMIT") || settings::find_variable(name) == nullptr || !number) {
      continue;
    }
    if (*number == 0) {
      report.add(assignment.item.place, fmt::format("{} 0 drops all of them", name),
                 "remove it, or set what is needed");
    } else if (name.ends_with("VALUE_LENGTH_LIMIT") && *number < k_least_length) {
      report.add(assignment.item.place, fmt::format("{} {} cuts URLs and messages", name, *number),
                 fmt::format("set {} or more", k_least_length));
    }
  }
}

}  // namespace

Rule otc420_tight_limit() {
  return {
      .code = "OTC420",
      .name = "tight-limit",
      .severity = Severity::warning,
      .summary = "A limit cuts off nearly everything",
      .rationale =
          "A limit of 0 drops every attribute, event or link; values shorter than 64 characters "
          "cut URLs and messages.",
      .bad = R"(OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=0
)",
      .good = R"(OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT=64
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
