// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (endpoint && !endpoint->looks_like_grpc() && endpoint->ends_in_signal_path()) {
      report.add(
          exporter.endpoint.place,
          fmt::format("the endpoint is used as it is in this section, for {} only", endpoint->path),
          "right here; in OTEL_EXPORTER_OTLP_ENDPOINT leave the path out, as SDKs append it");
    }
  }
}

}  // namespace

Rule otc339_section_signal_path() {
  return {
      .code = "OTC339",
      .name = "section-signal-path",
      .severity = Severity::info,
      .summary = "The section's endpoint ends in the path of one signal",
      .rationale =
          "An application that hands the section to the exporter's constructor uses the URL "
          "as it is, so the path is right here. OTEL_EXPORTER_OTLP_ENDPOINT is a base to "
          "which SDKs append the path: the same text there sends to /v1/traces/v1/traces.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://localhost:4318/v1/traces"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317"
)",
      .check = check,
  };
}

}  // namespace otelctl::config
