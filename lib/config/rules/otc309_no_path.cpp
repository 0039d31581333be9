// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_used_as_it_is(Surface surface) {
  return surface != Surface::general_variable && surface != Surface::collector;
}

std::string_view path_of(std::optional<Signal> signal) {
  return signal == Signal::metrics ? "/v1/metrics"
         : signal == Signal::logs  ? "/v1/logs"
                                   : "/v1/traces";
}

// Puts the path behind the endpoint where it is written out as it is.
std::vector<Edit> edits_for(const Subject& subject, const OtlpExporter& exporter) {
  const Item& endpoint = exporter.endpoint;
  const std::string_view source = subject.parsed.document.source();
  const std::string_view written =
      source.substr(endpoint.place.begin, endpoint.place.end - endpoint.place.begin);
  const std::size_t at = written.find(endpoint.text);
  const bool is_whole =
      at != std::string_view::npos && written.size() - endpoint.text.size() == 2 * at;
  if (!is_whole || at > 1 || endpoint.text.empty()) {
    return {};
  }
  const std::size_t slash = endpoint.text.ends_with('/') ? 1 : 0;
  const std::size_t end = endpoint.place.begin + at + endpoint.text.size();
  return {{end - slash, end, std::string(path_of(exporter.signal))}};
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
                 fmt::format("add {}, or use port 4317 for gRPC", path_of(exporter.signal)),
                 edits_for(subject, exporter));
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
          "The section's endpoint goes to the exporter's constructor, and the endpoint of one "
          "signal is used as it is: nothing is appended, requests go to '/', where a collector "
          "answers 404.",
      .bad = R"(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
)",
      .good = R"(OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces
OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf
)",
      .check = check,
      .kinds = Kinds::all(),
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
