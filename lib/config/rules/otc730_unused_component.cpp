// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  // Without pipelines nothing is used, and that is said elsewhere.
  if (!model.has_complete_references() || model.pipelines.empty()) {
    return;
  }
  for (const collector::Section section : collector::k_sections) {
    const bool is_extension = section == collector::Section::extensions;
    for (const collector::Component& component : model.list(section).items) {
      if (!component.is_used()) {
        report.add(component.place,
                   fmt::format("the {} {} is configured but not used", singular_of(section),
                               shown(component.id)),
                   is_extension ? "name it in service.extensions, or remove it"
                                : "name it in a pipeline, or remove it");
      }
    }
  }
}

}  // namespace

Rule otc730_unused_component() {
  return {
      .code = "OTC730",
      .name = "unused-component",
      .severity = Severity::warning,
      .summary = "A component is configured and nothing uses it",
      .rationale =
          "The Collector says nothing about it: a receiver that no pipeline names does not "
          "listen, an extension that service.extensions does not name is off.",
      .bad = R"(processors:
  batch:
service:
  pipelines:
    traces:
      processors: []
)",
      .good = R"(processors:
  batch:
service:
  pipelines:
    traces:
      processors: [batch]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
