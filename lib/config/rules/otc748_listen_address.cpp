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
    if (!listener.flaw.empty()) {
      report.add(
          listener.place,
          fmt::format("{} cannot listen: {}", escape_for_terminal(listener.owner), listener.flaw),
          "write HOST:PORT, such as localhost:4317");
    }
  }
}

}  // namespace

Rule otc748_listen_address() {
  return {
      .code = "OTC748",
      .name = "listen-address",
      .severity = Severity::warning,
      .summary = "The address that a server shall listen on is not whole",
      .rationale =
          "A server listens on HOST:PORT. The validation of the Collector takes any text; the "
          "start fails.",
      .bad = R"(grpc:
  endpoint: localhost
)",
      .good = R"(grpc:
  endpoint: localhost:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
