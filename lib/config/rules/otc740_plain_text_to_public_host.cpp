// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "config/collector/collector.hpp"
#include "config/collector/go_url.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const collector::Collector& model = *subject.collector;
  for (const collector::Component* const exporter : model.of_types(
           collector::Section::exporters, {"otlp_grpc", "otlp", "otlp_http", "otlphttp"})) {
    const auto text = exporter->settings.text("endpoint");
    const bool is_http = exporter->type == "otlp_http" || exporter->type == "otlphttp";
    if (!text) {
      continue;
    }
    const std::string_view scheme = collector::http_scheme(*text);
    const auto endpoint = read_endpoint(scheme.empty() ? "http://" + *text : *text);
    const bool is_plain =
        is_http ? scheme == "http"
                : exporter->settings.flag("tls.insecure").value_or(false) && scheme != "https";
    if (endpoint && is_plain && !endpoint->is_near()) {
      report.add(is_http ? exporter->settings.place("endpoint", exporter->place)
                         : exporter->settings.place("tls.insecure", exporter->place),
                 fmt::format("the exporter sends to {} without TLS", shown(endpoint->host)),
                 is_http ? "write https://" : "remove tls.insecure");
    }
  }
}

}  // namespace

Rule otc740_plain_text_to_public_host() {
  return {
      .code = "OTC740",
      .name = "plain-text-to-public-host",
      .severity = Severity::warning,
      .summary = "An exporter sends to a public host without TLS",
      .rationale =
          "Everybody on the way can read and change the telemetry. Names of one word, private "
          "addresses and .local, .internal, .svc count as near.",
      .bad = R"(otlp_grpc:
  endpoint: backend.example.com:4317
  tls: {insecure: true}
)",
      .good = R"(otlp_grpc:
  endpoint: backend.example.com:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
