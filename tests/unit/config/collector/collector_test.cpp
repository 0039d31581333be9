// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/file.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

FileReport check_collector(std::string_view text, const Variables& variables = {},
                           std::string_view version = "0.155") {
  ValidateOptions options;
  options.kind = Kind::collector;
  options.environment = otelctl::Environment(variables);
  options.collector_version = CollectorVersion::parse(version).value();
  return validate("otel.yaml", std::string(text), options);
}

// A sound file but for what stands under the exporter.
std::string with_exporter(std::string_view exporter) {
  return fmt::format(
      "exporters:\n"
      "  otlp_http:\n"
      "{}"
      "receivers:\n"
      "  otlp:\n"
      "    protocols: {{grpc: }}\n"
      "processors:\n"
      "  memory_limiter: {{check_interval: 1s, limit_mib: 512}}\n"
      "service:\n"
      "  pipelines:\n"
      "    traces:\n"
      "      receivers: [otlp]\n"
      "      processors: [memory_limiter]\n"
      "      exporters: [otlp_http]\n",
      exporter);
}

int errors_in(const FileReport& report) {
  int errors = 0;
  for (const Finding& finding : report.findings) {
    errors += finding.severity == Severity::error ? 1 : 0;
  }
  return errors;
}

std::string exporter_verdict(std::string_view exporter, const Variables& variables = {}) {
  return verdict(check_collector(with_exporter(exporter), variables));
}

}  // namespace

TEST_CASE("the Collector file of the seed: every expected finding at its place") {
  const auto bytes =
      otelctl::read_file(OTELCTL_TEST_DATA "/config/seeds/s3-otel-collector.yaml", 100000);
  REQUIRE(bytes.has_value());
  const FileReport report = validate("otel-collector.yaml", *bytes, {});
  CHECK(name_of(report.kind) == "collector");
  CHECK(only(report, "OTC733").severity == Severity::warning);
  CHECK(only(report, "OTC732").severity == Severity::warning);
  const std::string found = verdict(report);
  CAPTURE(found);
  for (const std::string_view expected : {"OTC750@5:19", "OTC750@7:19", "OTC710@20:3",
                                          "OTC710@24:3", "OTC732@31:20", "OTC733@29:5"}) {
    CAPTURE(expected);
    CHECK(found.find(expected) != std::string::npos);
  }
  CHECK(errors_in(report) == 2);
}

TEST_CASE("values are judged after substitution, by the type of what a variable holds") {
  CHECK(exporter_verdict("    endpoint: http://b:4318\n    timeout: ${env:T}\n", {{"T", "5s"}}) ==
        "");
  CHECK(exporter_verdict("    endpoint: http://b:4318\n    timeout: ${env:T}\n", {{"T", "5"}}) ==
        "OTC735@4:14");
  CHECK(exporter_verdict("    endpoint: http://b:4318\n    max_idle_conns: ${env:N}0\n",
                         {{"N", "5"}}) == "OTC104@4:21");
  CHECK(exporter_verdict("    endpoint: http://b:4318\n    max_idle_conns: \"${env:N}\"\n",
                         {{"N", "5"}}) == "");
  CHECK(exporter_verdict("    endpoint: ${env:E:-http://b:4318}\n", {{"E", ""}}) ==
        "OTC207@3:15 OTC715@3:15");
  CHECK(exporter_verdict("    endpoint: ${env:E}\n") == "OTC201@3:15");
  CHECK(exporter_verdict("    endpoint: ${file:/etc/endpoint}\n") == "");
  CHECK(exporter_verdict("    endpoint: ${E:-http://b:4318}\n") == "OTC203@3:15");
}

TEST_CASE("a message never holds the value of a header") {
  const FileReport report = check_collector(
      with_exporter("    endpoint: http://b:4318\n    headers: {authorization: 123456789}\n"));
  const Finding finding = only(report, "OTC104");
  CHECK(finding.message.find("123456789") == std::string::npos);
}

TEST_CASE("what an older or newer Collector has is told by --collector-version") {
  const std::string old_name =
      "receivers:\n  otlp:\n    protocols: {grpc: }\n"
      "processors:\n  memory_limiter: {check_interval: 1s, limit_mib: 512}\n"
      "exporters:\n  otlp:\n    endpoint: backend:4317\n"
      "service:\n  pipelines:\n    traces:\n      receivers: [otlp]\n"
      "      processors: [memory_limiter]\n      exporters: [otlp]\n";
  CHECK(verdict(check_collector(old_name)) == "OTC751@7:3");
  CHECK(verdict(check_collector(old_name, {}, "0.143.0")) == "");
  std::string new_name = old_name;
  new_name.replace(new_name.find("  otlp:\n    endpoint"), 7, "  otlp_grpc:");
  new_name.replace(new_name.rfind("[otlp]"), 6, "[otlp_grpc]");
  CHECK(verdict(check_collector(new_name)) == "");
  CHECK(verdict(check_collector(new_name, {}, "v0.143.1")) == "OTC711@7:3");
  CHECK_FALSE(CollectorVersion::parse("latest").has_value());
  CHECK_FALSE(CollectorVersion::parse("1.61.0").has_value());
  CHECK_FALSE(CollectorVersion::parse("0.155.0.1").has_value());
}

TEST_CASE("keys that later Collectors have are not called unknown") {
  CHECK(exporter_verdict("    endpoint: http://backend:4318\n"
                         "    keepalive: {enabled: true}\n"
                         "    sending_queue:\n"
                         "      batch:\n"
                         "        fixed_windows: {}\n"
                         "        partition: {metadata_keys: [a], cardinality_limit: 10}\n") == "");
  const std::string text =
      "receivers:\n"
      "  otlp:\n"
      "    protocols:\n"
      "      http: {profiles_url_path: /v1/p, keepalive: {enabled: true}}\n"
      "extensions:\n"
      "  bearertokenauth: {filename: token, file_retry: {enabled: true}}\n"
      "  basicauth: {client_auth: {aws_secrets_manager: {secret_id: a}}}\n";
  CHECK(verdict(check_collector(text)).find("OTC103") == std::string::npos);
}

TEST_CASE("host_metrics is for metrics and logs, and for nothing else") {
  const auto in_pipeline = [](std::string_view signal) {
    return verdict(check_collector(
        fmt::format("receivers:\n  host_metrics:\n"
                    "processors:\n  memory_limiter: {{check_interval: 1s, limit_mib: 512}}\n"
                    "exporters:\n  otlp_grpc: {{endpoint: \"backend:4317\"}}\n"
                    "service:\n  pipelines:\n    {}:\n      receivers: [host_metrics]\n"
                    "      processors: [memory_limiter]\n      exporters: [otlp_grpc]\n",
                    signal)));
  };
  CHECK(in_pipeline("logs") == "");
  CHECK(in_pipeline("metrics") == "");
  CHECK(in_pipeline("traces") == "OTC712@10:19");
}

TEST_CASE("each component has its newer name from a version of its own") {
  const auto with_receiver = [](std::string_view type, std::string_view version) {
    return verdict(check_collector(
        fmt::format("receivers:\n  {0}:\n    include: [/var/log/app.log]\n"
                    "processors:\n  memory_limiter: {{check_interval: 1s, limit_mib: 512}}\n"
                    "exporters:\n  debug:\n"
                    "service:\n  pipelines:\n    logs:\n      receivers: [{0}]\n"
                    "      processors: [memory_limiter]\n      exporters: [debug]\n",
                    type),
        {}, version));
  };
  CHECK(with_receiver("filelog", "0.148") == with_receiver("file_log", "0.149"));
  CHECK(with_receiver("filelog", "0.149").find("OTC751@2:3") != std::string::npos);
  CHECK(with_receiver("file_log", "0.148").find("OTC711@2:3") != std::string::npos);
  CHECK(with_receiver("tcplog", "0.149") == with_receiver("tcp_log", "0.150"));
}

TEST_CASE("a component that has gone from the distributions is known until then") {
  const auto with_loki = [](std::string_view version) {
    return verdict(
        check_collector("receivers:\n  otlp:\n    protocols: {grpc: }\n"
                        "processors:\n  memory_limiter: {check_interval: 1s, limit_mib: 512}\n"
                        "exporters:\n  loki:\n    endpoint: http://loki:3100/loki/api/v1/push\n"
                        "service:\n  pipelines:\n    logs:\n      receivers: [otlp]\n"
                        "      processors: [memory_limiter]\n      exporters: [loki]\n",
                        {}, version));
  };
  CHECK(with_loki("0.130") == "");
  CHECK(with_loki("0.131") == "OTC710@7:3");
}

TEST_CASE("twenty planted mistakes are found in one run, each at its place") {
  const FileReport report = check_collector(
      "receivers:\n"
      "  otlp:\n"
      "    protocols:\n"
      "      grpc:\n"
      "        endpoint: localhost\n"
      "        max_recv_msg_size: 4\n"
      "      htttp:\n"
      "  otlp-2:\n"
      "processors:\n"
      "  batch:\n"
      "    timeout: 1d\n"
      "    send_batch_size: \"512\"\n"
      "  memory_limiter:\n"
      "    limit_mib: 100\n"
      "    spike_limit_mib: 200\n"
      "  filtr:\n"
      "exporters:\n"
      "  otlp_grpc:\n"
      "    endpoint: backend\n"
      "    compression: brotli\n"
      "    retry_on_failure: {randomization_factor: 2}\n"
      "    tls: {insecure_skip_verify: true, key_file: k.pem}\n"
      "  debug:\n"
      "    loglevel: info\n"
      "  logging:\n"
      "service:\n"
      "  extensions: [health_check]\n"
      "  telemetry: {metrics: {address: \":8888\"}}\n"
      "  pipelines:\n"
      "    trace:\n"
      "      receivers: [otlp]\n"
      "      exporters: [debug]\n"
      "    metrics:\n"
      "      receivers: [otpl]\n"
      "      processors: [batch, batch, memory_limiter]\n"
      "      exporters: []\n");
  CHECK(verdict(report) ==
        "OTC748@5:19 OTC103@6:9 OTC103@7:7 OTC702@8:3 OTC104@11:14 OTC104@12:22 OTC717@13:3 "
        "OTC717@15:22 OTC730@16:3 OTC731@16:3 OTC730@18:3 OTC715@19:15 OTC106@20:18 OTC718@21:46 "
        "OTC741@22:33 OTC719@22:49 OTC103@24:5 OTC710@25:3 OTC730@25:3 OTC703@27:16 OTC713@28:25 "
        "OTC704@30:5 OTC733@30:5 OTC745@32:19 OTC703@34:19 OTC706@35:27 OTC732@35:34 "
        "OTC705@36:7");
}

TEST_CASE("what the prometheus exporter offers has an address like any server's") {
  const auto with_address = [](std::string_view endpoint) {
    return verdict(
        check_collector(fmt::format("receivers:\n"
                                    "  otlp:\n"
                                    "    protocols: {{grpc: {{endpoint: \"localhost:4317\"}}}}\n"
                                    "processors:\n"
                                    "  memory_limiter: {{check_interval: 1s, limit_mib: 512}}\n"
                                    "exporters:\n"
                                    "  prometheus: {}\n"
                                    "service:\n"
                                    "  pipelines:\n"
                                    "    metrics:\n"
                                    "      receivers: [otlp]\n"
                                    "      processors: [memory_limiter]\n"
                                    "      exporters: [prometheus]\n",
                                    endpoint)));
  };
  // Prometheus scrapes it from another host as a rule: no OTC750.
  CHECK(with_address("{endpoint: \"0.0.0.0:8889\"}").empty());
  CHECK(with_address("{endpoint: \"0.0.0.0:4317\"}") == "OTC734@7:26");
  CHECK(with_address("{endpoint: \"0.0.0.0:88890\"}") == "OTC748@7:26");
  CHECK(with_address("{endpoint: \"${env:ADDRESS}\"}").find("OTC7") == std::string::npos);
  CHECK(with_address("{}").empty());
}

TEST_CASE("nodes of the wrong kind everywhere are findings and no more") {
  for (const std::string_view wrong :
       {"[]", "{}", "~", "text", "5", "[[a], {b: c}]", "{a: {b: []}}", "2026-11-20", "true", "\"\"",
        "[~]", "{~: x}"}) {
    CAPTURE(wrong);
    for (const std::string_view key :
         {"receivers", "processors", "exporters", "connectors", "extensions", "service"}) {
      check_collector(fmt::format("{}: {}\n", key, wrong));
    }
    for (const std::string_view key : {"otlp", "batch", "otlp_grpc", "attributes", "file"}) {
      check_collector(
          fmt::format("receivers: {{{0}: {1}}}\nprocessors: {{{0}: {1}}}\n"
                      "exporters: {{{0}: {1}}}\n",
                      key, wrong));
    }
    check_collector(
        fmt::format("service: {{telemetry: {0}, extensions: {0}, pipelines: {0}}}\n", wrong));
    check_collector(fmt::format("service: {{pipelines: {{traces: {0}}}}}\n", wrong));
    const FileReport report = check_collector(fmt::format(
        "service: {{pipelines: {{traces: {{receivers: {0}, exporters: {0}}}}}}}\n", wrong));
    CHECK(errors_in(report) > 0);
    check_collector(
        with_exporter(fmt::format("    endpoint: {0}\n    headers: {0}\n    tls: {0}\n"
                                  "    sending_queue: {{batch: {0}, storage: {0}}}\n"
                                  "    retry_on_failure: {0}\n",
                                  wrong)));
  }
  CHECK(verdict(check_collector("")) != "");
}

TEST_CASE("a hundred thousand components and a circle through all of them are bounded") {
  std::string text =
      "receivers:\n  otlp:\n    protocols: {grpc: }\nexporters:\n  debug:\nconnectors:\n";
  std::string pipelines = "service:\n  pipelines:\n";
  constexpr int k_count = 20000;
  for (int index = 0; index < k_count; ++index) {
    text += fmt::format("  forward/{}:\n", index);
    pipelines += fmt::format(
        "    traces/{0}:\n      receivers: [forward/{1}]\n"
        "      exporters: [forward/{0}]\n",
        index, (index + k_count - 1) % k_count);
  }
  const FileReport report = check_collector(text + pipelines);
  CHECK(only(report, "OTC709").message.size() < 300);

  std::string unused = "exporters:\n";
  for (int index = 0; index < 100000; ++index) {
    unused += fmt::format("  nonesuch{0}/{0}:\n", index);
  }
  CHECK(check_collector(unused).findings.size() > 100);

  std::string actions = "processors:\n  attributes:\n    actions:\n";
  for (int index = 0; index < 100000; ++index) {
    actions += "      - {key: a.b, action: upsert}\n";
  }
  CHECK(check_collector(actions +
                        "receivers: {otlp: }\nexporters: {debug: }\nservice: {pipelines: "
                        "{traces: {receivers: [otlp], processors: [attributes], exporters: "
                        "[debug]}}}\n")
            .findings.size() > 100);
}

TEST_CASE("aliases share what they stand for") {
  CHECK(verdict(check_collector(
            "receivers:\n  otlp:\n    protocols: {grpc: }\n"
            "processors:\n  memory_limiter: {check_interval: 1s, limit_mib: 512}\n"
            "exporters:\n  otlp_http/a: &base\n    endpoint: http://backend:4318\n"
            "  otlp_http/b: *base\n"
            "service:\n  pipelines:\n    traces: &all\n      receivers: [otlp]\n"
            "      processors: [memory_limiter]\n      exporters: [otlp_http/a, otlp_http/b]\n"
            "    logs: *all\n")) == "");
}
