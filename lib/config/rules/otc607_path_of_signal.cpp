// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"
#include "config/url_edits.hpp"

namespace otelctl::config {
namespace {

void check_exporter(const Subject& subject, const OtlpExporter& exporter, Reporter& report) {
  const auto endpoint = endpoint_of(exporter);
  // Without any path that is OTC309's.
  if (exporter.wire != Wire::http || !exporter.signal || !endpoint || endpoint->path.empty()) {
    return;
  }
  const std::string wanted = fmt::format("/v1/{}", name_of(*exporter.signal));
  if (endpoint->path.ends_with(wanted)) {
    return;
  }
  const std::string help = fmt::format("the whole URL is wanted here: end it in {}", wanted);
  if (endpoint->ends_in_signal_path()) {
    report.add(exporter.endpoint.place,
               fmt::format("the path {} is of another signal than {}", endpoint->path,
                           name_of(*exporter.signal)),
               help);
  } else {
    report.add(
        exporter.endpoint.place,
        fmt::format("nothing is appended to the endpoint: requests go to {}", endpoint->path), help,
        appended_path(subject.parsed.document, exporter.endpoint, wanted));
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    check_exporter(subject, exporter, report);
  }
}

}  // namespace

Rule otc607_path_of_signal() {
  return {
      .code = "OTC607",
      .name = "path-of-signal",
      .severity = Severity::warning,
      .summary = "The path of an otlp_http endpoint is not that of its signal",
      .rationale =
          "In this file the endpoint of otlp_http is the whole URL: nothing is appended, unlike to "
          "OTEL_EXPORTER_OTLP_ENDPOINT. Without /v1/traces, /v1/metrics or /v1/logs at its end the "
          "data reach no receiver, or that of another signal.",
      .bad = R"(file_format: "1.1"
meter_provider:
  readers:
    - periodic:
        exporter:
          otlp_http:
            endpoint: https://collector.example.com/otlp
)",
      .good = R"(file_format: "1.1"
meter_provider:
  readers:
    - periodic:
        exporter:
          otlp_http:
            endpoint: https://collector.example.com/otlp/v1/metrics
)",
      .check = check,
      .kinds = {Kind::sdk},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
