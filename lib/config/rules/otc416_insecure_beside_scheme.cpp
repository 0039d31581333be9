// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "config/environment/variable_set.hpp"
#include "config/rule.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

void check(const Subject& subject, Reporter& report) {
  const VariableSet& set = *subject.variables;
  for (const Assignment& assignment : set.all()) {
    const settings::Variable* variable = settings::find_variable(assignment.name());
    if (variable == nullptr || variable->name != "OTEL_EXPORTER_OTLP_INSECURE" ||
        !assignment.is_set()) {
      continue;
    }
    std::string endpoint_name = assignment.name();
    endpoint_name.replace(endpoint_name.rfind("INSECURE"), std::string::npos, "ENDPOINT");
    const Assignment* endpoint = set.find_set(endpoint_name);
    endpoint = endpoint == nullptr ? set.find_set("OTEL_EXPORTER_OTLP_ENDPOINT") : endpoint;
    if (endpoint != nullptr && endpoint->value().find("://") != std::string::npos) {
      report.add(assignment.item.place,
                 fmt::format("{} has no effect: the scheme in {} decides", assignment.name(),
                             endpoint->name()),
                 "remove it");
    }
  }
}

}  // namespace

Rule otc416_insecure_beside_scheme() {
  return {
      .code = "OTC416",
      .name = "insecure-beside-scheme",
      .severity = Severity::warning,
      .summary = "OTEL_EXPORTER_OTLP_INSECURE stands beside an endpoint with a scheme",
      .rationale =
          "It is read for gRPC only, and only where the endpoint has no scheme; Python turns "
          "TLS on for http:// when it is false.",
      .bad = R"(OTEL_EXPORTER_OTLP_ENDPOINT=https://collector:9999
OTEL_EXPORTER_OTLP_INSECURE=true
)",
      .good = R"(OTEL_EXPORTER_OTLP_ENDPOINT=https://collector:9999
)",
      .check = check,
      .kinds = k_variable_kinds,
  };
}

}  // namespace otelctl::config
