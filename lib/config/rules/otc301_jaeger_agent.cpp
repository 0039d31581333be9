// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  if (section.flag(Key::jaeger_enabled) != true) {
    return;
  }
  report.add(section.place(Key::jaeger_enabled),
             "the Jaeger agent exporter no longer exists in OpenTelemetry SDKs (Python removed it "
             "in 1.22.0)",
             fmt::format("disable it and enable exporters.otlp with endpoint http://{}:4317: "
                         "Jaeger takes OTLP",
                         section.text(Key::agent_host).value_or("localhost")));
}

}  // namespace

Rule otc301_jaeger_agent() {
  return {
      .code = "OTC301",
      .name = "jaeger-agent-exporter",
      .severity = Severity::error,
      .summary = "The Jaeger agent exporter is enabled",
      .rationale =
          "OpenTelemetry SDKs no longer have it: the specification removed it in 1.32.0, "
          "Python in 1.22.0 (December 2023). Jaeger takes OTLP on port 4317 now.",
      .bad = R"(exporters:
  jaeger:
    enabled: true
)",
      .good = R"(exporters:
  otlp:
    enabled: true
    endpoint: "http://localhost:4317"
)",
      .check = check,
  };
}

}  // namespace otelctl::config
