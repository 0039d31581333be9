// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"
#include "settings/key_values.hpp"

namespace otelctl::config {
namespace {

void check_headers(const OtlpExporter& exporter, Reporter& report) {
  const auto endpoint = endpoint_of(exporter);
  const bool is_http = endpoint ? !speaks_grpc(exporter, *endpoint) : exporter.wire == Wire::http;
  const auto transport = is_http ? net::Transport::http : net::Transport::grpc;
  for (const Item& header : exporter.headers) {
    auto problem = settings::header_problem({header.name, header.text}, transport);
    // Exporters put the names of a variable into lower case themselves.
    const bool is_from_file =
        exporter.surface == Surface::section || exporter.surface == Surface::sdk;
    if (!problem && is_from_file && !is_http && to_lower(header.name) != header.name) {
      problem = "gRPC refuses header names with capital letters";
    }
    if (problem) {
      Place place = header.place;
      place.begin = place.key_begin;
      place.end = place.key_end;
      report.add(place, *problem, "rename or remove the header");
    }
  }
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    if (exporter.surface != Surface::collector) {
      check_headers(exporter, report);
    }
  }
}

}  // namespace

Rule otc327_header_name() {
  return {
      .code = "OTC327",
      .name = "header-name",
      .severity = Severity::error,
      .summary = "A header cannot be sent",
      .rationale =
          "Names must be HTTP tokens (RFC 9110, 5.6.2), over gRPC in lower case and not "
          "'grpc-...'; some headers belong to the transport. gRPC aborts a process on an "
          "illegal one (grpc/grpc#18527).",
      .bad = R"(exporters:
  otlp:
    headers:
      "api key": "${API_KEY:-none}"
)",
      .good = R"(exporters:
  otlp:
    headers:
      api-key: "${API_KEY:-none}"
)",
      .check = check,
      // Collector files: otelcol takes it, so OTC7xx warns or says why it does not.
      .kinds = {Kind::telemetry, Kind::env, Kind::compose, Kind::kubernetes, Kind::sdk},
  };
}

}  // namespace otelctl::config
