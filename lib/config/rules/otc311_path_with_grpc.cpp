// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    const bool is_other_rules =
        exporter.wire == Wire::unknown && endpoint && endpoint->ends_in_signal_path();
    if (endpoint && speaks_grpc(exporter, *endpoint) && !endpoint->path.empty() &&
        !is_other_rules) {
      report.add(
          exporter.endpoint.place,
          fmt::format("the path {} has no meaning over gRPC", escape_for_terminal(endpoint->path)),
          "remove the path, or use port 4318 for HTTP");
    }
  }
}

}  // namespace

Rule otc311_path_with_grpc() {
  return {
      .code = "OTC311",
      .name = "path-with-grpc",
      .severity = Severity::warning,
      .summary = "An endpoint for gRPC has a path",
      .rationale = "gRPC knows host and port only and ignores the path.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317/otlp"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317"
)",
      .check = check,
      // Collector files: otelcol takes it, so OTC7xx warns or says why it does not.
      .kinds = {Kind::telemetry, Kind::env, Kind::compose, Kind::kubernetes, Kind::sdk},
  };
}

}  // namespace otelctl::config
