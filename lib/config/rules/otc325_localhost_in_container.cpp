// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_own_host(const std::string& host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.") ||
         host.ends_with(".localhost");
}

void check(const Subject& subject, Reporter& report) {
  if (!subject.variables->is_alone()) {
    return;
  }
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (endpoint && is_own_host(endpoint->host)) {
      report.add(exporter.endpoint.place, fmt::format("{} is the container itself", endpoint->host),
                 subject.kind == Kind::compose
                     ? "write the name of the collector's service"
                     : "write the name of the collector's Service, or use "
                       "a sidecar");
    }
  }
}

}  // namespace

Rule otc325_localhost_in_container() {
  return {
      .code = "OTC325",
      .name = "localhost-in-container",
      .severity = Severity::warning,
      .summary = "A container sends to itself",
      .rationale =
          "In a container localhost is the container: no collector listens there unless it runs "
          "in the same one, or in the same pod.",
      .bad = R"(services:
  api:
    image: api
    environment:
      OTEL_EXPORTER_OTLP_ENDPOINT: http://localhost:4317
      OTEL_EXPORTER_OTLP_PROTOCOL: grpc
)",
      .good = R"(services:
  api:
    image: api
    environment:
      OTEL_EXPORTER_OTLP_ENDPOINT: http://collector:4317
      OTEL_EXPORTER_OTLP_PROTOCOL: grpc
)",
      .check = check,
      .kinds = {Kind::compose, Kind::kubernetes},
  };
}

}  // namespace otelctl::config
