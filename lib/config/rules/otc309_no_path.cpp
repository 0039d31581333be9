// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_used_as_it_is(Surface surface) {
  return surface != Surface::general_variable && surface != Surface::collector;
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (!endpoint || !is_used_as_it_is(exporter.surface) || !endpoint->path.empty()) {
      continue;
    }
    const bool is_http =
        exporter.wire == Wire::http || (exporter.wire == Wire::unknown && endpoint->port == 4318);
    if (is_http && exporter.has_endpoint) {
      report.add(exporter.endpoint.place,
                 endpoint->port == 4318
                     ? "4318 is OTLP over HTTP, and the endpoint is used as it is: requests go to /"
                     : "the endpoint is used as it is: requests go to /",
                 "add /v1/traces, or use port 4317 for gRPC");
    }
  }
}

}  // namespace

Rule otc309_no_path() {
  return {
      .code = "OTC309",
      .name = "no-path",
      .severity = Severity::warning,
      .summary = "An endpoint for HTTP has no path",
      .rationale =
          "The section's endpoint goes to the exporter's constructor, which appends "
          "nothing: requests go to '/', where a collector answers 404.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://localhost:4318"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4318/v1/traces"
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
