// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/environment/pair_list.hpp"
#include "config/environment/value_check.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

constexpr std::string_view k_name = "OTEL_RESOURCE_ATTRIBUTES";
constexpr std::string_view k_effect = "SDKs discard the whole variable";

void check(const Subject& subject, Reporter& report) {
  const Assignment* attributes = subject.variables->find_set(k_name);
  if (attributes == nullptr || without_quotes(attributes->value()) != trim(attributes->value())) {
    return;
  }
  for (const Pair& pair : split_pairs(attributes->value())) {
    const Place place = place_in_value(*attributes, pair.begin, pair.end);
    if (!pair.has_equals) {
      report.add(place, fmt::format("an item of {} has no '=': {}", k_name, k_effect),
                 "write key=value,key=value; a comma inside a value is %2C");
    } else if (pair.key.empty()) {
      report.add(place, fmt::format("an item of {} has no key: {}", k_name, k_effect),
                 "write key=value,key=value");
    } else if (pair.has_bad_escape) {
      report.add(
          place,
          fmt::format("an item of {} holds a '%' that begins no escape: {}", k_name, k_effect),
          "write a literal % as %25");
    }
  }
}

}  // namespace

Rule otc410_malformed_attributes() {
  return {
      .code = "OTC410",
      .name = "malformed-attributes",
      .severity = Severity::error,
      .summary = "OTEL_RESOURCE_ATTRIBUTES cannot be read",
      .rationale =
          "It is a list of key=value separated by commas, percent-encoded. On any error in it "
          "the specification discards the whole variable (resource/sdk).",
      .bad = R"(OTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0,team
)",
      .good = R"(OTEL_RESOURCE_ATTRIBUTES=service.version=1.0.0,acme.team=blue
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
