// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
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
      if (const auto* const renaming =
              collector::later_name(section, component.type, model.version)) {
        report.add(component.place,
                   fmt::format("the {} '{}' has this name since {}, and the file is for {}",
                               singular_of(section), renaming->new_type, renaming->since.text(),
                               model.version.text()),
                   fmt::format("write '{}'", renaming->old_type));
      }
    }
  }
}

}  // namespace

Rule otc711_component_too_new() {
  return {
      .code = "OTC711",
      .name = "component-too-new",
      .severity = Severity::error,
      .summary = "The Collector does not have this name yet",
      .rationale =
          "otlp_grpc and otlp_http are the names of the exporters otlp and otlphttp since "
          "0.144.0; a Collector before it knows the old ones only. --collector-version says which "
          "Collector shall read the file.",
      .bad = R"(# for 0.120.0
exporters:
  otlp_grpc:
    endpoint: backend:4317
)",
      .good = R"(# for 0.120.0
exporters:
  otlp:
    endpoint: backend:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
