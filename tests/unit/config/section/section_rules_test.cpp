// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "config/rules.hpp"
#include "config/selection.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

FileReport select(std::string_view code, std::string_view text) {
  ValidateOptions options;
  options.selection = Selection::parse({std::string(code)}, {}).value();
  return validate("app.yaml", std::string(text), options);
}

}  // namespace

TEST_CASE("a line end out of a variable is no header, endpoint or name") {
  const Variables variables{{"KEY", "abc\n"}, {"HOST", "http://a:4317\n"}, {"NAME", "a\nb"}};
  CHECK(verdict("telemetry:\n  exporters: {otlp: {headers: {x-a: \"${KEY}\"}}}\n", variables) ==
        "OTC327@2:32 OTC206@2:37");
  CHECK(verdict("telemetry:\n  service_name: ${NAME}\n", variables) == "OTC206@2:17");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {endpoint: \"${HOST}\"}}\n", variables)
            .find("OTC206@2:32") != std::string::npos);
  // In the value of an attribute it is kept.
  CHECK(verdict("telemetry:\n  resource_attributes: {a.b: \"${NAME}\"}\n", variables) == "");
  const Finding finding =
      only(check("telemetry:\n  exporters: {otlp: {headers: {x-a: \"${KEY}\"}}}\n", variables),
           "OTC206");
  CHECK((finding.message + finding.help).find("abc") == std::string::npos);
}

TEST_CASE("a variable that is set but empty is told where a default hides it") {
  const std::string_view text = "telemetry:\n  service_version: \"${VERSION:-1.0.0}\"\n";
  CHECK(verdict(text, {{"VERSION", ""}}) == "OTC207@2:20");
  CHECK(verdict(text, {{"VERSION", "2.0.0"}}) == "");
  CHECK(verdict(text) == "");
}

TEST_CASE("a default that is a secret brings it back into the file") {
  const auto header = [](std::string_view value) {
    return verdict(
        fmt::format("telemetry:\n  exporters: {{otlp: {{headers: {{x-a: \"{}\"}}}}}}\n", value));
  };
  CHECK(header("${API_KEY:-sk-0123456789abcdef}") == "OTC208@2:37");
  CHECK(header("${TEAM:-sk-0123456789abcdef}") == "OTC208@2:37");
  CHECK(header("${env:API_KEY:-4f9a2b7c1d3e}") == "OTC208@2:37");
  CHECK(header("${API_KEY:-none}") == "");
  CHECK(header("${TEAM:-team-1234567}") == "");
  const Finding finding = only(
      check("telemetry:\n  exporters: {otlp: {headers: {x-a: \"${K:-sk-0123456789abcdef}\"}}}\n"),
      "OTC208");
  CHECK((finding.message + finding.help).find("sk-") == std::string::npos);
}

TEST_CASE("secrets by the name of their variable are told where none belongs") {
  const Variables variables{{"DB_PASSWORD", "abc"}};
  CHECK(verdict("telemetry:\n  resource_attributes: {a.b: \"${DB_PASSWORD}\"}\n", variables) ==
        "OTC209@2:30");
  CHECK(verdict("telemetry:\n  resource_attributes: {a.password: \"${DB_PASSWORD}\"}\n",
                variables) == "");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {headers: {x-a: \"${DB_PASSWORD}\"}}}\n",
                variables) == "");
}

TEST_CASE("a plain reference whose default is no text depends on the variable") {
  const std::string text = "telemetry:\n  service_version: ${V:-1.27}\n";
  CHECK(verdict(text, {{"V", "1.27.0"}}) == "OTC210@2:20");
  CHECK(verdict(text, {{"V", "1.28"}}) == "OTC104@2:20");
  CHECK(verdict(text) == "OTC104@2:20");
  CHECK(mended(text, only(check(text, {{"V", "1.27.0"}}), "OTC210")) ==
        "telemetry:\n  service_version: \"${V:-1.27}\"\n");
  CHECK(mended(text, only(check(text), "OTC104")) ==
        "telemetry:\n  service_version: \"${V:-1.27}\"\n");
  CHECK(verdict("telemetry:\n  service_version: ${V:-1.27.1}\n", {{"V", "1.27.0"}}) == "");
}

TEST_CASE("what PyYAML or the model refuse beside types") {
  CHECK(verdict("telemetry:\n  service_version: =\n") == "OTC104@2:20");
  CHECK(verdict("telemetry:\n  service_version: <<\n") == "OTC104@2:20");
  CHECK(verdict("telemetry:\n  service_version: \"=\"\n") == "");
  CHECK(verdict("telemetry:\n  metrics: {export_interval_ms: \"0x7530\"}\n") == "OTC104@2:33");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {headers: {1: b}}}\n").find("OTC104@2:32") !=
        std::string::npos);
  const std::string text = "telemetry:\n  exporters: {otlp: {headers: {true: b}}}\n";
  CHECK(mended(text, only(check(text), "OTC104")) ==
        "telemetry:\n  exporters: {otlp: {headers: {\"true\": b}}}\n");
}

TEST_CASE("resource attributes without the environment") {
  const auto with = [](std::string_view attributes, const Variables& variables = {}) {
    return verdict(fmt::format("telemetry:\n  enabled: true\n  resource_attributes: {}\n"
                               "  exporters: {{otlp: {{enabled: true}}}}\n",
                               attributes),
                   variables);
  };
  CHECK(with("{host.name: a}") == "OTC335@3:3");
  CHECK(with("{host.name: a, deployment.environment.name: test}") == "");
  CHECK(with("{}") == "");
  CHECK(with("{host.name: a}", {{"OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=a"}}) ==
        "");
  CHECK(verdict("telemetry:\n  enabled: false\n  resource_attributes: {host.name: a}\n") == "");
}

TEST_CASE("log formats name the fields that records have, wherever they stand") {
  CHECK(verdict("logging:\n  format: '%(otelTraceId)s %(otelSpanId)s'\ntelemetry: {}\n") ==
        "OTC337@2:14 OTC337@2:30");
  CHECK(verdict("a: '{otelTraceId}'\nb: '{otelSpanId:>8}'\nc: $otelTraceId\ntelemetry: {}\n") ==
        "OTC337@1:6 OTC337@2:6 OTC337@3:5");
  CHECK(verdict("a: '%(otelTraceID)s otelTraceId myotelTraceId'\ntelemetry: {}\n") == "");
  const std::string text = "a: '%(otelTraceId)s'\ntelemetry: {}\n";
  CHECK(mended(text, only(check(text), "OTC337")) == "a: '%(otelTraceID)s'\ntelemetry: {}\n");
}

TEST_CASE("the environment is compared with what the section says") {
  const std::string_view text =
      "telemetry:\n  enabled: true\n  service_name: shop\n  tracing: {sampler: {ratio: 0.5}}\n"
      "  exporters: {otlp: {enabled: true, endpoint: \"http://a:4317\"}}\n";
  CHECK(verdict(text) == "");
  CHECK(verdict(text, {{"OTEL_SERVICE_NAME", "shop"}, {"OTEL_TRACES_SAMPLER_ARG", "0.50"}}) == "");
  CHECK(verdict(text, {{"OTEL_SERVICE_NAME", "other"}}) == "OTC338@3:17");
  CHECK(verdict(text, {{"OTEL_TRACES_SAMPLER_ARG", "0.1"}}) == "OTC338@4:30");
  CHECK(verdict(text, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://b:4317"}}) == "OTC338@5:47");
  const Finding finding = only(
      check(text, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://u:pass-1@b:4317/?k=v-2"}}), "OTC338");
  CHECK(finding.message.find("pass-1") == std::string::npos);
  CHECK(finding.message.find("v-2") == std::string::npos);
}

TEST_CASE("rules of taste, when they are asked for") {
  CHECK(verdict("telemetry: {}  \r\n") == "");
  CHECK(verdict(select("OTC012", "\xEF\xBB\xBFtelemetry: {}  \r\n# a ")) ==
        "OTC012@1:1 OTC012@1:14 OTC012@1:16 OTC012@2:5");
  CHECK(verdict(select("OTC012", "telemetry: {}\n")) == "");
  CHECK(verdict(select("OTC107",
                       "telemetry:\n  enabled: false\n  tracing: {sampler: {ratio: 1}}\n"
                       "  exporters: {prometheus: {port: 9465}}\n")) == "OTC107@2:12 OTC107@3:30");
  CHECK(verdict(select("OTC333",
                       "telemetry:\n  enabled: true\n"
                       "  instrumentation: {langchain: true}\n")) == "OTC333@3:32");
}
