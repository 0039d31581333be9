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

void check_list(const collector::ReferenceList& list, Reporter& report) {
  std::unordered_set<std::string_view> seen;
  for (const collector::Reference& reference : list.items) {
    if (!seen.insert(reference.id).second) {
      report.add(reference.place, fmt::format("{} is named twice", shown(reference.id)),
                 "remove one of them");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const collector::Pipeline& pipeline : subject.collector->pipelines) {
    check_list(pipeline.receivers, report);
    check_list(pipeline.exporters, report);
  }
  check_list(subject.collector->extensions, report);
}

}  // namespace

Rule otc747_repeated_reference() {
  return {
      .code = "OTC747",
      .name = "repeated-reference",
      .severity = Severity::warning,
      .summary = "A list names a component twice",
      .rationale =
          "The Collector takes the second for the first: it has no effect, and was probably meant "
          "to be another.",
      .bad = R"(exporters: [otlp_grpc, otlp_grpc]
)",
      .good = R"(exporters: [otlp_grpc, otlp_grpc/2]
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
