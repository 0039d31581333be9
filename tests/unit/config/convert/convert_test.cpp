// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/convert.hpp"

#include <algorithm>
#include <filesystem>
#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "config/validate.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

convert::Converted converted(const std::string& text, Kind to) {
  auto result = convert::convert("app", text, {to, "telemetry"});
  CAPTURE(text.substr(0, 1000));
  REQUIRE(result.has_value());
  return std::move(*result);
}

// The text without its comments.
std::string plain(const std::string& text, Kind to) {
  std::string whole = converted(text, to).text;
  while (whole.starts_with('#')) {
    whole.erase(0, whole.find('\n') + 1);
  }
  return whole;
}

std::string losses(const std::string& text, Kind to) {
  std::string lines;
  for (const convert::Loss& loss : converted(text, to).losses) {
    lines += loss.path + ": " + loss.why + "\n";
  }
  return lines;
}

bool has_errors(const std::string& text) {
  const FileReport report = validate("a", text, {});
  return std::any_of(report.findings.begin(), report.findings.end(), [](const Finding& finding) {
    CAPTURE(finding.message);
    return finding.severity == Severity::error;
  });
}

const std::string k_section = R"(telemetry:
  enabled: true
  service_name: shop
  service_version: "${SHOP_VERSION:-1.2.0}"
  tracing:
    enabled: true
    sampler:
      type: parentbased_traceidratio
      ratio: 0.25
    propagators:
      - tracecontext
      - b3
  metrics:
    enabled: true
    export_interval_ms: 30000
  logging:
    enabled: false
  exporters:
    otlp:
      enabled: true
      endpoint: http://collector:4317
      headers:
        authorization: "Bearer ${TOKEN}"
        x-tenant: "${TENANT}"
      compression: gzip
      timeout_ms: 5000
    console:
      enabled: true
    prometheus:
      enabled: true
      port: 9465
  resource_attributes:
    deployment.environment.name: "${ENVIRONMENT:-production}"
    host.name: "web, 1=2%"
)";

}  // namespace

TEST_CASE("a section becomes a declarative file") {
  CHECK(plain("telemetry:\n  enabled: true\n  service_name: shop\n  logging: {enabled: no}\n"
              "  exporters:\n    otlp: {enabled: true, endpoint: 'http://c:4318/v1/traces'}\n",
              Kind::sdk) == R"(file_format: "1.1"
disabled: false
resource:
  attributes:
    - name: service.name
      value: shop
propagator:
  composite:
    - tracecontext:
    - baggage:
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: http://c:4318/v1/traces
            compression: gzip
meter_provider:
  readers:
    - periodic:
        exporter:
          otlp_http:
            endpoint: http://c:4318/v1/metrics
            compression: gzip
)");
}

TEST_CASE("a section becomes variables") {
  CHECK(plain(k_section, Kind::env) == R"(OTEL_SDK_DISABLED=false
OTEL_SERVICE_NAME=shop
OTEL_RESOURCE_ATTRIBUTES=service.version=${SHOP_VERSION:-1.2.0},deployment.environment.name=${ENVIRONMENT:-production},host.name=web%2C%201%3D2%25
OTEL_PROPAGATORS=tracecontext,b3
OTEL_TRACES_SAMPLER=parentbased_traceidratio
OTEL_TRACES_SAMPLER_ARG=0.25
OTEL_TRACES_EXPORTER=otlp,console
OTEL_METRICS_EXPORTER=otlp,console,prometheus
OTEL_LOGS_EXPORTER=none
OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4317
OTEL_EXPORTER_OTLP_PROTOCOL=grpc
OTEL_EXPORTER_OTLP_HEADERS=authorization=Bearer%20${TOKEN},x-tenant=${TENANT}
OTEL_EXPORTER_OTLP_COMPRESSION=gzip
OTEL_EXPORTER_OTLP_TIMEOUT=5000
OTEL_METRIC_EXPORT_INTERVAL=30000
OTEL_EXPORTER_PROMETHEUS_PORT=9465
)");
}

TEST_CASE("there and back again nothing is lost that maps") {
  for (const Kind through : {Kind::sdk, Kind::env}) {
    const auto there = converted(k_section, through);
    CHECK(there.losses.empty());
    CHECK(converted(there.text, Kind::telemetry).losses.empty());
    CHECK(plain(there.text, Kind::telemetry) == k_section);
  }
  // Variables and declarative files, once around.
  const std::string variables = plain(k_section, Kind::env);
  CHECK(plain(plain(variables, Kind::sdk), Kind::env) == variables);
  CHECK(losses(plain(variables, Kind::sdk), Kind::env) == "");
}

TEST_CASE("the official examples become variables that say the same") {
  const auto path = std::filesystem::path(OTELCTL_TEST_DATA) / "config/sdk/official";
  for (const char* name : {"sdk-config.yaml", "sdk-migration-config.yaml"}) {
    CAPTURE(name);
    const auto bytes = read_file((path / name).string(), 1000000);
    REQUIRE(bytes.has_value());
    CHECK(losses(*bytes, Kind::env) == "");
    const std::string variables = plain(*bytes, Kind::env);
    CHECK_FALSE(has_errors(variables));
    const std::string again = plain(plain(variables, Kind::sdk), Kind::env);
    CHECK(plain(plain(again, Kind::sdk), Kind::env) == again);
    CHECK_FALSE(has_errors(again));
    CHECK_FALSE(has_errors(plain(*bytes, Kind::telemetry)));
  }
}

TEST_CASE("what the other dialect cannot say is named with its place") {
  CHECK(losses("telemetry:\n  enabled: ${ON}\n  tracing: {enabled: '${T:-false}'}\n"
               "  logging: {inject_trace_context: false}\n  sampler: {}\n"
               "  exporters: {jaeger: {enabled: true}, otlp: {endpoint: 'http://c:4317'}}\n",
               Kind::sdk) ==
        "telemetry.sampler: the section does not have this key\n"
        "telemetry.enabled: the other side has the opposite of it, which no reference can say\n"
        "telemetry.tracing.enabled: a reference cannot switch it: its default was taken\n"
        "telemetry.logging.inject_trace_context: only the application knows it\n"
        "telemetry.exporters.otlp.endpoint: its exporter is not enabled\n"
        "telemetry.exporters.jaeger.enabled: no SDK has the Jaeger exporter any more: use otlp\n");
  CHECK(losses("OTEL_TRACES_EXPORTER=zipkin\nOTEL_METRICS_EXPORTER=none\nOTEL_LOGS_EXPORTER=none\n"
               "OTEL_TRACES_SAMPLER=xray\nOTEL_ENABLED=1\nOTEL_EXPORTER_OTLP_TIMEOUT=5\n"
               "OTEL_BSP_MAX_QUEUE_SIZE=many\n",
               Kind::sdk) ==
        "OTEL_TRACES_EXPORTER: the exporter zipkin has no counterpart\n"
        "OTEL_BSP_MAX_QUEUE_SIZE: it is not a whole number\n"
        "OTEL_ENABLED: no specification knows the variable\n"
        "OTEL_EXPORTER_OTLP_TIMEOUT: nothing that is switched on uses it\n"
        "OTEL_TRACES_SAMPLER: no exporter of traces is enabled\n");
  CHECK(losses(R"(file_format: "1.1"
x-mine: 1
resource:
  attributes: [{name: a.b, value: 5, type: int}]
tracer_provider:
  processors:
    - batch: {schedule_delay: 100, exporter: {otlp_grpc: }}
    - batch: {exporter: {otlp_http: {endpoint: "http://second:4318/v1/traces"}}}
  sampler: {parent_based: {root: {always_on: }, local_parent_sampled: {always_off: }}}
meter_provider:
  readers: [{periodic: {exporter: {otlp_grpc: {endpoint: "http://other:4317"}}}}]
  views: [{selector: {unit: ms}, stream: {name: b}}]
)",
               Kind::telemetry) ==
        "resource.attributes[0].value: its type is lost: it becomes text\n"
        "x-mine: there is no counterpart\n"
        "tracer_provider.processors[1]: there is no counterpart\n"
        "tracer_provider.sampler: there is no counterpart\n"
        "meter_provider.views: there is no counterpart\n"
        "meter_provider.readers[0].periodic.exporter.otlp_grpc.endpoint: a section has one OTLP "
        "exporter: that of traces was taken\n"
        "tracer_provider.processors[0].batch.schedule_delay: a section has no key for it\n");
}

TEST_CASE("secrets are not copied, references to them are") {
  const std::string section = R"(telemetry:
  enabled: true
  exporters:
    otlp:
      enabled: true
      endpoint: http://c:4317
      headers:
        api-key: S3CR3T-1
        authorization: "Bearer S3CR3T-2"
        x-token: "${TOKEN:-S3CR3T-3}"
        x-plain: "S3CR3T-4"
  resource_attributes:
    app.password: S3CR3T-5
    app.key: sk-S3CR3T6789012345678901234567890123456789
)";
  for (const Kind to : {Kind::sdk, Kind::env}) {
    const auto result = converted(section, to);
    CHECK(result.text.find("S3CR3T") == std::string::npos);
    CHECK(result.losses.size() == 6);
    for (const convert::Loss& loss : result.losses) {
      CHECK(loss.why.find("S3CR3T") == std::string::npos);
    }
    for (const char* reference : {"${API_KEY}", "${AUTHORIZATION}", "${TOKEN}", "${X_PLAIN}",
                                  "${APP_PASSWORD}", "${APP_KEY}"}) {
      CAPTURE(reference);
      CHECK(result.text.find(reference) != std::string::npos);
    }
    CHECK_FALSE(has_errors(result.text));
  }
  const auto url = converted("OTEL_EXPORTER_OTLP_ENDPOINT=http://u:S3CR3T@c:4318\n", Kind::sdk);
  CHECK(url.text.find("S3CR3T") == std::string::npos);
  CHECK(url.losses.size() == 1);
}

TEST_CASE("variables mean what the specification says of them") {
  CHECK(
      plain(
          "export OTEL_TRACES_EXPORTER=otlp # traces\nOTEL_METRICS_EXPORTER=none\n"
          "OTEL_LOGS_EXPORTER=\"none\"\nOTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318/otlp/\n"
          "OTEL_SERVICE_NAME='$5 shop'\nOTEL_RESOURCE_ATTRIBUTES=service.name=x,a=$HOST\nHOST=h\n",
          Kind::sdk) == R"(file_format: "1.1"
resource:
  attributes:
    - name: service.name
      value: "$$5 shop"
    - name: a
      value: "${HOST}"
propagator:
  composite:
    - tracecontext:
    - baggage:
tracer_provider:
  processors:
    - batch:
        exporter:
          otlp_http:
            endpoint: http://c:4318/otlp/v1/traces
)");
  // A signal's own endpoint is used as it is; 4317 is gRPC's.
  const std::string own = plain(
      "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://t:4317\nOTEL_EXPORTER_OTLP_ENDPOINT=http://c:1\n"
      "OTEL_METRICS_EXPORTER=none\nOTEL_LOGS_EXPORTER=otlp\n",
      Kind::sdk);
  CHECK(own.find("otlp_grpc:\n            endpoint: http://t:4317\n") != std::string::npos);
  CHECK(own.find("otlp_http:\n            endpoint: http://c:1/v1/logs\n") != std::string::npos);
  // The section says all signals with one exporter.
  CHECK(plain("OTEL_TRACES_SAMPLER=parentbased_always_off\nOTEL_EXPORTER_OTLP_PROTOCOL=grpc\n",
              Kind::telemetry)
            .find("type: parentbased_traceidratio\n      ratio: 0.0\n") != std::string::npos);
}

TEST_CASE("the section may have another name, or be the whole file") {
  const auto nested =
      convert::convert("a", "OTEL_SDK_DISABLED=true\n", {Kind::telemetry, "app.otel"});
  REQUIRE(nested.has_value());
  CHECK(nested->text.find("\napp:\n  otel:\n    enabled: false\n") != std::string::npos);
  const auto whole = convert::convert("a", "enabled: true\n", {Kind::env, "-"});
  REQUIRE(whole.has_value());
  CHECK(whole->text.find("OTEL_SDK_DISABLED=false\n") != std::string::npos);
}

TEST_CASE("what cannot be converted is refused with a reason") {
  const auto refusal = [](const std::string& text, Kind to) {
    const auto result = convert::convert("a", text, {to, "telemetry"});
    REQUIRE_FALSE(result.has_value());
    return result.error().message;
  };
  CHECK(refusal("file_format: '1.1'\n", Kind::sdk) == "the file is a declarative SDK file already");
  CHECK(refusal("OTEL_A=1\n", Kind::env) == "the file is OTEL_* variables already");
  CHECK(refusal("receivers: {}\nexporters: {}\n", Kind::sdk) ==
        "a file of the kind collector cannot be converted");
  CHECK(refusal("a: [1\n", Kind::sdk).starts_with("line "));
  CHECK(refusal("A=1\nB=2\n", Kind::sdk) == "the file sets no OTEL_* variable");
  CHECK(refusal("other: 1\n", Kind::sdk) ==
        "no section 'telemetry'; the keys at the top are 'other'");
  CHECK_FALSE(convert::convert("a", "", {Kind::sdk, "telemetry"}).has_value());
  CHECK_FALSE(convert::convert("a", std::string("\x00\xff", 2), {Kind::env, "-"}).has_value());
}

TEST_CASE("what a file says twice, or behind its end, is named") {
  CHECK(losses("telemetry:\n  enabled: true\n  enabled: false\n"
               "  exporters: {console: {enabled: true}}\n",
               Kind::env) == "line 3: key 'enabled' appears twice (first on line 2)\n");
  CHECK(losses("a: 1\na: 2\ntelemetry:\n  enabled: true\n"
               "  exporters: {console: {enabled: true}}\n",
               Kind::env) == "");
  CHECK(losses("file_format: '1.1'\ndisabled: true\n---\ndisabled: false\n", Kind::env)
            .starts_with("line 3: "));
}

TEST_CASE("what a terminal would obey is written as an escape, or is named as lost") {
  const std::string section =
      "telemetry:\n  enabled: true\n  service_name: \"a\\u009b31m\\ufeff\\u2028\"\n"
      "  exporters: {console: {enabled: true}}\n";
  const std::string sdk = plain(section, Kind::sdk);
  CHECK(sdk.find("\"a\\u009b31m\\ufeff\\u2028\"") != std::string::npos);
  CHECK(plain(sdk, Kind::telemetry).find("\"a\\u009b31m\\ufeff\\u2028\"") != std::string::npos);
  CHECK(losses(section, Kind::env) ==
        "OTEL_SERVICE_NAME: a control character in it has no form in a .env file\n");
  CHECK(plain(section, Kind::env).find("OTEL_SERVICE_NAME") == std::string::npos);
}

TEST_CASE("many attributes and references that never end take no time to speak of") {
  std::string section =
      "telemetry:\n  enabled: true\n  exporters: {console: {enabled: true}}\n"
      "  resource_attributes:\n";
  for (int index = 0; index < 20000; ++index) {
    section += "    a." + std::to_string(index) + ": b\n";
  }
  const std::string file = plain(section, Kind::sdk);
  CHECK(plain(file, Kind::telemetry).find("\n    a.19999: b\n") != std::string::npos);
  std::string open = "OTEL_SERVICE_NAME=";
  std::string nested = "file_format: '1.1'\nlog_level: \"${A";
  for (int index = 0; index < 200000; ++index) {
    open += "${";
    nested += ":-";
  }
  CHECK_FALSE(plain(open + "\n", Kind::sdk).empty());
  CHECK_FALSE(plain("OTEL_RESOURCE_ATTRIBUTES=a=" + open + "\n", Kind::sdk).empty());
  CHECK_FALSE(plain(nested + "\"\n", Kind::env).empty());
}

TEST_CASE("hostile names and values come out as text, not as structure") {
  const std::string section =
      "telemetry:\n  enabled: true\n  service_name: \"a\\n# b: c\"\n"
      "  resource_attributes:\n    \"k: [\": \"v\\\"\\n- x\"\n"
      "    \"\\u001b[31m\": 'no'\n  \"un\\nknown\": 1\n"
      "  exporters: {console: {enabled: true}}\n";
  for (const Kind to : {Kind::sdk, Kind::env}) {
    const std::string text = converted(section, to).text;
    CAPTURE(text);
    CHECK_FALSE(has_errors(text));
    CHECK(text.find('\x1b') == std::string::npos);
    const std::string back = plain(text, Kind::telemetry);
    CHECK(back.find("service_name: \"a\\n# b: c\"") != std::string::npos);
    CHECK(back.find("\"k: [\": \"v\\\"\\n- x\"") != std::string::npos);
  }
  std::string deep = "file_format: '1.1'\ntracer_provider:\n  sampler: ";
  for (int level = 0; level < 100; ++level) {
    deep += "{parent_based: {root: ";
  }
  deep += "{always_on: }" + std::string(200, '}') + "\n";
  CHECK(losses(deep, Kind::env) == "tracer_provider: there is no counterpart\n");
}
