// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <vector>

#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (!endpoint || exporter.surface != Surface::general_variable ||
        !endpoint->ends_in_signal_path() || speaks_grpc(exporter, *endpoint)) {
      continue;
    }
    const std::string path = endpoint->path.substr(endpoint->path.rfind("/v1/"));
    const std::string& text = exporter.endpoint.text;
    const bool is_at_end = exporter.endpoint.text_begin && text.ends_with(path);
    const std::size_t begin = exporter.endpoint.text_begin.value_or(0) + text.size();
    report.add(
        exporter.endpoint.place,
        fmt::format("SDKs append the signal's path: requests go to {0}{0}", path),
        fmt::format("drop {}, or set OTEL_EXPORTER_OTLP_{}_ENDPOINT", path,
                    path == "/v1/traces"    ? "TRACES"
                    : path == "/v1/metrics" ? "METRICS"
                                            : "LOGS"),
        is_at_end ? std::vector<Edit>{{begin - path.size(), begin, ""}} : std::vector<Edit>());
  }
}

}  // namespace

Rule otc308_signal_path_in_base() {
  return {
      .code = "OTC308",
      .name = "signal-path-in-base",
      .severity = Severity::error,
      .summary = "The base endpoint ends in the path of one signal",
      .rationale =
          "SDKs append v1/traces, v1/metrics and v1/logs to OTEL_EXPORTER_OTLP_ENDPOINT: "
          "requests go to /v1/traces/v1/traces, and the answer is 404.",
      .bad = R"(OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318/v1/traces
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
)",
      .good = R"(OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
)",
      .check = check,
      .kinds = k_variable_kinds,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
