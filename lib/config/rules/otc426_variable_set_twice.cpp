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
  const VariableSet& set = *subject.variables;
  for (const Assignment& assignment : set.all()) {
    if (!set.counts(assignment) && is_telemetry_name(assignment.name())) {
      const std::size_t last = set.find(assignment.name())->item.place.key_begin;
      Place place = assignment.item.place;
      place.begin = place.key_begin;
      place.end = place.key_end;
      report.add(place,
                 fmt::format("{} is set again on line {}, which counts",
                             escape_for_terminal(assignment.name()),
                             subject.parsed.document.position(last).line),
                 "keep one");
    }
  }
}

}  // namespace

Rule otc426_variable_set_twice() {
  return {
      .code = "OTC426",
      .name = "variable-set-twice",
      .severity = Severity::warning,
      .summary = "A variable is set twice",
      .rationale = "The last line counts; the one that somebody edits may be the other.",
      .bad = R"(OTEL_SERVICE_NAME=api
OTEL_SERVICE_NAME=core
)",
      .good = R"(OTEL_SERVICE_NAME=api
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
