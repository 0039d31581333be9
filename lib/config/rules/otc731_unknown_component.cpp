// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string>

#include <fmt/format.h>

#include "config/collector/changes.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

constexpr std::size_t k_most_hints = 100;

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  std::size_t hints = 0;
  for (const collector::Section section : collector::k_sections) {
    for (const collector::Component& component : model.list(section).items) {
      if (collector::is_known_type(section, component.type) ||
          collector::removal_of(section, component.type, {}) != nullptr) {
        continue;
      }
      std::string help =
          hints++ < k_most_hints ? collector::nearest_types(section, component.type) : "";
      for (const collector::Section other : collector::k_sections) {
        if (other != section && collector::is_known_type(other, component.type)) {
          help = fmt::format(
              "there is {} {} of this type",
              other == collector::Section::exporters || other == collector::Section::extensions
                  ? "an"
                  : "a",
              singular_of(other));
        }
      }
      report.add(
          component.place,
          fmt::format("no distribution has the {} {}", singular_of(section), shown(component.type)),
          help.empty() ? "check the name, unless your Collector is built with it" : help);
    }
  }
}

}  // namespace

Rule otc731_unknown_component() {
  return {
      .code = "OTC731",
      .name = "unknown-component-type",
      .severity = Severity::warning,
      .summary = "No distribution has a component of this type",
      .rationale =
          "The types are those of otelcol, otelcol-contrib and otelcol-k8s. A Collector of your "
          "own build may have others; any other refuses the file.",
      .bad = R"(exporters:
  otlp_gprc:
)",
      .good = R"(exporters:
  otlp_grpc:
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
