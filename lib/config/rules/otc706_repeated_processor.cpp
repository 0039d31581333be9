// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <unordered_set>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Pipeline& pipeline : subject.collector->pipelines) {
    std::unordered_set<std::string_view> seen;
    for (const collector::Reference& reference : pipeline.processors.items) {
      if (!seen.insert(reference.id).second) {
        report.add(reference.place,
                   fmt::format("pipeline {} names the processor {} twice", shown(pipeline.id),
                               shown(reference.id)),
                   "remove one of them, or configure a second one as type/name");
      }
    }
  }
}

}  // namespace

Rule otc706_repeated_processor() {
  return {
      .code = "OTC706",
      .name = "repeated-processor",
      .severity = Severity::error,
      .summary = "A pipeline names a processor twice",
      .rationale = "The Collector refuses it: one processor stands once in a pipeline.",
      .bad = R"(processors: [batch, batch]
)",
      .good = R"(processors: [batch]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
