// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::Section;

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Component* const each : model.of_types(Section::exporters, {"debug"})) {
    if (each->is_used() && to_lower(each->settings.text("verbosity").value_or("")) == "detailed") {
      report.add(each->settings.place("verbosity", each->place),
                 "the debug exporter writes every record whole into the log",
                 "write basic or normal once you have seen enough");
    }
  }
  for (const collector::Pipeline& pipeline : model.pipelines) {
    const auto& exporters = pipeline.exporters.items;
    const bool is_debug_only =
        !exporters.empty() && pipeline.exporters.is_complete &&
        std::all_of(exporters.begin(), exporters.end(), [&](const collector::Reference& each) {
          const auto* const exporter = model.list(Section::exporters).find(each.id);
          return exporter != nullptr && exporter->type == "debug";
        });
    if (is_debug_only) {
      report.add(exporters.front().place,
                 fmt::format("pipeline {} exports to the log only", shown(pipeline.id)),
                 "add the exporter of your backend");
    }
  }
}

}  // namespace

Rule otc745_debug_exporter() {
  return {
      .code = "OTC745",
      .name = "debug-exporter",
      .severity = Severity::warning,
      .summary = "The debug exporter is all there is, or it writes everything",
      .rationale =
          "It prints to the log of the Collector: alone it keeps nothing, and with verbosity "
          "detailed it writes every attribute of every record.",
      .bad = R"(pipelines:
  traces:
    exporters: [debug]
)",
      .good = R"(pipelines:
  traces:
    exporters: [otlp_grpc, debug]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
