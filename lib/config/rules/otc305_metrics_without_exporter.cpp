// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/exporters.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto exporters = enabled_exporters(section);
  if (section.flag(Key::enabled) == true && section.flag(Key::metrics_enabled) == true &&
      exporters && exporters->jaeger && !exporters->for_metrics()) {
    report.add(section.place(Key::metrics_enabled),
               "metrics have no exporter: jaeger carries traces only",
               "enable exporters.otlp or exporters.prometheus, or write metrics.enabled: false");
  }
}

}  // namespace

Rule otc305_metrics_without_exporter() {
  return {
      .code = "OTC305",
      .name = "metrics-without-exporter",
      .severity = Severity::warning,
      .summary = "Metrics are enabled and only Jaeger exports",
      .rationale = "Jaeger takes traces only, so every metric is recorded and dropped.",
      .bad = R"(enabled: true
exporters:
  jaeger:
    enabled: true
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
