// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <vector>

#include "config/environment/pair_list.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// The pair with the comma behind it, or the one before it.
std::vector<Edit> remove_pair(const Assignment& assignment, const Pair& pair) {
  const std::string& value = assignment.value();
  std::size_t begin = pair.begin;
  std::size_t end = pair.end;
  if (const std::size_t comma = value.find(',', end); comma != std::string::npos) {
    end = comma + 1;
  } else if (begin > 0) {
    begin = value.rfind(',', begin);
  }
  return begin == std::string::npos ? std::vector<Edit>()
                                    : replace_in_value(assignment, begin, end - begin, "");
}

void check(const Subject& subject, Reporter& report) {
  const Assignment* name = subject.variables->find_set("OTEL_SERVICE_NAME");
  const Assignment* attributes = subject.variables->find_set("OTEL_RESOURCE_ATTRIBUTES");
  if (name == nullptr || attributes == nullptr) {
    return;
  }
  for (const Pair& pair : split_pairs(attributes->value())) {
    if (pair.key == "service.name") {
      report.add(place_in_value(*attributes, pair.begin, pair.end),
                 "service.name in OTEL_RESOURCE_ATTRIBUTES has no effect: OTEL_SERVICE_NAME wins",
                 "remove one of them", remove_pair(*attributes, pair));
    }
  }
}

}  // namespace

Rule otc409_two_service_names() {
  return {
      .code = "OTC409",
      .name = "two-service-names",
      .severity = Severity::warning,
      .summary = "Two variables name the service",
      .rationale =
          "OTEL_SERVICE_NAME wins over service.name in OTEL_RESOURCE_ATTRIBUTES; who changes "
          "the other wonders why nothing happens.",
      .bad = R"(OTEL_SERVICE_NAME=api
OTEL_RESOURCE_ATTRIBUTES=service.name=core,service.version=1.0.0
)",
      .good = R"(OTEL_SERVICE_NAME=api
OTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
