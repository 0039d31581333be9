// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

using collector::Section;

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const Section section : {Section::receivers, Section::exporters}) {
    const collector::ComponentList& list = model.list(section);
    if (list.items.empty() && list.is_complete && !list.has_flawed_names) {
      report.add(fmt::format("no {} are configured", name_of(section)),
                 fmt::format("add {}: with at least one", name_of(section)));
    }
  }
  if (!model.pipelines.empty() || !model.has_complete_pipelines) {
    return;
  }
  const std::string help = "write service.pipelines.traces with receivers and exporters";
  if (model.service_place) {
    report.add(*model.service_place, "service has no pipelines", help);
  } else {
    report.add("the file has no service, and so no pipelines", help);
  }
}

}  // namespace

Rule otc701_missing_part() {
  return {
      .code = "OTC701",
      .name = "missing-collector-part",
      .severity = Severity::error,
      .summary = "The file has no receivers, exporters or pipelines",
      .rationale =
          "The Collector refuses to start without at least one receiver, one exporter and one "
          "pipeline (unless its gate service.AllowNoPipelines is on).",
      .bad = R"(receivers:
  otlp:
    protocols: {grpc: }
)",
      .good = R"(receivers:
  otlp:
    protocols: {grpc: }
exporters:
  debug:
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
