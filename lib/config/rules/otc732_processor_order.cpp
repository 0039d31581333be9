// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check_pipeline(const collector::Collector& model, const collector::Pipeline& pipeline,
                    Reporter& report) {
  const auto& items = pipeline.processors.items;
  const auto type_of = [&](std::size_t index) -> std::string_view {
    const auto* const found = model.find(collector::Section::processors, items[index].id);
    return found == nullptr ? std::string_view() : std::string_view(found->type);
  };
  bool has_reported_batch = false;
  for (std::size_t index = 0; index < items.size(); ++index) {
    const std::string_view type = type_of(index);
    if (type == "memory_limiter" && index > 0 && type_of(index - 1) != "memory_limiter") {
      report.add(items[index].place,
                 fmt::format("memory_limiter stands behind {} in pipeline {}",
                             shown(items[index - 1].id), shown(pipeline.id)),
                 "make it the first processor");
    }
    if (type == "batch" && index + 1 < items.size() && !has_reported_batch &&
        type_of(index + 1) != "batch" && type_of(index + 1) != "memory_limiter") {
      has_reported_batch = true;
      report.add(items[index].place,
                 fmt::format("batch stands before {} in pipeline {}", shown(items[index + 1].id),
                             shown(pipeline.id)),
                 "make it the last processor");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const collector::Pipeline& pipeline : subject.collector->pipelines) {
    check_pipeline(*subject.collector, pipeline, report);
  }
}

}  // namespace

Rule otc732_processor_order() {
  return {
      .code = "OTC732",
      .name = "processor-order",
      .severity = Severity::warning,
      .summary = "The processors of a pipeline are in an order that does not work well",
      .rationale =
          "memory_limiter has to come first, so that it refuses data before memory is spent on "
          "it; batch comes last, behind what drops or changes data (Collector documentation, "
          "recommended processors).",
      .bad = R"(processors: [batch, resource]
)",
      .good = R"(processors: [resource, batch]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
