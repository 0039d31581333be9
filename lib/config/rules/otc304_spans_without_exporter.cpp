// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/exporters.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto exporters = enabled_exporters(section);
  if (section.flag(Key::enabled) == true && section.flag(Key::tracing_enabled) == true &&
      exporters && exporters->prometheus && !exporters->for_spans()) {
    report.add(section.place(Key::tracing_enabled),
               "spans have no exporter: prometheus carries metrics only",
               "enable exporters.otlp, or write tracing.enabled: false");
  }
}

}  // namespace

Rule otc304_spans_without_exporter() {
  return {
      .code = "OTC304",
      .name = "spans-without-exporter",
      .severity = Severity::error,
      .summary = "Tracing is enabled and only Prometheus exports",
      .rationale = "Prometheus carries metrics only, so every span is recorded and dropped.",
      .bad = R"(enabled: true
exporters:
  prometheus:
    enabled: true
)",
      .good = R"(enabled: true
exporters:
  otlp:
    enabled: true
  prometheus:
    enabled: true
)",
      .check = check,
  };
}

}  // namespace otelctl::config
