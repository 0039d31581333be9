// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/environment/pair_list.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const Assignment& assignment : subject.variables->all()) {
    const std::size_t semicolon = assignment.value().find(';');
    if (holds_headers(assignment) && assignment.is_set() && semicolon != std::string::npos) {
      report.add(place_in_value(assignment, semicolon, semicolon + 1),
                 fmt::format("{} holds a ';', which separates nothing here", assignment.name()),
                 "separate headers by commas; a literal ; is %3B");
    }
  }
}

}  // namespace

Rule otc408_header_properties() {
  return {
      .code = "OTC408",
      .name = "header-properties",
      .severity = Severity::warning,
      .summary = "A header's value has a semicolon",
      .rationale =
          "W3C Baggage begins properties with it, which this variable does not have: SDKs send "
          "the text as it is or drop it.",
      .bad = R"(OTEL_EXPORTER_OTLP_HEADERS=x-team=blue;x-unit=red
)",
      .good = R"(OTEL_EXPORTER_OTLP_HEADERS=x-team=blue,x-unit=red
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
