// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/cycles.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

using collector::Section;

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Cycle& cycle : collector::find_cycles(model)) {
    std::vector<std::string> names;
    for (const std::size_t pipeline : cycle.pipelines) {
      names.push_back(model.pipelines[pipeline].id);
    }
    constexpr std::size_t k_most_shown = 6;
    const bool is_long = names.size() > k_most_shown;
    names.resize(std::min(names.size(), k_most_shown));
    names.push_back(is_long ? "..." : names.front());
    report.add(
        cycle.place,
        fmt::format("data goes round in a circle: {}", escape_for_terminal(join(names, " -> "))),
        "take the connector out of the receivers or the exporters of one of them");
  }
}

}  // namespace

Rule otc709_pipeline_cycle() {
  return {
      .code = "OTC709",
      .name = "pipeline-cycle",
      .severity = Severity::error,
      .summary = "Connectors lead data back into a pipeline that it came through",
      .rationale = "What enters such a circle never leaves it; the Collector refuses it.",
      .bad = R"(traces:
  receivers: [otlp, forward]
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
