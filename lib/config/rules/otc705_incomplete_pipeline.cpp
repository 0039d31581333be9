// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Pipeline& pipeline : subject.collector->pipelines) {
    const auto look_at = [&](const collector::ReferenceList& list, std::string_view what) {
      if (list.items.empty() && list.is_complete) {
        report.add(list.place, fmt::format("pipeline {} has no {}", shown(pipeline.id), what),
                   fmt::format("name at least one under {}s, or remove the pipeline", what));
      }
    };
    look_at(pipeline.receivers, "receiver");
    look_at(pipeline.exporters, "exporter");
  }
}

}  // namespace

Rule otc705_incomplete_pipeline() {
  return {
      .code = "OTC705",
      .name = "incomplete-pipeline",
      .severity = Severity::error,
      .summary = "A pipeline has no receiver or no exporter",
      .rationale =
          "The Collector refuses a pipeline into which nothing comes or out of which nothing "
          "goes.",
      .bad = R"(pipelines:
  traces:
    receivers: [otlp]
    exporters: []
)",
      .good = R"(pipelines:
  traces:
    receivers: [otlp]
    exporters: [debug]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
