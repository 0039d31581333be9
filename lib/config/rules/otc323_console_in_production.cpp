// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  if (subject.section->flag(Key::console_enabled) == true && subject.is_production()) {
    report.add(subject.section->place(Key::console_enabled),
               "the console exporter is on in production",
               "disable it there: ${CONSOLE_EXPORTER:-false}");
  }
}

}  // namespace

Rule otc323_console_in_production() {
  return {
      .code = "OTC323",
      .name = "console-in-production",
      .severity = Severity::warning,
      .summary = "The console exporter is on in production",
      .rationale =
          "It writes every span to standard output, where it mixes with the logs and slows "
          "the process.",
      .bad = R"(tracing:
  sampler:
    ratio: 0.1
exporters:
  console:
    enabled: true
resource_attributes:
  deployment.environment.name: production
)",
      .good = R"(tracing:
  sampler:
    ratio: 0.1
exporters:
  console:
    enabled: false
resource_attributes:
  deployment.environment.name: production
)",
      .check = check,
  };
}

}  // namespace otelctl::config
