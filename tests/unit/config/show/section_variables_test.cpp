// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/show/section_variables.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace otelctl;
using namespace otelctl::config;

namespace {

// "NAME=VALUE <- ORIGIN" a line.
std::string lines_of(std::string_view section, const ShowOptions& options = {}) {
  const auto settings = effective_settings("app.yaml", std::string(section), options);
  REQUIRE_MESSAGE(settings.has_value(), settings.error().message);
  const EffectiveSettings variables = section_variables(*settings);
  CHECK(variables.kind == Kind::env);
  std::string lines;
  for (const EffectiveSetting& setting : variables.settings) {
    lines += fmt::format("{}={} <- {}\n", setting.path(), setting.value.text, setting.origin);
  }
  return lines;
}

bool has(const std::string& lines, std::string_view line) {
  return ("\n" + lines).find(fmt::format("\n{}\n", line)) != std::string::npos;
}

}  // namespace

TEST_CASE("an empty section comes to its model's defaults") {
  CHECK(lines_of("telemetry: {}\n") ==
        "OTEL_SDK_DISABLED=true <- default\n"
        "OTEL_SERVICE_NAME=agentmap <- default\n"
        "OTEL_RESOURCE_ATTRIBUTES=service.version=0.3.0 <- default\n"
        "OTEL_TRACES_EXPORTER=none <- default\n"
        "OTEL_METRICS_EXPORTER=none <- default\n"
        "OTEL_TRACES_SAMPLER=parentbased_traceidratio <- default\n"
        "OTEL_TRACES_SAMPLER_ARG=1.0 <- default\n"
        "OTEL_PROPAGATORS=tracecontext,baggage <- default\n"
        "OTEL_METRIC_EXPORT_INTERVAL=60000 <- default\n"
        "OTEL_EXPORTER_OTLP_PROTOCOL=grpc <- default\n"
        "OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4317 <- default\n"
        "OTEL_EXPORTER_OTLP_COMPRESSION=gzip <- default\n"
        "OTEL_EXPORTER_OTLP_TIMEOUT=10000 <- default\n"
        "OTEL_EXPORTER_PROMETHEUS_PORT=9464 <- default\n");
}

TEST_CASE("every key that a variable stands for is in it, with its line") {
  ShowOptions options;
  options.section = "app.telemetry";
  const std::string lines = lines_of(
      "app:\n"
      "  telemetry:\n"
      "    enabled: true\n"
      "    metrics: {enabled: true}\n"
      "    tracing: {sampler: {type: always_on}}\n"
      "    exporters:\n"
      "      otlp: {enabled: true, endpoint: \"http://user:geheim@c:4318/v1/traces?k=geheim\",\n"
      "             headers: {api-key: geheim, x: y}}\n"
      "      prometheus: {enabled: true}\n"
      "    resource_attributes:\n"
      "      team: \"a, b=100%\"\n"
      "      my.token: geheim\n",
      options);
  CHECK(has(lines, "OTEL_SDK_DISABLED=false <- app.yaml:3"));
  CHECK(has(lines, "OTEL_TRACES_EXPORTER=otlp <- default, app.yaml:7"));
  CHECK(has(lines, "OTEL_METRICS_EXPORTER=otlp,prometheus <- app.yaml:4, app.yaml:7, app.yaml:9"));
  CHECK(has(lines, "OTEL_TRACES_SAMPLER=always_on <- app.yaml:5"));
  CHECK(lines.find("SAMPLER_ARG") == std::string::npos);
  CHECK(has(lines, "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf <- app.yaml:7"));
  CHECK(has(lines,
            "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT="
            "http://[REDACTED]@c:4318/v1/traces?[REDACTED] <- app.yaml:7"));
  CHECK(has(lines, "OTEL_EXPORTER_OTLP_HEADERS=api-key=[REDACTED],x=[REDACTED] <- app.yaml:8"));
  CHECK(has(lines,
            "OTEL_RESOURCE_ATTRIBUTES=service.version=0.3.0,team=a%2C%20b%3D100%25,"
            "my.token=[REDACTED] <- default, app.yaml:11, app.yaml:12"));
  CHECK(lines.find("geheim") == std::string::npos);
}
