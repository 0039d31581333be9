// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <doctest/doctest.h>

#include "config/environment/known_names.hpp"
#include "config/environment/pair_list.hpp"
#include "config/excerpt.hpp"
#include "config/fix.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

// The variables of a compose service, indented under `environment`.
std::string compose(std::string_view environment, std::string_view more = {}) {
  return fmt::format("services:\n  a:\n    image: x\n{}    environment:\n{}", more, environment);
}

std::string pod(std::string_view env, std::string_view more = {}) {
  return fmt::format(
      "apiVersion: v1\nkind: Pod\nspec:\n{}  containers:\n    - name: a\n      env:\n{}", more,
      env);
}

FileReport check_process(const Variables& variables, bool is_strict = false) {
  ValidateOptions options;
  options.environment = Environment(variables);
  options.is_strict = is_strict;
  options.can_read_file = [](const std::string& path) { return path == "/here"; };
  auto report = validate_environment(options);
  REQUIRE(report.has_value());
  return std::move(*report);
}

}  // namespace

TEST_CASE("both forms of a compose environment are read, with references and merge keys") {
  CHECK(verdict(compose("      - OTEL_SDK_DISABLED=1\n")) == "OTC414@5:27");
  CHECK(verdict(compose("      - 'OTEL_SDK_DISABLED=1'\n")) == "OTC414@5:28");
  CHECK(verdict(compose("      OTEL_SDK_DISABLED: 1\n")) == "OTC414@5:26");
  CHECK(verdict(compose("      OTEL_SDK_DISABLED: ${X:-1}\n")) == "OTC414@5:26");
  CHECK(verdict(compose("      OTEL_SDK_DISABLED: ${X}\n"), {{"X", "1"}}) == "OTC414@5:26");
  CHECK(verdict(compose("      OTEL_SDK_DISABLED: ${X}\n")) == "OTC201@5:26");
  CHECK(verdict(compose("      OTHER: ${X}\n      ELSE: $\n")) == "");
  CHECK(verdict(compose("      - OTEL_SDK_DISABLED\n"), {{"OTEL_SDK_DISABLED", "1"}}) ==
        "OTC414@5:9");
  CHECK(verdict(compose("      - OTEL_SDK_DISABLED\n")) == "");
  CHECK(verdict("x-env: &e {OTEL_SDK_DISABLED: 1}\nservices:\n  a:\n    image: x\n"
                "    environment:\n      <<: *e\n") == "OTC414@1:31");
}

TEST_CASE("what may come from elsewhere is not said to be missing") {
  const std::string_view port = "      OTEL_EXPORTER_OTLP_ENDPOINT: http://c:4317\n";
  CHECK(verdict(compose(port)) == "OTC307@5:36");
  CHECK(verdict(compose(port, "    env_file: .env\n")) == "");
  const std::string_view argument = "        - {name: OTEL_TRACES_SAMPLER_ARG, value: \"0.1\"}\n";
  CHECK(verdict(pod(argument)) == "OTC403@7:50");
  CHECK(verdict(pod(std::string(argument) + "      envFrom: []\n")) == "");
  CHECK(verdict("apiVersion: v1\nkind: ConfigMap\ndata: {OTEL_TRACES_SAMPLER_ARG: \"0.1\"}\n") ==
        "");
}

TEST_CASE("localhost is somebody else's only where the container is alone") {
  const std::string_view local =
      "      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: http://127.0.0.1:55680\n";
  CHECK(verdict(compose(local)) == "OTC325@5:43");
  CHECK(verdict(compose(local, "    network_mode: host\n")) == "");
  const std::string_view env =
      "        - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: \"http://localhost:55680\"}\n";
  CHECK(verdict(pod(env)) == "OTC325@7:54");
  CHECK(verdict(pod(env, "  hostNetwork: true\n")) == "");
  CHECK(verdict(pod(std::string(env) + "    - name: otel-collector\n")) == "");
}

TEST_CASE("Kubernetes takes text only, and knows no value of another object") {
  const auto value = [](std::string_view text) {
    return verdict(
        pod(fmt::format("        - name: OTEL_SERVICE_NAME\n          value: {}\n", text)));
  };
  for (const char* text : {"1", "1.5", "true", "yes", "0x1F", "1e3"}) {
    CAPTURE(text);
    CHECK(value(text) == "OTC104@8:18");
  }
  for (const char* text : {"'1'", "a", "1a", "\"true\"", "", "~"}) {
    CAPTURE(text);
    CHECK(value(text) == "");
  }
  CHECK(value("{a: b}") == "OTC102@8:18");
  CHECK(verdict(pod("        - name: OTEL_SDK_DISABLED\n          valueFrom: {}\n")) == "");
  CHECK(verdict(pod("        - {name: X, value: \"1\"}\n"
                    "        - {name: OTEL_SDK_DISABLED, value: $(X)}\n")) == "OTC414@8:44");
  CHECK(
      only(check(pod("        - {name: OTEL_SERVICE_NAME, value: 1}\n")), "OTC104").edits.size() ==
      2);
}

TEST_CASE("a signal's variables stand for themselves") {
  CHECK(verdict("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318\n"
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf\n") == "OTC309@1:36");
  CHECK(verdict("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4318/v1/traces\n"
                "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n") == "");
  CHECK(verdict("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317\n"
                "OTEL_EXPORTER_OTLP_PROTOCOL=grpc\n"
                "OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/json\n") == "OTC306@1:29");
  CHECK(verdict("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317\nOTEL_EXPORTER_OTLP_PROTOCOL=grpc\n"
                "OTEL_EXPORTER_OTLP_METRICS_HEADERS=api-key=\n") == "OTC329@3:36");
}

TEST_CASE("an endpoint without scheme is right only for gRPC beside INSECURE") {
  const std::string endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=c:9999\n";
  CHECK(verdict(endpoint) == "OTC310@1:29");
  CHECK(verdict(endpoint + "OTEL_EXPORTER_OTLP_INSECURE=true\n") == "");
  CHECK(verdict(endpoint + "OTEL_EXPORTER_OTLP_INSECURE=true\n"
                           "OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf\n") == "OTC310@1:29");
  CHECK(verdict("OTEL_EXPORTER_OTLP_ENDPOINT=\n") == "");
}

TEST_CASE("names of languages and of nobody") {
  for (const char* name :
       {"OTEL_PYTHON_LOG_CORRELATION", "OTEL_JAVAAGENT_DEBUG", "OTEL_GO_X_OBSERVABILITY",
        "OTEL_SEMCONV_STABILITY_OPT_IN", "OTEL_INSTRUMENTATION_HTTP_ENABLED"}) {
    CAPTURE(name);
    CHECK(verdict(std::string(name) + "=x\n") == "");
  }
  CHECK(verdict("OTEL_ZZZ_QQQ=x\n") == "OTC425@1:1");
  CHECK(near_names("OTEL_EXPORTER_OTLP_ENDPONT") ==
        std::vector<std::string>{"OTEL_EXPORTER_OTLP_ENDPOINT"});
  CHECK(near_names("otel_service_name") == std::vector<std::string>{"OTEL_SERVICE_NAME"});
  CHECK(near_names("OTEL_TRACE_SAMPLER") == std::vector<std::string>{"OTEL_TRACES_SAMPLER"});
  CHECK(find_foreign_name("OTEL_TRACING_ENABLED") != nullptr);
  CHECK(find_foreign_name("COLLECTOR_OTLP_ENABLED") != nullptr);
  CHECK(find_foreign_name("OTEL_SERVICE_NAME") == nullptr);
  CHECK(
      verdict(
          "services:\n  jaeger:\n    image: j\n    environment: [COLLECTOR_OTLP_ENABLED=true]\n") ==
      "OTC402@4:19");
}

TEST_CASE("numbers, booleans and names have the specification's bounds") {
  const auto codes = [](std::string_view line) { return verdict(std::string(line) + "\n"); };
  CHECK(codes("OTEL_BSP_MAX_QUEUE_SIZE=0") == "OTC401@1:25");
  CHECK(codes("OTEL_ATTRIBUTE_COUNT_LIMIT=-1") == "OTC401@1:28");
  CHECK(codes("OTEL_METRIC_EXPORT_INTERVAL=2147483647") == "");
  CHECK(codes("OTEL_METRIC_EXPORT_INTERVAL=2147483648") == "OTC401@1:29");
  CHECK(codes("OTEL_EXPORTER_PROMETHEUS_PORT=65536") == "OTC401@1:31");
  CHECK(codes("OTEL_EXPORTER_OTLP_INSECURE=1") == "OTC401@1:29");
  CHECK(codes("OTEL_EXPORTER_OTLP_INSECURE=TRUE") == "");
  CHECK(codes("OTEL_EXPORTER_OTLP_TIMEOUT=0") == "");
  CHECK(codes("OTEL_METRICS_EXEMPLAR_FILTER=always_of") == "OTC401@1:30");
  CHECK(codes("OTEL_TRACES_SAMPLER=Always_Off") == "");
  CHECK(codes("OTEL_TRACES_SAMPLER=parentbased_traceidratoi") == "OTC401@1:21");
  CHECK(codes("OTEL_TRACES_EXPORTER=gcp_trace") == "OTC424@1:22");
  CHECK(codes("OTEL_BSP_SCHEDULE_DELAY=") == "");
  CHECK(codes("OTEL_EXPORTER_OTLP_COMPRESSION=GZIP") == "");
}

TEST_CASE("the argument of a sampler is read as the sampler reads it") {
  const auto codes = [](std::string_view sampler, std::string_view argument) {
    return verdict(
        fmt::format("OTEL_TRACES_SAMPLER={}\nOTEL_TRACES_SAMPLER_ARG={}\n", sampler, argument));
  };
  CHECK(codes("parentbased_traceidratio", "0.25") == "");
  CHECK(codes("traceidratio", "1.5") == "OTC404@2:25");
  CHECK(codes("parentbased_traceidratio", "nan") == "OTC404@2:25");
  CHECK(codes("always_on", "0.1") == "OTC404@2:25");
  CHECK(codes("jaeger_remote", "endpoint=http://c:14250,pollingIntervalMs=5000") == "");
  CHECK(codes("jaeger_remote", "endpoint=http://c:14250,poll=5") == "OTC404@2:49");
  CHECK(codes("xray", "anything") == "");
}

TEST_CASE("a part of traces is to be kept by what the caller has decided") {
  const auto codes = [](std::string_view sampler, std::string_view argument) {
    return verdict(
        fmt::format("OTEL_TRACES_SAMPLER={}\nOTEL_TRACES_SAMPLER_ARG={}\n", sampler, argument));
  };
  CHECK(codes("traceidratio", "0.1") == "OTC315@1:21");
  CHECK(codes("TraceIdRatio", "0.5") == "OTC315@1:21");
  CHECK(codes("traceidratio", "1.0") == "");
  CHECK(codes("traceidratio", "0") == "");
  CHECK(codes("parentbased_traceidratio", "0.1") == "");
  CHECK(verdict("OTEL_TRACES_SAMPLER=traceidratio\n") == "");
  CHECK(verdict("services:\n  a:\n    environment:\n      OTEL_TRACES_SAMPLER: traceidratio\n"
                "      OTEL_TRACES_SAMPLER_ARG: \"0.1\"\n") == "OTC315@4:28");
  const FixResult mended =
      fix("a.env", "OTEL_TRACES_SAMPLER=traceidratio\nOTEL_TRACES_SAMPLER_ARG=0.1\n", {});
  CHECK(mended.after.document.source() ==
        "OTEL_TRACES_SAMPLER=parentbased_traceidratio\nOTEL_TRACES_SAMPLER_ARG=0.1\n");
}

TEST_CASE("the process environment is checked without places and by names") {
  const FileReport report =
      check_process({{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://c:4318/v1/traces"},
                     {"OTEL_EXPORTER_OTLP_CERTIFICATE", "/nowhere"},
                     {"OTEL_EXPORTER_OTLP_CLIENT_KEY", "/here"},
                     {"PATH", "/bin"}});
  CHECK(report.name == "(environment)");
  CHECK(report.kind == Kind::env);
  CHECK(verdict(report) == "OTC307 OTC308 OTC417 OTC417");
  for (const Finding& finding : report.findings) {
    CAPTURE(finding.code);
    CHECK(finding.message.find("OTEL_EXPORTER_OTLP_") != std::string::npos);
    CHECK(finding.place.path.starts_with("OTEL_EXPORTER_OTLP_"));
    CHECK_FALSE(finding.fixable());
  }
  CHECK_FALSE(validate_environment({}).has_value());
}

TEST_CASE("strict makes errors of what is not set and of what nobody reads") {
  const FileReport report =
      check_process({{"OTEL_SERVICE_VERSION", "1"}, {"OTEL_ZZZ_QQQ", "1"}}, true);
  REQUIRE(report.findings.size() == 2);
  CHECK(report.findings[0].severity == Severity::error);
  CHECK(report.findings[1].severity == Severity::error);
  ValidateOptions options;
  options.is_strict = true;
  const FileReport file = validate("a", "OTEL_SERVICE_NAME=${X}\nOTEL_SDK_DISABLED=1\n", options);
  CHECK(only(file, "OTC201").severity == Severity::error);
  CHECK(only(file, "OTC414").severity == Severity::warning);
}

TEST_CASE("values of headers are shown nowhere, their names are") {
  const std::string secret = "k9fjw02mxq";
  for (const std::string& text :
       {"OTEL_EXPORTER_OTLP_HEADERS=a=" + secret + " x,b\n",
        compose("      - OTEL_EXPORTER_OTLP_HEADERS=a=" + secret + " x,b\n"),
        compose("      OTEL_EXPORTER_OTLP_HEADERS: \"a=" + secret + " x,b\"\n"),
        pod("        - name: OTEL_EXPORTER_OTLP_HEADERS\n          value: a=" + secret +
            " x,b\n")}) {
    CAPTURE(text);
    const FileReport report = check(text);
    CHECK(report.findings.size() == 2);
    for (const Finding& finding : report.findings) {
      const Excerpt excerpt = excerpt_of(report, finding.place);
      const std::string all =
          excerpt.before + excerpt.marked + excerpt.after + finding.message + finding.help;
      CHECK(all.find(secret) == std::string::npos);
    }
  }
}

TEST_CASE("pairs know where their parts stand") {
  const auto pairs = split_pairs(" a=1 ,,b, c%20=x%2Cy,d=%");
  REQUIRE(pairs.size() == 4);
  CHECK(pairs[0].begin == 1);
  CHECK(pairs[0].end == 4);
  CHECK(pairs[0].value_begin == 3);
  CHECK_FALSE(pairs[1].has_equals);
  CHECK(pairs[2].key == "c ");
  CHECK(pairs[2].value == "x,y");
  CHECK(pairs[3].has_bad_escape);
}
