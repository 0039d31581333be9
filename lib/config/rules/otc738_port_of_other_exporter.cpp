// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string_view>

#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  for (const OtlpExporter& exporter : subject.exporters) {
    const std::string_view text = exporter.endpoint.text;
    if (!exporter.endpoint.is_readable) {
      continue;
    }
    const std::size_t authority = text.find("://");
    const std::string_view rest =
        authority == std::string_view::npos ? text : text.substr(authority + 3);
    const std::string_view address = rest.substr(0, rest.find('/'));
    if (exporter.wire == Wire::grpc && address.ends_with(":4318")) {
      report.add(exporter.endpoint.place,
                 "4318 is the port of OTLP over HTTP, and the exporter speaks gRPC",
                 "use port 4317, or an otlp_http exporter");
    } else if (exporter.wire == Wire::http && address.ends_with(":4317")) {
      report.add(exporter.endpoint.place,
                 "4317 is the port of OTLP over gRPC, and the exporter speaks HTTP",
                 "use port 4318, or an otlp_grpc exporter");
    }
  }
}

}  // namespace

Rule otc738_port_of_other_exporter() {
  return {
      .code = "OTC738",
      .name = "port-of-other-exporter",
      .severity = Severity::warning,
      .summary = "An exporter has the port of the other protocol",
      .rationale =
          "4317 is OTLP over gRPC and 4318 OTLP over HTTP; the Collector starts, and the peer "
          "answers the wrong one with a closed connection.",
      .bad = R"(otlp_grpc:
  endpoint: backend:4318
)",
      .good = R"(otlp_grpc:
  endpoint: backend:4317
)",
      .check = check,
      .kinds = {Kind::collector},
  };
}

}  // namespace otelctl::config
