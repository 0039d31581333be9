// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "config/section/section_schema.hpp"
#include "config/show/effective_settings.hpp"
#include "settings/variables.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

ShowOptions with(const std::map<std::string, std::string, std::less<>>& variables) {
  ShowOptions options;
  options.environment = Environment(variables);
  return options;
}

std::string text_of(const EffectiveValue& value) {
  switch (value.type) {
    case EffectiveValue::Type::null:
      return "null";
    case EffectiveValue::Type::raw:
      return value.text;
    case EffectiveValue::Type::text:
      return "'" + value.text + "'";
    case EffectiveValue::Type::list:
      return fmt::format("[{}]", fmt::join(value.items, ","));
    case EffectiveValue::Type::map:
      break;
  }
  return "{}";
}

// "VALUE <- ORIGIN" of one path; empty where there is no such path.
std::string at(const EffectiveSettings& settings, std::string_view path) {
  const auto found =
      std::find_if(settings.settings.begin(), settings.settings.end(),
                   [&](const EffectiveSetting& setting) { return setting.path() == path; });
  return found == settings.settings.end()
             ? std::string()
             : fmt::format("{} <- {}", text_of(found->value), found->origin);
}

EffectiveSettings show(std::string_view text, const ShowOptions& options = {}) {
  auto settings = effective_settings("app.yaml", std::string(text), options);
  REQUIRE_MESSAGE(settings.has_value(), settings.error().message);
  return std::move(*settings);
}

Error refused(std::string_view text, const ShowOptions& options = {}) {
  const auto settings = effective_settings("app.yaml", std::string(text), options);
  REQUIRE(!settings.has_value());
  return settings.error();
}

}  // namespace

TEST_CASE("an empty section shows every key of the table with its default") {
  const auto settings = show("telemetry: {}\n");
  CHECK(settings.kind == Kind::telemetry);
  for (const KeySpec& spec : section_keys()) {
    if (spec.type != ValueType::map) {
      CAPTURE(path_of(spec.key));
      CHECK(at(settings, "telemetry." + path_of(spec.key)).ends_with(" <- default"));
    }
  }
  CHECK(at(settings, "telemetry.enabled") == "false <- default");
  CHECK(at(settings, "telemetry.service_name") == "'agentmap' <- default");
  CHECK(at(settings, "telemetry.tracing.propagators") == "[tracecontext,baggage] <- default");
  CHECK(at(settings, "telemetry.exporters.otlp.headers") == "{} <- default");
}

TEST_CASE("what the file says has its line, and what a variable gives its name") {
  auto options = with({{"ENVIRONMENT", "production"}, {"PORT", "9999"}, {"EMPTY", ""}});
  options.variable_places["PORT"] = "prod.env:3";
  const auto settings = show(
      "app:\n"
      "  telemetry:\n"
      "    enabled: yes\n"
      "    service_name: \"${SERVICE:-checkout}\"\n"
      "    service_version: \"${VERSION}\"\n"
      "    tracing: {propagators: [b3], sampler: {ratio: 0.10}}\n"
      "    exporters:\n"
      "      prometheus: {port: \"${PORT}\"}\n"
      "      console: {enabled: \"${EMPTY:-true}\"}\n"
      "    resource_attributes:\n"
      "      deployment.environment.name: ${ENVIRONMENT}\n",
      [&] {
        options.section = "app.telemetry";
        return options;
      }());
  CHECK(at(settings, "app.telemetry.enabled") == "true <- app.yaml:3");
  CHECK(at(settings, "app.telemetry.service_name") ==
        "'checkout' <- default of ${SERVICE} (app.yaml:4)");
  CHECK(at(settings, "app.telemetry.service_version") ==
        "null <- ${VERSION} without value (app.yaml:5)");
  CHECK(at(settings, "app.telemetry.tracing.propagators") == "[b3] <- app.yaml:6");
  CHECK(at(settings, "app.telemetry.tracing.sampler.ratio") == "0.1 <- app.yaml:6");
  CHECK(at(settings, "app.telemetry.exporters.prometheus.port") ==
        "9999 <- ${PORT} from prod.env:3 (app.yaml:8)");
  CHECK(at(settings, "app.telemetry.exporters.console.enabled") ==
        "true <- default of ${EMPTY} (app.yaml:9)");
  CHECK(at(settings, "app.telemetry.resource_attributes.deployment.environment.name") ==
        "'production' <- ${ENVIRONMENT} from the environment (app.yaml:11)");
}

TEST_CASE("a value that cannot take effect is an error with its place") {
  const Error wrong = refused("telemetry:\n  metrics:\n    export_interval_ms: 60s\n");
  CHECK(wrong.kind == ErrorKind::settings);
  CHECK(wrong.message ==
        "app.yaml:3: export_interval_ms: expected a whole number, found text '60s'");
  CHECK(refused("telemetry:\n  tracing: []\n").message.starts_with("app.yaml:2: tracing: "));
  CHECK(refused("telemetry:\n  tracing:\n    propagators: [nope]\n")
            .message.starts_with("app.yaml:3: "));
  CHECK(refused("telemetry:\n  resource_attributes: {a: 1}\n").message.starts_with("app.yaml:2: "));
  CHECK(refused("other: 1\n").message.find("no section 'telemetry'") != std::string::npos);
  CHECK(refused("telemetry: [\n").message.starts_with("app.yaml:1:12: "));
  CHECK(refused("").kind == ErrorKind::settings);
}

TEST_CASE("an unknown key has no effect and is not shown") {
  CHECK(at(show("telemetry: {exporter: 1}\n"), "telemetry.exporter").empty());
}

TEST_CASE("an SDK file is shown as it is, references replaced and typed") {
  const auto settings = show(
      "file_format: \"1.0\"\n"
      "disabled: ${OFF}\n"
      "tracer_provider:\n"
      "  processors:\n"
      "    - batch:\n"
      "        schedule_delay: ${DELAY:-5000}\n"
      "        exporter: &e\n"
      "          otlp_http: {endpoint: \"${URL}/v1/traces\", timeout: 0x10}\n"
      "    - simple:\n"
      "        exporter: {console: }\n"
      "  limits: {}\n",
      with({{"OFF", "TRUE"}, {"URL", "http://u:geheim@c:4318"}}));
  CHECK(settings.kind == Kind::sdk);
  CHECK(at(settings, "file_format") == "'1.0' <- app.yaml:1");
  CHECK(at(settings, "disabled") == "true <- ${OFF} from the environment (app.yaml:2)");
  CHECK(at(settings, "tracer_provider.processors[0].batch.schedule_delay") ==
        "5000 <- default of ${DELAY} (app.yaml:6)");
  CHECK(at(settings, "tracer_provider.processors[0].batch.exporter.otlp_http.endpoint") ==
        "'http://[REDACTED]@c:4318/v1/traces' <- ${URL} from the environment (app.yaml:8)");
  CHECK(at(settings, "tracer_provider.processors[0].batch.exporter.otlp_http.timeout") ==
        "16 <- app.yaml:8");
  CHECK(at(settings, "tracer_provider.processors[1].simple.exporter.console") ==
        "null <- app.yaml:10");
  CHECK(at(settings, "tracer_provider.limits") == "{} <- app.yaml:11");
  CHECK(refused("file_format: \"1.0\"\ndisabled: ${A:?x}\n").message.starts_with("app.yaml:2: "));
}

TEST_CASE("the variables of the specification are all shown, signals' own where they are set") {
  auto options = with({{"OTEL_SERVICE_NAME", "checkout"},
                       {"OTEL_PROPAGATORS", ""},
                       {"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "500"}});
  options.variable_places["OTEL_SERVICE_NAME"] = "prod.env:2";
  const auto settings = effective_variables(options);
  CHECK(settings.settings.size() == settings::variables().size() + 1);
  CHECK(at(settings, "OTEL_SERVICE_NAME") == "'checkout' <- prod.env:2");
  CHECK(at(settings, "OTEL_PROPAGATORS") == "'tracecontext,baggage' <- default");
  CHECK(at(settings, "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT") == "'500' <- environment");
  CHECK(at(settings, "OTEL_EXPORTER_OTLP_METRICS_TIMEOUT").empty());
}

TEST_CASE("a variable that SDKs cannot read leaves the default") {
  const auto settings = effective_variables(
      with({{"OTEL_BSP_MAX_QUEUE_SIZE", "many"}, {"OTEL_TRACES_SAMPLER", "ALWAYS_ON"}}));
  CHECK(at(settings, "OTEL_BSP_MAX_QUEUE_SIZE") ==
        "'2048' <- default, as SDKs cannot read environment");
  CHECK(at(settings, "OTEL_TRACES_SAMPLER") == "'ALWAYS_ON' <- environment");
}

TEST_CASE("a file of variables shows its own, whatever the environment says") {
  const auto settings = show(
      "# comment\nexport OTEL_SERVICE_NAME=\"checkout\"\nOTEL_BSP_SCHEDULE_DELAY=soon\n"
      "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://c:${PORT:-4318}\nOTEL_LOG_LEVEL=\n",
      with({{"OTEL_SERVICE_NAME", "other"}, {"OTEL_PROPAGATORS", "b3"}}));
  CHECK(settings.kind == Kind::env);
  CHECK(at(settings, "OTEL_SERVICE_NAME") == "'checkout' <- app.yaml:2");
  CHECK(at(settings, "OTEL_BSP_SCHEDULE_DELAY") ==
        "'5000' <- default, as SDKs cannot read app.yaml:3");
  CHECK(at(settings, "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT") == "'http://c:4318' <- app.yaml:4");
  CHECK(at(settings, "OTEL_PROPAGATORS") == "'tracecontext,baggage' <- default");
  CHECK(at(settings, "OTEL_LOG_LEVEL") == "'info' <- default");
}

TEST_CASE("services and containers show theirs under their paths") {
  const auto compose = show(
      "services:\n"
      "  db: {image: postgres, environment: {POSTGRES_PASSWORD: geheim}}\n"
      "  web: {image: a, environment: {OTEL_SERVICE_NAME: web}}\n"
      "  api:\n    image: b\n    env_file: x.env\n    environment: [OTEL_SERVICE_NAME=api]\n");
  CHECK(compose.kind == Kind::compose);
  CHECK(at(compose, "services.web.environment.OTEL_SERVICE_NAME") == "'web' <- app.yaml:3");
  CHECK(at(compose, "services.web.environment.OTEL_PROPAGATORS") ==
        "'tracecontext,baggage' <- default");
  CHECK(at(compose, "services.api.environment.OTEL_SERVICE_NAME") == "'api' <- app.yaml:7");
  // Its env_file may say otherwise.
  CHECK(at(compose, "services.api.environment.OTEL_PROPAGATORS").empty());
  CHECK(at(compose, "services.db.environment.OTEL_PROPAGATORS").empty());
  const auto kubernetes = show(
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n"
      "        - {name: OTEL_SERVICE_NAME, value: pod}\n");
  CHECK(kubernetes.kind == Kind::kubernetes);
  CHECK(at(kubernetes, "spec.containers[0].env.OTEL_SERVICE_NAME") == "'pod' <- app.yaml:7");
}

TEST_CASE("secrets are shown of no file and no variable") {
  const auto options = with({{"API_KEY", "geheim1"},
                             {"OTEL_EXPORTER_OTLP_HEADERS", "api-key=geheim2,x=geheim3,geheim4"},
                             {"OTEL_RESOURCE_ATTRIBUTES", "a=b,my.token=geheim5"},
                             {"OTEL_EXPORTER_OTLP_ENDPOINT", "http://u:geheim6@c/?k=geheim7"}});
  auto all = effective_variables(options).settings;
  for (const std::string_view file :
       {"telemetry:\n"
        "  service_name: \"${API_KEY}\"\n"
        "  exporters: {otlp: {headers: {a: geheim, b: \"${API_KEY}\"}}}\n"
        "  resource_attributes: {my.secret: geheim, x: sk-geheim12345}\n",
        "file_format: \"1.0\"\n"
        "resource:\n"
        "  attributes: [{name: my.token, value: geheim}]\n"
        "tracer_provider:\n"
        "  processors:\n"
        "    - batch: {exporter: {otlp_http: {headers: [{name: a, value: geheim}], "
        "headers_list: \"a=geheim\"}}}\n"}) {
    const auto settings = show(file, options).settings;
    all.insert(all.end(), settings.begin(), settings.end());
  }
  for (const EffectiveSetting& setting : all) {
    CAPTURE(setting.path());
    CHECK(setting.value.text.find("geheim") == std::string::npos);
    CHECK(setting.origin.find("geheim") == std::string::npos);
  }
  CHECK(std::any_of(all.begin(), all.end(), [](const EffectiveSetting& setting) {
    return setting.value.text == "api-key=[REDACTED],x=[REDACTED],[REDACTED]";
  }));
}

TEST_CASE(
    "a Collector file shows its values after substitution, typed as the Collector types them") {
  const auto settings = show(
      "exporters:\n"
      "  otlp_grpc:\n"
      "    endpoint: \"${env:HOST}:4317\"\n"
      "    timeout: 5s\n"
      "    headers: {authorization: \"${env:TOKEN}\"}\n"
      "    sending_queue: {enabled: no, queue_size: 010}\n"
      "service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp_grpc]}}}\n",
      with({{"HOST", "backend"}, {"TOKEN", "geheim"}}));
  CHECK(at(settings, "exporters.otlp_grpc.endpoint") ==
        "'backend:4317' <- ${HOST} from the environment (app.yaml:3)");
  CHECK(at(settings, "exporters.otlp_grpc.timeout") == "'5s' <- app.yaml:4");
  CHECK(at(settings, "exporters.otlp_grpc.headers.authorization") ==
        "'[REDACTED]' <- ${TOKEN} from the environment (app.yaml:5)");
  CHECK(at(settings, "exporters.otlp_grpc.sending_queue.enabled") == "'no' <- app.yaml:6");
  CHECK(at(settings, "exporters.otlp_grpc.sending_queue.queue_size") == "8 <- app.yaml:6");
  CHECK(at(settings, "service.pipelines.traces.receivers[0]") == "'otlp' <- app.yaml:7");
}

TEST_CASE("aliases that multiply are bounded") {
  std::string text = "file_format: \"1.0\"\na: &a [1,1,1,1,1,1,1,1,1,1]\n";
  char name = 'a';
  for (; name < 'e'; ++name) {
    text += fmt::format("{0}: &{0} [*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1},*{1}]\n",
                        static_cast<char>(name + 1), name);
  }
  CHECK(refused(text).message.find("more than 100000 settings") != std::string::npos);
}
