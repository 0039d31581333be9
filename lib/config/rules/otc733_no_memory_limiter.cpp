// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

using collector::Section;

// What a connector brings was limited before.
bool takes_from_outside(const collector::Collector& model, const collector::Pipeline& pipeline) {
  const auto& receivers = pipeline.receivers.items;
  return std::any_of(receivers.begin(), receivers.end(), [&](const collector::Reference& receiver) {
    return model.list(Section::receivers).find(receiver.id) != nullptr;
  });
}

bool has_limiter(const collector::Collector& model, const collector::Pipeline& pipeline) {
  const auto& processors = pipeline.processors.items;
  return !pipeline.processors.is_complete ||
         std::any_of(processors.begin(), processors.end(),
                     [&](const collector::Reference& reference) {
                       const auto* const found = model.find(Section::processors, reference.id);
                       return found != nullptr && found->type == "memory_limiter";
                     });
}

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  std::vector<std::string> names;
  const collector::Pipeline* first = nullptr;
  for (const collector::Pipeline& pipeline : model.pipelines) {
    if (takes_from_outside(model, pipeline) && !has_limiter(model, pipeline)) {
      first = first == nullptr ? &pipeline : first;
      names.push_back(pipeline.id);
    }
  }
  if (first == nullptr) {
    return;
  }
  constexpr std::size_t k_most_shown = 5;
  const bool is_long = names.size() > k_most_shown;
  names.resize(std::min(names.size(), k_most_shown));
  report.add(first->place,
             fmt::format("no memory_limiter in {}{}", escape_for_terminal(join(names, ", ")),
                         is_long ? ", ..." : ""),
             "add a memory_limiter as the first processor");
}

}  // namespace

Rule otc733_no_memory_limiter() {
  return {
      .code = "OTC733",
      .name = "no-memory-limiter",
      .severity = Severity::warning,
      .summary = "Nothing limits the memory of a pipeline",
      .rationale =
          "Without memory_limiter a burst, or a backend that is down, makes the Collector grow "
          "until it is killed, and what it held is lost.",
      .bad = R"(pipelines:
  traces:
    receivers: [otlp]
    exporters: [otlp_grpc]
)",
      .good = R"(pipelines:
  traces:
    receivers: [otlp]
    processors: [memory_limiter]
    exporters: [otlp_grpc]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
