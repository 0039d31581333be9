// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (!endpoint || exporter.wire != Wire::http || !endpoint->ends_in_signal_path()) {
      continue;
    }
    const std::string& text = exporter.endpoint.text;
    const std::size_t path = text.rfind("/v1/");
    const Place& place = exporter.endpoint.place;
    std::vector<Edit> edits;
    // Only where the value stands in the file as it is, quoted or not.
    const std::size_t quotes = place.end - place.begin - text.size();
    if (!exporter.endpoint.is_from_variable && path != std::string::npos &&
        (quotes == 0 || quotes == 2)) {
      const std::size_t begin = place.begin + quotes / 2 + path;
      edits.push_back({begin, place.end - quotes / 2, ""});
    }
    report.add(place,
               fmt::format("the exporter appends the path of the signal: requests go to {0}{0}",
                           text.substr(std::min(path, text.size()))),
               "drop the path, or write it as traces_endpoint, metrics_endpoint or logs_endpoint",
               std::move(edits));
  }
}

}  // namespace

Rule otc739_signal_path_appended() {
  return {
      .code = "OTC739",
      .name = "signal-path-appended",
      .severity = Severity::warning,
      .summary = "The endpoint of an otlp_http exporter ends in the path of a signal",
      .rationale =
          "The exporter appends /v1/traces, /v1/metrics or /v1/logs to its endpoint: requests "
          "then go to /v1/traces/v1/traces, which no backend has.",
      .bad = R"(otlp_http:
  endpoint: http://backend:4318/v1/traces
)",
      .good = R"(otlp_http:
  endpoint: http://backend:4318
)",
      .check = check,
      .kinds = {Kind::collector},
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
