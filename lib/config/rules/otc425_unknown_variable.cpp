// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/known_names.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  std::size_t searches = 0;
  for (const Assignment& assignment : subject.variables->all()) {
    const std::string& name = assignment.name();
    if (is_unspecified(name) && subject.variables->counts(assignment) &&
        ++searches <= k_most_near_searches && near_names(name).empty()) {
      Place place = assignment.item.place;
      place.begin = place.key_begin;
      place.end = place.key_end;
      report.add(place, fmt::format("{} is known to no specification", escape_for_terminal(name)),
                 "if it is the application's own, a name without OTEL_ is clearer");
    }
  }
}

}  // namespace

Rule otc425_unknown_variable() {
  return {
      .code = "OTC425",
      .name = "unknown-variable",
      .severity = Severity::info,
      .summary = "The variable is unknown",
      .rationale =
          "It begins like the variables of OpenTelemetry, but neither the specification nor a "
          "language has it: an application may read it, SDKs do not.",
      .bad = R"(OTEL_ACME_SHINY=1
)",
      .good = R"(ACME_SHINY=1
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
