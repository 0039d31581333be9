// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "config/collector/changes.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

std::string words_of(unsigned signals) {
  std::string words;
  for (const collector::PipelineSignal signal : collector::k_pipeline_signals) {
    if ((signals & static_cast<unsigned>(signal)) != 0) {
      words += fmt::format("{}{}", words.empty() ? "" : " and ", name_of(signal));
    }
  }
  return words;
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Pipeline& pipeline : model.pipelines) {
    for (const collector::Pipeline::Role& role : pipeline.roles()) {
      for (const collector::Reference& reference : role.list->items) {
        const collector::Component* const component = model.list(role.section).find(reference.id);
        if (component == nullptr || !pipeline.signal) {
          continue;
        }
        const auto signals = collector::signals_of(role.section, component->type);
        if (signals && (*signals & static_cast<unsigned>(*pipeline.signal)) == 0) {
          report.add(reference.place,
                     fmt::format("the {} '{}' does not do {}", singular_of(role.section),
                                 component->type, name_of(*pipeline.signal)),
                     fmt::format("it is for {}: move it to such a pipeline", words_of(*signals)));
        }
      }
    }
  }
}

}  // namespace

Rule otc712_unsupported_signal() {
  return {
      .code = "OTC712",
      .name = "unsupported-signal",
      .severity = Severity::error,
      .summary = "A component does not take part in the signal of the pipeline",
      .rationale =
          "Many components are for one signal: prometheus for metrics, file_log for logs, "
          "tail_sampling for traces. The Collector refuses them in pipelines of others.",
      .bad = R"(metrics:
  processors: [tail_sampling]
)",
      .good = R"(traces:
  processors: [tail_sampling]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
