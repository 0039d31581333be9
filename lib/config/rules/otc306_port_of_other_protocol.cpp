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
    if (!endpoint) {
      continue;
    }
    const bool has_http_path = endpoint->ends_in_signal_path();
    if (endpoint->port == 4317 && exporter.wire == Wire::http) {
      report.add(exporter.endpoint.place,
                 "4317 is the port of OTLP over gRPC, and the protocol is HTTP",
                 "use port 4318, or the protocol grpc");
    } else if (endpoint->port == 4318 && exporter.wire == Wire::grpc) {
      report.add(exporter.endpoint.place,
                 "4318 is the port of OTLP over HTTP, and the protocol is gRPC",
                 "use port 4317, or the protocol http/protobuf");
    } else if (endpoint->port == 4317 && has_http_path) {
      report.add(exporter.endpoint.place,
                 fmt::format("4317 is the port of OTLP over gRPC, the path {} is of OTLP over HTTP",
                             endpoint->path),
                 "use port 4318 with the path, or 4317 without it");
    }
  }
}

}  // namespace

Rule otc306_port_of_other_protocol() {
  return {
      .code = "OTC306",
      .name = "port-of-other-protocol",
      .severity = Severity::error,
      .summary = "The endpoint has the port of one protocol and the path of the other",
      .rationale =
          "4317 is OTLP over gRPC and 4318 OTLP over HTTP; a collector answers the wrong "
          "one with a closed connection or a protocol error.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317/v1/traces"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4318/v1/traces"
)",
      .check = check,
      // Collector files: otelcol takes it, so OTC7xx warns or says why it does not.
      .kinds = {Kind::telemetry, Kind::env, Kind::compose, Kind::kubernetes, Kind::sdk},
  };
}

}  // namespace otelctl::config
