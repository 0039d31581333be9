// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/collector/collector.hpp"
#include "config/collector/listeners.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const collector::Listener& listener : collector::listeners_of(*subject.collector)) {
    const bool is_everywhere =
        listener.host.empty() || listener.host == "0.0.0.0" || listener.host == "::";
    // What an exporter offers is read from other hosts as a rule.
    const bool is_read = listener.section == collector::Section::exporters;
    if (listener.flaw.empty() && listener.is_given && is_everywhere && !is_read) {
      report.add(listener.place,
                 fmt::format("{} listens on every address", escape_for_terminal(listener.owner)),
                 "right in a container; elsewhere write localhost");
    }
  }
}

}  // namespace

Rule otc750_listens_everywhere() {
  return {
      .code = "OTC750",
      .name = "listens-everywhere",
      .severity = Severity::info,
      .summary = "A server listens on every address of the machine",
      .rationale =
          "Inside a container it has to, as localhost is the container itself; elsewhere "
          "everybody who reaches the machine can send. The default is localhost since 0.104.0.",
      .bad = R"(grpc:
  endpoint: 0.0.0.0:4317
)",
      .good = R"(grpc:
  endpoint: localhost:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
