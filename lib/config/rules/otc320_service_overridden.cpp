// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const Item& attribute : subject.section->value(Key::resource_attributes).items) {
    const bool is_name = attribute.name == "service.name";
    if (is_name || attribute.name == "service.version") {
      report.add(attribute.place,
                 fmt::format("{} overrides {}", attribute.name,
                             is_name ? "service_name" : "service_version"),
                 "keep one of them");
    }
  }
}

}  // namespace

Rule otc320_service_overridden() {
  return {
      .code = "OTC320",
      .name = "service-overridden",
      .severity = Severity::warning,
      .summary = "A resource attribute overrides the service's name or version",
      .rationale =
          "The application builds the resource from service_name and service_version and "
          "then adds resource_attributes, which win in silence.",
      .bad = R"(service_name: agentmap
resource_attributes:
  service.name: other
)",
      .good = R"(service_name: agentmap
)",
      .check = check,
  };
}

}  // namespace otelctl::config
