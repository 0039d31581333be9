// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/headers.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    if (!endpoint || endpoint->is_tls || endpoint->is_near()) {
      continue;
    }
    // Whether the variables behind them are set does not matter.
    const auto credential =
        std::find_if(exporter.headers.begin(), exporter.headers.end(), is_credential);
    if (credential != exporter.headers.end()) {
      report.add(
          exporter.endpoint.place,
          fmt::format("header '{}' is sent to {} in clear text",
                      escape_for_terminal(credential->name), escape_for_terminal(endpoint->host)),
          "use https://");
    }
  }
}

}  // namespace

Rule otc312_clear_text_credentials() {
  return {
      .code = "OTC312",
      .name = "clear-text-credentials",
      .severity = Severity::warning,
      .summary = "Credentials go over http:// to another network",
      .rationale = "Everybody on the way can read the headers and use them.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://otlp.example.com:4317"
    headers:
      api-key: "${API_KEY:-none}"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "https://otlp.example.com:4317"
    headers:
      api-key: "${API_KEY:-none}"
)",
      .check = check,
      .kinds = Kinds::all(),
  };
}

}  // namespace otelctl::config
