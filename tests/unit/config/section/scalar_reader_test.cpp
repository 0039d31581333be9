// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

struct Row {
  std::string_view value;
  // The code; empty when the value is fine.
  std::string_view code;
  // A part of the help.
  std::string_view help = {};
};

// `pattern` has the value's place as {}; the value begins in line 3.
void check_rows(std::string_view pattern, const std::vector<Row>& rows,
                const Variables& variables = {}) {
  for (const Row& row : rows) {
    CAPTURE(row.value);
    const FileReport report = check(fmt::format(fmt::runtime(pattern), row.value), variables);
    std::string codes;
    for (const Finding& finding : report.findings) {
      codes += finding.code;
      CHECK(finding.line == 3);
    }
    CHECK(codes == row.code);
    if (!report.findings.empty()) {
      CAPTURE(report.findings[0].help);
      CHECK(report.findings[0].help.find(row.help) != std::string::npos);
    }
  }
}

}  // namespace

TEST_CASE("booleans: what every reader takes, what some take, what none takes") {
  check_rows("telemetry:\n  metrics:\n    enabled: {}\n",
             {
                 {"false", ""},
                 {"False", ""},
                 {"FALSE", ""},
                 {"fAlse", "OTC010", "write false"},
                 {"no", "OTC010", "write false"},
                 {"Off", "OTC010"},
                 {"n", "OTC010"},
                 {"0", "OTC010", "write false"},
                 {"0.0", "OTC010"},
                 {"\"false\"", "OTC010", "write false"},
                 {"'no'", "OTC010"},
                 {"2", "OTC104"},
                 {"enabled", "OTC104", "write true or false"},
                 {"\"\"", "OTC104"},
                 {"~", "OTC102", "the default, true"},
                 {"null", "OTC102"},
                 {"", "OTC102"},
                 {"[]", "OTC102"},
                 {"{}", "OTC102"},
                 {"2025-11-19", "OTC104"},
                 {"!!bool false", ""},
                 {"!!str false", "OTC010"},
             });
}

TEST_CASE("integers: other notations are pointed out, other types refused") {
  check_rows("telemetry:\n  metrics:\n    export_interval_ms: {}\n",
             {
                 {"30000", ""},
                 {"+30000", ""},
                 {"600000", ""},
                 {"2147483648", "OTC105"},
                 {"99999999999999999999", "OTC105"},
                 {"0", "OTC105", "from 1 to 2147483647"},
                 {"-1", "OTC105"},
                 {"0x7530", "OTC010", "write 30000"},
                 {"30_000", "OTC010", "write 30000"},
                 {"30000.0", "OTC010", "write 30000"},
                 {"3.0e+4", "OTC010", "write 30000"},
                 {"\"30000\"", "OTC010", "remove the quotes"},
                 {"30000.5", "OTC104"},
                 {"3e4", "OTC104"},
                 {"017", "OTC104", "without the zero"},
                 {"08", "OTC104"},
                 {"0o17", "OTC104"},
                 {"0b101", "OTC104"},
                 {"12:30:45", "OTC104"},
                 {"true", "OTC104"},
                 {".inf", "OTC104"},
                 {"60s", "OTC104", "write 60000"},
                 {"1m30s", "OTC104", "write 90000"},
                 {"\"60s\"", "OTC104", "write 60000"},
                 {"a minute", "OTC104", "digits only"},
                 {"null", "OTC102", "60000"},
             });
}

TEST_CASE("numbers: a ratio is between 0 and 1") {
  check_rows("telemetry:\n  tracing: {{sampler: {{\n    ratio: {}}}}}\n",
             {
                 {"0.5", ""},
                 {".5", ""},
                 {"1", ""},
                 {"1.0", ""},
                 {"0", ""},
                 {"1.5", "OTC105", "0.1 one trace in ten"},
                 {"10", "OTC105", "did you mean 0.1 for 10%?"},
                 {"-0.1", "OTC105"},
                 {"1000", "OTC105", "from 0 to 1"},
                 {".nan", "OTC105"},
                 {".inf", "OTC105"},
                 {"-.inf", "OTC105"},
                 {"1e-1", "OTC010", "write 0.1"},
                 {"\"0.5\"", "OTC010", "remove the quotes"},
                 {"10%", "OTC104", "write 0.1 for 10%"},
                 {"\"0,5\"", "OTC104", "0.5"},
                 {"true", "OTC104"},
                 {"1e400", "OTC104"},
                 {"all", "OTC104", "0.1"},
             });
}

TEST_CASE("text: what YAML takes for something else has to be quoted") {
  check_rows("telemetry:\n  # note\n  service_version: {}\n",
             {
                 {"0.3.0", ""},
                 {"\"1.27\"", ""},
                 {"'no'", ""},
                 {"|\n    1.27", ""},
                 {"!!str 1.27", ""},
                 {"y", ""},
                 {"tRue", ""},
                 {"1.27", "OTC104", "\"1.27\""},
                 {"1", "OTC104"},
                 {"true", "OTC104"},
                 {"no", "OTC104", "\"no\""},
                 {"2025-11-19", "OTC104", "\"2025-11-19\""},
                 {"12:30:45", "OTC104"},
                 {"1_000", "OTC104"},
                 {".inf", "OTC104"},
                 {"1e3", "OTC010", "\"1e3\""},
                 {"0o17", "OTC010"},
                 {"08", "OTC010"},
                 {"~", "OTC102"},
                 {"[a]", "OTC102", "write text here"},
                 {"{a: b}", "OTC102"},
             });
}

TEST_CASE("names: empty, too long or with control characters") {
  check_rows("telemetry:\n  # note\n  service_name: {}\n",
             {
                 {"checkout", ""},
                 {"\"\"", "OTC105", "unknown_service"},
                 {"\"a\\nb\"", "OTC105", "one line"},
                 {"unknown_service", "OTC334"},
                 {"unknown_service:python", "OTC334"},
                 {"a b", "OTC334"},
             });
  CHECK(verdict("telemetry:\n  service_name: " + std::string(256, 'x') + "\n") == "OTC105@2:17");
  CHECK(verdict("telemetry:\n  service_name: " + std::string(64, 'x') + "\n") == "OTC334@2:17");
}

TEST_CASE("choices are compared exactly and misspelt ones answered") {
  check_rows("telemetry:\n  tracing: {{sampler: {{\n    type: {}}}}}\n",
             {
                 {"always_on", ""},
                 {"parentbased_traceidratio", ""},
                 {"ALWAYS_ON", "OTC106", "lower case here: always_on"},
                 {"always-on", "OTC106", "'always_on'"},
                 {"parentbased_always_on", "OTC106", "parentbased_traceidratio with ratio 1.0"},
                 {"random", "OTC106", "write always_on, always_off"},
                 {"true", "OTC104"},
             });
}

TEST_CASE("hosts and ports of the Jaeger agent") {
  check_rows("telemetry:\n  exporters: {{jaeger: {{\n    agent_host: {}}}}}\n",
             {{"jaeger", ""}, {"\"\"", "OTC105"}, {"http://jaeger", "OTC105", "name alone"}});
  check_rows("telemetry:\n  exporters: {{jaeger: {{\n    agent_port: {}}}}}\n",
             {{"6831", ""}, {"0", "OTC105"}, {"70000", "OTC105"}, {"-1", "OTC105"}});
}

TEST_CASE("lists: items are judged one by one") {
  check_rows("telemetry:\n  tracing:\n    propagators: {}\n",
             {
                 {"[tracecontext, b3]", ""},
                 {"[trace_context]", "OTC106", "'tracecontext'"},
                 {"\"tracecontext,baggage\"", "OTC102", "OTEL_PROPAGATORS"},
                 {"tracecontext", "OTC102"},
                 {"{tracecontext: true}", "OTC102", "behind '- '"},
                 {"~", "OTC102", "[]"},
                 {"[tracecontext, ~]", "OTC102"},
                 {"[tracecontext, 1]", "OTC104"},
                 {"[tracecontext, [baggage]]", "OTC102"},
             });
  CHECK(verdict("telemetry:\n  tracing:\n    propagators:\n      - tracecontext\n      - nope\n") ==
        "OTC106@5:9");
}

TEST_CASE("maps of text: every value has to be text") {
  check_rows("telemetry:\n  resource_attributes:\n    agentmap.replicas: {}\n",
             {{"three", ""},
              {"\"3\"", ""},
              {"3", "OTC104", "\"3\""},
              {"true", "OTC104"},
              {"[a]", "OTC102"},
              {"", "OTC102"},
              {"1e3", "OTC010"}});
  check_rows("telemetry:\n  exporters: {{otlp: {{\n    headers: {}}}}}\n",
             {{"{}", ""},
              {"{x-team: a}", ""},
              {"x-team=a", "OTC102", "OTEL_EXPORTER_OTLP_HEADERS"},
              {"[x-team]", "OTC102"},
              {"{x-team: 1}", "OTC104", "quote it"}});
}

TEST_CASE("plain values are judged after substitution, quoted ones stay text") {
  const Variables variables{{"PORT", "4x"}, {"VERSION", "1.27"}, {"ON", "yes"}, {"N", "9464"}};
  check_rows("telemetry:\n  exporters: {{prometheus: {{\n    port: {}}}}}\n",
             {{"\"${N}\"", "OTC010"}, {"\"${PORT}\"", "OTC104"}}, variables);
  CHECK(verdict("telemetry:\n  service_version: ${VERSION}\n", variables) == "OTC104@2:20");
  CHECK(verdict("telemetry:\n  service_version: \"${VERSION}\"\n", variables) == "");
  CHECK(verdict("telemetry:\n  metrics:\n    enabled: ${ON}\n", variables) ==
        "OTC303@1:1 OTC010@3:14");
  const Finding finding =
      only(check("telemetry:\n  service_version: ${VERSION}\n", variables), "OTC104");
  CHECK(finding.message ==
        "service_version: expected text, found a number '1.27' after substitution of ${VERSION}");
  CHECK(finding.help == "put the reference in quotes");
}

TEST_CASE("values of secret keys do not appear in messages") {
  const FileReport report = check(
      "telemetry:\n"
      "  exporters:\n"
      "    otlp:\n"
      "      headers:\n"
      "        x-team: 12345678\n"
      "  resource_attributes:\n"
      "    api.token: 87654321\n");
  CHECK(verdict(report) == "OTC104@5:17 OTC104@7:16");
  for (const Finding& finding : report.findings) {
    CHECK(finding.message.find("[REDACTED]") != std::string::npos);
    CHECK((finding.message + finding.help).find("5678") == std::string::npos);
    CHECK((finding.message + finding.help).find("8765") == std::string::npos);
  }
}
