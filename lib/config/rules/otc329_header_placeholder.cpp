// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/placeholder.hpp"
#include "base/text.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    for (const Item& header : exporter.headers) {
      const std::string name = escape_for_terminal(header.name);
      if (!header.is_readable || exporter.surface == Surface::collector) {
        continue;
      }
      if (trim(header.text).empty()) {
        report.add(header.place, fmt::format("header '{}' is empty", name),
                   "give it a value, or remove it");
      } else if (is_placeholder(header.text)) {
        report.add(header.place, fmt::format("placeholder left in header '{}'", name),
                   subject.kind == Kind::env ? "write the real value"
                                             : "put the value into a variable and write ${NAME}");
      }
    }
  }
}

}  // namespace

Rule otc329_header_placeholder() {
  return {
      .code = "OTC329",
      .name = "header-placeholder",
      .severity = Severity::error,
      .summary = "A header's value is empty or a placeholder",
      .rationale =
          "The backend answers 401 or 403, and the exporter reports it only in its own log.",
      .bad = R"(exporters:
  otlp:
    headers:
      api-key: YOUR_API_KEY
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
