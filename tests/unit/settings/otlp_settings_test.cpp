// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/otlp_settings.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/unit/settings/otlp_support.hpp"

using namespace otelctl;
using namespace otelctl::settings;
using namespace std::chrono_literals;

TEST_CASE("Without anything it is gRPC on localhost:4317") {
  const auto settings = resolve({});
  REQUIRE(settings);
  CHECK(settings->protocol == Protocol::grpc);
  CHECK(url_of(settings) == "http://localhost:4317");
  CHECK(settings->timeout == 10s);
  CHECK(settings->compression == Compression::none);
  CHECK(settings->notes.empty());
  REQUIRE(settings->find("endpoint") != nullptr);
  CHECK(settings->find("endpoint")->origin == "default");
}

TEST_CASE("The port decides about the protocol when nobody does") {
  CHECK(resolve(endpoint_flag("http://c:4317"))->protocol == Protocol::grpc);
  CHECK(resolve(endpoint_flag("c:4317"))->protocol == Protocol::grpc);
  CHECK(resolve(endpoint_flag("http://c:4318"))->protocol == Protocol::http_protobuf);
  CHECK(resolve(endpoint_flag("http://c:14317"))->protocol == Protocol::http_protobuf);
  CHECK(noted(*resolve(endpoint_flag("http://c:4318")), "no protocol is set"));
  CHECK(resolve({}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4317"}})->protocol ==
        Protocol::grpc);
}

TEST_CASE("URLs come out as the specification builds them") {
  struct Row {
    OtlpFlags flags;
    Variables variables;
    const char* url;
  };
  const auto http = [](OtlpFlags flags) {
    flags.protocol = "http/protobuf";
    return flags;
  };
  const std::string general = "OTEL_EXPORTER_OTLP_ENDPOINT";
  const std::string traces = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
  const std::vector<Row> rows{
      {http({}), {}, "http://localhost:4318/v1/traces"},
      {http({}), {{general, "http://c:4318"}}, "http://c:4318/v1/traces"},
      {http({}), {{general, "http://c:4318/x"}}, "http://c:4318/x/v1/traces"},
      {http({}), {{general, "http://c:4318/x/"}}, "http://c:4318/x/v1/traces"},
      {http({}), {{general, "http://c:4318/v1/traces"}}, "http://c:4318/v1/traces/v1/traces"},
      {http({}), {{traces, "http://c:4318"}}, "http://c:4318/"},
      {http({}), {{traces, "http://c:4318/custom"}}, "http://c:4318/custom"},
      {http({}), {{traces, "http://t:1/x"}, {general, "http://g:1"}}, "http://t:1/x"},
      {http({}),
       {{general, "https://us.cloud.langfuse.com/api/public/otel"}},
       "https://us.cloud.langfuse.com/api/public/otel/v1/traces"},
      {http(endpoint_flag("http://c:4318")), {}, "http://c:4318/v1/traces"},
      {http(endpoint_flag("http://c:4318/v1/traces")), {}, "http://c:4318/v1/traces"},
      {http(endpoint_flag("c:4318")), {}, "http://c:4318/v1/traces"},
      {endpoint_flag("http://c:4317/some/path"), {}, "http://c:4317"},
      {endpoint_flag("https://c:4317"), {}, "https://c:4317"},
      {{}, {{general, ""}}, "http://localhost:4317"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.url);
    CHECK(url_of(resolve(row.flags, row.variables)) == row.url);
  }
}

TEST_CASE("Each signal has its own path and variable") {
  const Variables variables{{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318"},
                            {"OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://logs:4318/in"}};
  CHECK(url_of(resolve({}, variables, Signal::metrics)) == "http://c:4318/v1/metrics");
  CHECK(url_of(resolve({}, variables, Signal::logs)) == "http://logs:4318/in");
}

TEST_CASE("What a person should know about the endpoint is noted") {
  CHECK(noted(*resolve(endpoint_flag("c:4318")), "no scheme"));
  CHECK(noted(*resolve(endpoint_flag("http://c:4318/v1/traces")), "used as it is"));
  CHECK(noted(*resolve(endpoint_flag("http://c:4317/x")), "no meaning over gRPC"));
  CHECK(noted(*resolve(endpoint_flag("http://c")), "has no port"));
  CHECK(noted(*resolve(endpoint_flag("http://me:secret@c:4317")), "not sent"));
  OtlpFlags crossed = endpoint_flag("http://c:4318");
  crossed.protocol = "grpc";
  CHECK(noted(*resolve(crossed), "4318 is usually OTLP over HTTP"));
  CHECK(
      noted(*resolve({}, {{"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://c:4318"}}), "/v1/traces"));
  CHECK(noted(*resolve({}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/v1/traces"}}),
              "/v1/traces/v1/traces"));
}

TEST_CASE("A sampler that leaves traces out is noted, as it explains what is missed") {
  const auto with = [](const char* sampler, const char* argument, Signal signal = Signal::traces) {
    return *resolve({}, {{"OTEL_TRACES_SAMPLER", sampler}, {"OTEL_TRACES_SAMPLER_ARG", argument}},
                    signal);
  };
  CHECK(noted(with("parentbased_traceidratio", "0.1"),
              "OTEL_TRACES_SAMPLER_ARG is 0.1: SDKs send that part of their traces"));
  CHECK(noted(with("TraceIdRatio", "0"), "SDKs send that part"));
  CHECK(noted(with("always_off", ""), "OTEL_TRACES_SAMPLER is always_off: SDKs begin no trace"));
  CHECK(noted(with("parentbased_always_off", ""), "SDKs begin no trace"));
  for (const char* argument : {"1.0", "1.5", "-0.1", "10%", "nan", ""}) {
    CAPTURE(argument);
    CHECK(with("traceidratio", argument).notes.empty());
  }
  CHECK(with("always_on", "0.1").notes.empty());
  CHECK(with("always_off", "", Signal::logs).notes.empty());
}

TEST_CASE("Without a scheme a variable needs gRPC and INSECURE") {
  const auto with = [](const char* insecure, const char* protocol = "grpc") {
    return resolve({}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "c:4317"},
                        {"OTEL_EXPORTER_OTLP_PROTOCOL", protocol},
                        {"OTEL_EXPORTER_OTLP_INSECURE", insecure}});
  };
  CHECK(url_of(with("true")) == "http://c:4317");
  CHECK(url_of(with("TRUE")) == "http://c:4317");
  CHECK(url_of(with("false")) == "https://c:4317");
  CHECK(url_of(with("1")) == "https://c:4317");
  CHECK(noted(*with("1"), "neither true nor false"));
  CHECK_FALSE(with(""));
  CHECK_FALSE(with("true", "http/protobuf"));
  CHECK(with("").error().message.find("OTEL_EXPORTER_OTLP_ENDPOINT") == 0);
}

TEST_CASE("The obsolete names of INSECURE count for their signal, with a note") {
  struct Row {
    Variables variables;
    Signal signal;
    std::string url;
    std::string note;
  };
  const std::string general = "OTEL_EXPORTER_OTLP_INSECURE";
  const std::string traces = "OTEL_EXPORTER_OTLP_TRACES_INSECURE";
  const std::string span = "OTEL_EXPORTER_OTLP_SPAN_INSECURE";
  const std::string metric = "OTEL_EXPORTER_OTLP_METRIC_INSECURE";
  const std::vector<Row> rows{
      {{{span, "true"}}, Signal::traces, "http://c:4317", span + " is obsolete: set " + traces},
      {{{metric, "true"}},
       Signal::metrics,
       "http://c:4317",
       metric + " is obsolete: set OTEL_EXPORTER_OTLP_METRICS_INSECURE"},
      {{{span, "true"}, {general, "false"}}, Signal::traces, "http://c:4317", span},
      {{{span, "true"}, {traces, "false"}}, Signal::traces, "https://c:4317", span},
      {{{span, "true"}, {general, "false"}}, Signal::metrics, "https://c:4317", ""},
      {{{metric, "true"}, {general, "false"}}, Signal::logs, "https://c:4317", ""},
  };
  for (const Row& row : rows) {
    Variables variables = row.variables;
    variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = "c:4317";
    variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = "grpc";
    const auto settings = resolve({}, variables, row.signal);
    CHECK(url_of(settings) == row.url);
    REQUIRE(settings);
    CHECK(noted(*settings, row.note));
    CHECK(noted(*settings, "obsolete") == !row.note.empty());
  }
}

TEST_CASE("What INSECURE decides is a setting, where it decides") {
  const std::string general = "OTEL_EXPORTER_OTLP_INSECURE";
  const std::string traces = "OTEL_EXPORTER_OTLP_TRACES_INSECURE";
  const auto settings = resolve({}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "c:4317"},
                                     {"OTEL_EXPORTER_OTLP_PROTOCOL", "grpc"},
                                     {general, "false"},
                                     {traces, "true"}});
  REQUIRE(settings);
  REQUIRE(settings->find("insecure") != nullptr);
  CHECK(settings->find("insecure")->value == "true");
  CHECK(settings->find("insecure")->origin == traces);
  CHECK(settings->find("insecure")->shadowed == std::vector<std::string>{general});
  const auto scheme =
      resolve({}, {{"OTEL_EXPORTER_OTLP_ENDPOINT", "https://c:4317"}, {general, "true"}});
  REQUIRE(scheme);
  CHECK(scheme->find("insecure") == nullptr);
  CHECK(noted(*scheme, general + " has no effect"));
}

TEST_CASE("gRPC's own target syntax is taken where it names a host") {
  OtlpFlags flags = endpoint_flag("dns:///c:4317");
  flags.protocol = "grpc";
  CHECK(url_of(resolve(flags)) == "http://c:4317");
  flags.endpoint = "unix:/run/otel.sock";
  CHECK_FALSE(resolve(flags));
}

TEST_CASE("A flag beats the file, the file the variables, and what is overruled is noted") {
  Application application(R"(telemetry:
  service_name: app
  exporters:
    otlp:
      enabled: true
      endpoint: http://file:4317
      timeout_ms: 3000
      compression: gzip
)");
  const Variables variables{{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://env:4317"},
                            {"OTEL_EXPORTER_OTLP_TIMEOUT", "5000"}};
  const auto from_file = resolve(application.flags(), variables);
  REQUIRE(from_file);
  CHECK(from_file->endpoint.host == "file");
  CHECK(from_file->timeout == 3s);
  CHECK(from_file->compression == Compression::gzip);
  CHECK(from_file->service_name == "app");
  CHECK(noted(*from_file, "overrules OTEL_EXPORTER_OTLP_ENDPOINT"));
  CHECK(from_file->find("endpoint")->origin.ends_with("app.yaml:6"));
  CHECK(from_file->find("endpoint")->shadowed ==
        std::vector<std::string>{"OTEL_EXPORTER_OTLP_ENDPOINT"});

  application.flags().endpoint = "http://flag:4317";
  const auto from_flag = resolve(application.flags(), variables);
  REQUIRE(from_flag);
  CHECK(from_flag->endpoint.host == "flag");
  CHECK(from_flag->find("endpoint")->shadowed.size() == 2);
}

TEST_CASE("A signal's variable beats the general one without a note") {
  const auto settings = resolve(
      {}, {{"OTEL_EXPORTER_OTLP_TIMEOUT", "1000"}, {"OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2000"}});
  REQUIRE(settings);
  CHECK(settings->timeout == 2s);
  CHECK(settings->notes.empty());
  CHECK(settings->find("timeout")->source == Source::signal_variable);
}

TEST_CASE("An endpoint in a file is used as it is") {
  const Application application(
      "telemetry:\n  exporters:\n    otlp:\n      endpoint: http://c:4318\n");
  const auto settings = resolve(application.flags());
  CHECK(url_of(settings) == "http://c:4318/");
  CHECK(noted(*settings, "used as it is"));
}

TEST_CASE("A file's values go through substitution, with the environment and its defaults") {
  const Application application(R"(telemetry:
  service_version: "${VERSION:-0.3.0}"
  resource_attributes:
    host.name: ${HOST}
    team: a
  exporters:
    otlp:
      endpoint: ${WHERE}
      headers:
        X-Key: ${KEY}
)");
  const auto settings = resolve(application.flags(), {{"WHERE", "http://c:4317"}, {"KEY", "k"}});
  REQUIRE(settings);
  CHECK(settings->endpoint.host == "c");
  CHECK(header(*settings, "x-key") == "k");
  CHECK(settings->find("resource service.version")->value == "0.3.0");
  CHECK(noted(*settings, "HOST"));
}

TEST_CASE(
    "A section that is not there is named with the nearest, and other troubles with their line") {
  Application application("telemetri:\n  exporters: []\n");
  const auto missing = resolve(application.flags());
  REQUIRE_FALSE(missing);
  CHECK(missing.error().kind == ErrorKind::settings);
  CHECK(missing.error().hint.find("telemetri") != std::string::npos);
  application.flags().config_file = "/does/not/exist.yaml";
  CHECK(resolve(application.flags()).error().kind == ErrorKind::settings);
  const Application broken("telemetry:\n  exporters:\n    otlp:\n      endpoint: [a]\n");
  CHECK(resolve(broken.flags()).error().message.find("app.yaml:4") != std::string::npos);
  const Application no_yaml("telemetry: \"unclosed\n");
  CHECK_FALSE(resolve(no_yaml.flags()));
}

TEST_CASE("A section may lie deeper, and one that is switched off is noted") {
  Application application(
      "app:\n  telemetry:\n    exporters:\n      otlp:\n        enabled: false\n"
      "        endpoint: http://c:4317\n");
  application.flags().section = "app.telemetry";
  const auto settings = resolve(application.flags());
  REQUIRE(settings);
  CHECK(noted(*settings, "not enabled"));
}
