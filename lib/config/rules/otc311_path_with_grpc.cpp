// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/text.hpp"
#include "config/endpoint.hpp"
#include "config/rule.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const auto endpoint = endpoint_of(*subject.section);
  if (endpoint && endpoint->is_grpc() && !endpoint->path.empty() &&
      !endpoint->ends_in_signal_path()) {
    report.add(subject.section->place(Key::endpoint),
               fmt::format("the path {} has no meaning over gRPC (port 4317)",
                           escape_for_terminal(endpoint->path)),
               "remove the path, or use port 4318 for HTTP");
  }
}

}  // namespace

Rule otc311_path_with_grpc() {
  return {
      .code = "OTC311",
      .name = "path-with-grpc",
      .severity = Severity::warning,
      .summary = "An endpoint for gRPC has a path",
      .rationale = "gRPC knows host and port only and ignores the path.",
      .bad = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317/otlp"
)",
      .good = R"(exporters:
  otlp:
    endpoint: "http://localhost:4317"
)",
      .check = check,
  };
}

}  // namespace otelctl::config
