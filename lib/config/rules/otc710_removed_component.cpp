// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "config/collector/changes.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Section section : collector::k_sections) {
    for (const collector::Component& component : model.list(section).items) {
      if (const auto* const removal =
              collector::removal_of(section, component.type, model.version)) {
        report.add(component.place,
                   fmt::format("the {} '{}' was removed in {}", singular_of(section),
                               removal->old_type, removal->since.text()),
                   std::string(removal->help));
      }
    }
  }
}

}  // namespace

Rule otc710_removed_component() {
  return {
      .code = "OTC710",
      .name = "removed-component",
      .severity = Severity::error,
      .summary = "The Collector does not have this component any more",
      .rationale =
          "A Collector that has no such component refuses the whole file as an unknown type. "
          "--collector-version says which Collector shall read it.",
      .bad = R"(exporters:
  logging:
    loglevel: debug
)",
      .good = R"(exporters:
  debug:
    verbosity: detailed
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
