// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/rule.hpp"
#include "config/section/section.hpp"
#include "config/words.hpp"

namespace otelctl::config {
namespace {

struct KnownPort {
  double port;
  std::string_view owner;
};

constexpr std::array<KnownPort, 4> k_known{{
    {4317, "OTLP over gRPC"},
    {4318, "OTLP over HTTP"},
    {9090, "the Prometheus server"},
    {16686, "the Jaeger query service"},
}};

void check(const Subject& subject, Reporter& report) {
  const Section& section = *subject.section;
  const auto port = section.number(Key::prometheus_port);
  if (!port || section.flag(Key::prometheus_enabled) != true) {
    return;
  }
  const Place& place = section.place(Key::prometheus_port);
  const auto* const known = std::find_if(k_known.begin(), k_known.end(),
                                         [&](const KnownPort& row) { return row.port == *port; });
  if (known != k_known.end()) {
    report.add(place, fmt::format("port {} belongs to {}", number_words(*port), known->owner),
               "9464 is the exporter's default");
  } else if (*port < 1024) {
    report.add(place, fmt::format("port {} needs privileges", number_words(*port)),
               "9464 is the exporter's default");
  }
}

}  // namespace

Rule otc324_prometheus_port() {
  return {
      .code = "OTC324",
      .name = "prometheus-port",
      .severity = Severity::error,
      .summary = "The Prometheus exporter listens on a port of another service",
      .rationale =
          "4317 and 4318 are OTLP's, 16686 Jaeger's, 9090 the Prometheus server's own; "
          "below 1024 a process needs privileges.",
      .bad = R"(exporters:
  prometheus:
    enabled: true
    port: 9090
)",
      .good = R"(exporters:
  prometheus:
    enabled: true
    port: 9464
)",
      .check = check,
  };
}

}  // namespace otelctl::config
