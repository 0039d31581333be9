// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rule.hpp"
#include "config/section/exporters.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const auto exporters = enabled_exporters(*subject.section);
  if (exporters && exporters->otlp && exporters->jaeger && exporters->console) {
    report.add(subject.section->place(Key::exporters),
               "spans are exported three times: by otlp, jaeger and console", "keep otlp");
  }
}

}  // namespace

Rule otc326_exported_twice() {
  return {
      .code = "OTC326",
      .name = "exported-twice",
      .severity = Severity::warning,
      .summary = "Spans go out by several exporters",
      .rationale =
          "Each exporter sends every span: what was meant as a fallback doubles cost and "
          "traces.",
      .bad = R"(exporters:
  otlp:
    enabled: true
  jaeger:
    enabled: true
  console:
    enabled: true
)",
      .good = R"(exporters:
  otlp:
    enabled: true
)",
      .check = check,
  };
}

}  // namespace otelctl::config
