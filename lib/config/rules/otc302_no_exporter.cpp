// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/exporters.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const auto exporters = enabled_exporters(*subject.section);
  if (subject.section->flag(Key::enabled) == true && exporters && !exporters->any()) {
    report.add(subject.section->place(Key::exporters),
               "telemetry is enabled and nothing will be exported", "enable exporters.otlp");
  }
}

}  // namespace

Rule otc302_no_exporter() {
  return {
      .code = "OTC302",
      .name = "no-exporter",
      .severity = Severity::error,
      .summary = "Telemetry is enabled and no exporter is",
      .rationale = "The SDK records everything and throws it away: the cost without the use.",
      .bad = R"(enabled: true
exporters: {}
)",
      .good = R"(enabled: true
exporters:
  otlp:
    enabled: true
)",
      .check = check,
  };
}

}  // namespace otelctl::config
