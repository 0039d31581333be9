// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

#include "config/endpoint.hpp"
#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

constexpr std::array k_signals{Signal::traces, Signal::metrics, Signal::logs};

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  for (const OtlpExporter& exporter : subject.exporters) {
    const auto endpoint = endpoint_of(exporter);
    const bool is_standard_port = endpoint && (endpoint->port == 4317 || endpoint->port == 4318);
    const Signal signal = exporter.signal.value_or(Signal::traces);
    const std::string protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";
    const bool is_unset =
        set.is_surely_unset(protocol) &&
        (!exporter.signal || set.is_surely_unset(settings::signal_form(protocol, signal)));
    // Every signal may have a protocol of its own.
    const bool is_needed =
        exporter.signal || std::any_of(k_signals.begin(), k_signals.end(), [&](Signal each) {
          return set.is_surely_unset(settings::signal_form(protocol, each));
        });
    if (is_standard_port && is_unset && is_needed) {
      const bool is_grpc = endpoint->port == 4317;
      report.add(
          exporter.endpoint.place,
          fmt::format("no protocol is set for port {}: the specification means "
                      "http/protobuf, Python grpc",
                      *endpoint->port),
          fmt::format("set OTEL_EXPORTER_OTLP_PROTOCOL={}", is_grpc ? "grpc" : "http/protobuf"));
    }
  }
}

}  // namespace

Rule otc307_protocol_not_set() {
  return {
      .code = "OTC307",
      .name = "protocol-not-set",
      .severity = Severity::warning,
      .summary = "The port says one protocol, the variables none",
      .rationale =
          "Without OTEL_EXPORTER_OTLP_PROTOCOL the specification means http/protobuf, and "
          "Python takes grpc: the same variables work in one service and not in the next.",
      .bad = R"(OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317
)",
      .good = R"(OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317
OTEL_EXPORTER_OTLP_PROTOCOL=grpc
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
