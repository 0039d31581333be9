// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Component& connector : model.list(collector::Section::connectors).items) {
    for (const collector::Section section :
         {collector::Section::receivers, collector::Section::exporters}) {
      if (model.list(section).find(connector.id) != nullptr) {
        report.add(connector.place,
                   fmt::format("the connector {0} has the name of {1} {2}", shown(connector.id),
                               section == collector::Section::receivers ? "a" : "an",
                               singular_of(section)),
                   fmt::format("rename one of them, such as {}/connector",
                               escape_for_terminal(connector.id)));
      }
    }
  }
}

}  // namespace

Rule otc708_ambiguous_connector() {
  return {
      .code = "OTC708",
      .name = "ambiguous-connector",
      .severity = Severity::error,
      .summary = "A connector has the name of a receiver or an exporter",
      .rationale =
          "In a pipeline the name could then mean either, and the Collector refuses to choose.",
      .bad = R"(connectors:
  forward:
exporters:
  forward:
)",
      .good = R"(connectors:
  forward:
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
