// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/attributes/attribute_names.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const AttributeUse& attribute : subject.attributes) {
    if (const auto rename = find_rename(attribute.item.name)) {
      Place place = attribute.item.place;
      place.begin = place.key_begin;
      place.end = place.key_end;
      report.add(place,
                 fmt::format("attribute {} is deprecated: it is {} now", rename->old_name,
                             rename->new_name),
                 fmt::format("rename it to {}", rename->new_name));
    }
  }
}

}  // namespace

Rule otc501_renamed_attribute() {
  return {
      .code = "OTC501",
      .name = "renamed-attribute",
      .severity = Severity::warning,
      .summary = "An attribute has a new name",
      .rationale =
          "The semantic conventions renamed it; backends and dashboards look for the "
          "current name.",
      .bad = R"(resource_attributes:
  deployment.environment: production
)",
      .good = R"(resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
