// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Pipeline& pipeline : subject.collector->pipelines) {
    if (pipeline.signal == collector::PipelineSignal::profiles) {
      report.add(pipeline.place, "the Collector takes profiles only behind a feature gate",
                 "start it with --feature-gates=service.profilesSupport");
    }
  }
}

}  // namespace

Rule otc746_gated_signal() {
  return {
      .code = "OTC746",
      .name = "gated-signal",
      .severity = Severity::warning,
      .summary = "Pipelines of profiles need a feature gate",
      .rationale =
          "Profiles are in development: the Collector refuses them unless it is started with "
          "--feature-gates=service.profilesSupport.",
      .bad = R"(pipelines:
  profiles:
    receivers: [otlp]
)",
      .good = R"(pipelines:
  traces:
    receivers: [otlp]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
