// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>

#include "config/collector/collector.hpp"
#include "config/collector/go_url.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

using collector::Settings;

// A setting of tls that says how to trust or to be trusted.
const collector::Setting* trust_setting(const Settings& settings) {
  for (const std::string_view key : {"tls.ca_file", "tls.ca_pem", "tls.cert_file", "tls.cert_pem",
                                     "tls.insecure_skip_verify", "tls.server_name_override"}) {
    if (settings.is_given(key)) {
      return settings.find(key);
    }
  }
  return nullptr;
}

void check(const Subject& subject, Reporter& report) {
  for (const collector::Component* const exporter : subject.collector->of_types(
           collector::Section::exporters, {"otlp_grpc", "otlp", "otlp_http", "otlphttp"})) {
    const Settings& settings = exporter->settings;
    const std::string_view scheme = collector::http_scheme(settings.text("endpoint").value_or(""));
    const bool is_http = exporter->type == "otlp_http" || exporter->type == "otlphttp";
    const bool is_insecure = settings.flag("tls.insecure").value_or(false);
    const bool is_known = !settings.is_unknown("tls.insecure") && !settings.is_unknown("tls");
    const Place& place = settings.place("endpoint", exporter->place);
    if (is_http) {
      const collector::Setting* const trust = trust_setting(settings);
      if (scheme == "http" && trust != nullptr) {
        report.add(trust->place, "tls has no effect: the endpoint begins with http://",
                   "write https://, or remove tls");
      }
    } else if (scheme == "http" && !is_insecure && is_known) {
      report.add(place, "http:// does not switch TLS off for gRPC: the exporter uses TLS",
                 "add tls.insecure: true, or drop the scheme");
    } else if (scheme == "https" && is_insecure) {
      report.add(settings.place("tls.insecure", place),
                 "tls.insecure has no effect: the endpoint begins with https://",
                 "remove one of them");
    }
  }
}

}  // namespace

Rule otc742_scheme_against_tls() {
  return {
      .code = "OTC742",
      .name = "scheme-against-tls",
      .severity = Severity::warning,
      .summary = "The scheme of an endpoint and its tls settings contradict each other",
      .rationale =
          "otlp_grpc cuts the scheme off and uses TLS unless tls.insecure is true, whatever "
          "http:// says; otlp_http goes by the scheme and leaves tls unread for http:// "
          "(configgrpc and confighttp 0.155.0).",
      .bad = R"(otlp_grpc:
  endpoint: http://backend:4317
)",
      .good = R"(otlp_grpc:
  endpoint: backend:4317
  tls: {insecure: true}
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
