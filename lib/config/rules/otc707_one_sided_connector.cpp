// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "config/collector/changes.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

using collector::PipelineSignal;
using collector::Section;

struct Use {
  const collector::Pipeline* pipeline;
  const collector::Reference* reference;
};

struct Sides {
  std::vector<Use> as_exporter;
  std::vector<Use> as_receiver;
};

unsigned signals_of(const std::vector<Use>& uses) {
  unsigned signals = 0;
  for (const Use& use : uses) {
    signals |= use.pipeline->signal ? static_cast<unsigned>(*use.pipeline->signal) : 0U;
  }
  return signals;
}

bool has_partner(std::string_view type, PipelineSignal signal, bool is_exporter, unsigned others) {
  return std::any_of(collector::k_pipeline_signals.begin(), collector::k_pipeline_signals.end(),
                     [&](PipelineSignal other) {
                       return (others & static_cast<unsigned>(other)) != 0 &&
                              (is_exporter ? collector::connects(type, signal, other)
                                           : collector::connects(type, other, signal));
                     });
}

void check_side(const std::string& id, std::string_view type, const std::vector<Use>& uses,
                unsigned others, bool is_exporter, Reporter& report) {
  for (const Use& use : uses) {
    if (use.pipeline->signal && !has_partner(type, *use.pipeline->signal, is_exporter, others)) {
      report.add(use.reference->place,
                 fmt::format("connector {} is {} of pipeline {} and no {} of any pipeline that it "
                             "can connect with",
                             shown(id), is_exporter ? "an exporter" : "a receiver",
                             shown(use.pipeline->id), is_exporter ? "receiver" : "exporter"),
                 is_exporter ? "name it under receivers of the pipeline that goes on"
                             : "name it under exporters of the pipeline before");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  if (!model.has_complete_references() || !model.list(Section::connectors).is_complete) {
    return;
  }
  std::unordered_map<std::string_view, Sides> sides;
  for (const collector::Pipeline& pipeline : model.pipelines) {
    for (const collector::Reference& reference : pipeline.exporters.items) {
      if (model.list(Section::exporters).find(reference.id) == nullptr) {
        sides[reference.id].as_exporter.push_back({&pipeline, &reference});
      }
    }
    for (const collector::Reference& reference : pipeline.receivers.items) {
      if (model.list(Section::receivers).find(reference.id) == nullptr) {
        sides[reference.id].as_receiver.push_back({&pipeline, &reference});
      }
    }
  }
  for (const collector::Component& connector : model.list(Section::connectors).items) {
    const auto found = sides.find(connector.id);
    if (found != sides.end()) {
      const auto& [as_exporter, as_receiver] = found->second;
      check_side(connector.id, connector.type, as_exporter, signals_of(as_receiver), true, report);
      check_side(connector.id, connector.type, as_receiver, signals_of(as_exporter), false, report);
    }
  }
}

}  // namespace

Rule otc707_one_sided_connector() {
  return {
      .code = "OTC707",
      .name = "one-sided-connector",
      .severity = Severity::error,
      .summary = "A connector stands on one side of the pipelines only",
      .rationale =
          "A connector is the exporter of one pipeline and the receiver of another, for signals "
          "that it connects: forward and routing keep the signal, span_metrics makes metrics of "
          "spans.",
      .bad = R"(traces/in:
  receivers: [otlp]
  exporters: [forward]
)",
      .good = R"(traces/in:
  receivers: [otlp]
  exporters: [forward]
traces/out:
  receivers: [forward]
  exporters: [debug]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
