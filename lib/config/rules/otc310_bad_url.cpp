// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    // A variable that is empty is not set; a Collector's endpoint is no URL over gRPC.
    if (!exporter.has_endpoint || !exporter.endpoint.is_readable ||
        exporter.surface == Surface::collector) {
      continue;
    }
    const Place& place = exporter.endpoint.place;
    const std::string& name = exporter.endpoint.name;
    if (exporter.endpoint.text.empty()) {
      report.add(place, fmt::format("{} is empty", name), "write http://HOST:4317, or remove it");
      continue;
    }
    const auto endpoint = read_endpoint(exporter.endpoint.text);
    if (!endpoint) {
      report.add(place, endpoint.error().message, endpoint.error().hint);
    } else if (endpoint->has_userinfo) {
      report.add(
          place,
          fmt::format("{}: the URL holds a user or a password, which exporters do not send", name),
          "put credentials into headers");
    } else if (endpoint->has_query || endpoint->has_fragment) {
      report.add(place, fmt::format("{}: the URL holds a query or a fragment", name),
                 "remove it from the URL");
    }
  }
}

}  // namespace

Rule otc310_bad_url() {
  return {
      .code = "OTC310",
      .name = "bad-url",
      .severity = Severity::error,
      .summary = "The endpoint is not an http or https URL",
      .rationale =
          "Without a scheme gRPC exporters turn TLS on and HTTP exporters fail; user names, "
          "queries and fragments are dropped or sent where nobody wants them; a bad port "
          "fails only at the first export.",
      .bad = R"(exporters:
  otlp:
    endpoint: "localhost:4317"
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
