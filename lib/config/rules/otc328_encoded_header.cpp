// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

bool is_decoded(Surface surface) {
  return surface == Surface::general_variable || surface == Surface::signal_variable;
}

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    for (const Item& header : exporter.headers) {
      if (!is_decoded(exporter.surface) && header.is_readable &&
          header.text.find("%20") != std::string::npos) {
        report.add(header.place,
                   fmt::format("header '{}' holds %20, which is not decoded in a file",
                               escape_for_terminal(header.name)),
                   "write a space");
      }
    }
  }
}

}  // namespace

Rule otc328_encoded_header() {
  return {
      .code = "OTC328",
      .name = "encoded-header",
      .severity = Severity::warning,
      .summary = "A header's value is percent-encoded",
      .rationale =
          "Only OTEL_EXPORTER_OTLP_HEADERS is decoded; from a file the text is sent as it "
          "is, and 'Bearer%20...' is no credential.",
      .bad = R"(exporters:
  otlp:
    headers:
      x-team: "a%20b"
)",
      .good = R"(exporters:
  otlp:
    headers:
      x-team: "a b"
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
