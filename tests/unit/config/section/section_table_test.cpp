// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

// One wrong input of one key: what must be said of it, and a part of the message or the help.
struct Row {
  std::string_view path;
  std::string_view value;
  std::string_view verdict;
  std::string_view words;
};

// A section with one value, each key in a line of its own.
std::string section_with(std::string_view path, std::string_view value) {
  std::string text = "telemetry:\n";
  std::string indent = "  ";
  const auto keys = otelctl::split(path, '.');
  for (std::size_t index = 0; index + 1 < keys.size(); ++index) {
    text += indent + std::string(keys[index]) + ":\n";
    indent += "  ";
  }
  return text + indent + std::string(keys.back()) + ": " + std::string(value) + "\n";
}

}  // namespace

TEST_CASE("every key of the section answers its wrong inputs where they stand") {
  const std::vector<Row> rows{
      {"enabled", "enabled", "OTC104@2:12", "true or false"},
      {"service_name", "\"\"", "OTC105@2:17", "unknown_service"},
      {"service_version", "1.27", "OTC104@2:20", "quote it: \"1.27\""},
      {"tracing", "null", "OTC102@2:12", "indent its keys"},
      {"tracing.enabled", "2", "OTC104@3:14", "true or false"},
      {"tracing.sampler.type", "ALWAYS_ON", "OTC106@4:13", "lower case"},
      {"tracing.sampler.type", "parentbased_always_on", "OTC106@4:13", "ratio 1.0"},
      {"tracing.sampler.ratio", "1.5", "OTC105@4:14", "between 0 and 1"},
      {"tracing.sampler.ratio", "-0.1", "OTC105@4:14", "between 0 and 1"},
      {"tracing.sampler.ratio", "10%", "OTC104@4:14", "0.1 for 10%"},
      {"tracing.sampler.ratio", "0,5", "OTC104@4:14", "0.5"},
      {"tracing.sampler.ratio", ".nan", "OTC105@4:14", "between 0 and 1"},
      {"tracing.propagators", "\"tracecontext,baggage\"", "OTC102@3:18", "OTEL_PROPAGATORS"},
      {"tracing.propagators", "[nope]", "OTC106@3:19", "not one of"},
      {"tracing.propagators", "[jaeger]", "OTC318@3:19", "deprecated"},
      {"tracing.propagators", "[none, b3]", "OTC318@3:19", "beside"},
      {"tracing.propagators", "[b3, b3]", "OTC318@3:23", "twice"},
      {"metrics.export_interval_ms", "60s", "OTC104@3:25", "milliseconds: write 60000"},
      {"metrics.export_interval_ms", "-1", "OTC105@3:25", "between 1 and 2147483647"},
      {"metrics.export_interval_ms", "0", "OTC105@3:25", "between 1 and 2147483647"},
      {"metrics.export_interval_ms", "60000.5", "OTC104@3:25", "whole number"},
      {"metrics.export_interval_ms", "\"1e3\"", "OTC104@3:25", "whole number"},
      {"metrics.export_interval_ms", "700000", "OTC322@3:25", "every 700000 ms"},
      {"logging.inject_trace_context", "maybe", "OTC104@3:27", "true or false"},
      {"exporters.otlp.endpoint", "localhost:4317", "OTC310@4:17", "no scheme"},
      {"exporters.otlp.endpoint", "\"\"", "OTC310@4:17", "empty"},
      {"exporters.otlp.endpoint", "ftp://x", "OTC310@4:17", "not an http or https URL"},
      {"exporters.otlp.headers", "api-key=xxx", "OTC102@4:16", "name: value"},
      {"exporters.otlp.headers", "{a: 1}", "OTC104@4:20", "quote it"},
      {"exporters.otlp.compression", "zstd", "OTC332@4:20", "gzip or none"},
      {"exporters.otlp.compression", "\"\"", "OTC332@4:20", "gzip or none"},
      {"exporters.otlp.timeout", "10", "OTC103@4:7", "milliseconds"},
      {"exporters.otlp.timeout_ms", "-1", "OTC105@4:19", "between 0 and 2147483647"},
      {"exporters.otlp.timeout_ms", "0", "OTC321@4:19", "no limit"},
      {"exporters.jaeger.agent_host", "http://x", "OTC105@4:19", "host name, not"},
      {"exporters.jaeger.agent_port", "70000", "OTC105@4:19", "between 1 and 65535"},
      {"exporters.jaeger.agent_port", "0", "OTC105@4:19", "between 1 and 65535"},
      {"exporters.jaeger.agent_port", "14250", "OTC105@4:19", "collector"},
      {"exporters.jaeger.agent_port", "14268", "OTC105@4:19", "collector"},
      {"exporters.jaeger.agent_port", "16686", "OTC105@4:19", "UI"},
      {"exporters.prometheus.port", "0", "OTC105@4:13", "between 1 and 65535"},
      {"exporters.console.pretty_print", "\"\"", "OTC104@4:21", "true or false"},
      {"resource_attributes", "{a.replicas: 3}", "OTC104@2:37", "quote it: \"3\""},
      {"instrumentation.flask", "true", "OTC103@3:5", "fastapi, requests, langchain"},
      {"tracing.samplers", "{}", "OTC103@3:5", "'sampler'"},
      {"exporters.zipkin", "{}", "OTC103@3:5", "1.52.0"},
      {"sampler", "{}", "OTC108@2:3", "tracing"},
      {"serviceName", "a", "OTC103@2:3", "'service_name'"},
      {"metrics.interval", "60000", "OTC103@3:5", "'export_interval_ms'"},
      {"tracing.sampler.rate", "1", "OTC103@4:7", "'ratio'"},
      {"exporters.otlp.url", "http://a", "OTC103@4:7", "'endpoint'"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CAPTURE(row.value);
    const FileReport report = check(section_with(row.path, row.value));
    CHECK(verdict(report) == row.verdict);
    REQUIRE(report.findings.size() == 1);
    const std::string said = report.findings[0].message + " / " + report.findings[0].help;
    CAPTURE(said);
    CHECK(said.find(row.words) != std::string::npos);
  }
}

TEST_CASE("a section that is no map is told so") {
  CHECK(verdict("telemetry:\n") == "OTC102@1:1");
  CHECK(only(check("telemetry:\n"), "OTC102").help == "indent its keys under it");
  CHECK(verdict("telemetry: []\n") == "OTC102@1:12");
}

TEST_CASE("what YAML readers take each in their own way has one verdict") {
  struct Input {
    std::string_view what;
    std::string_view text;
    std::string_view verdict;
  };
  using namespace std::string_view_literals;
  const std::vector<Input> inputs{
      {"a duplicate key", "telemetry:\n  enabled: false\n  enabled: false\n", "OTC002@3:3"},
      {"a quote never closed", "telemetry:\n  service_name: \"abc\n  enabled: false\n",
       "OTC003@2:17"},
      {"tabs as indentation", "telemetry:\n\tenabled: false\n", "OTC005@2:1"},
      {"a tab behind a colon", "telemetry:\n  enabled:\tfalse\n", "OTC005@2:11"},
      {"tabs in JSON", "{\n\t\"telemetry\": {\n\t\t\"enabled\": false\n\t}\n}\n", ""},
      {"a byte order mark", "\xEF\xBB\xBFtelemetry:\n  enabled: false\n", ""},
      {"a byte order mark inside",
       "telemetry:\n  \xEF\xBB\xBF"
       "enabled: false\n",
       "OTC011@2:3 OTC103@2:3"},
      {"UTF-16", "\xFF\xFEt\0e\0l\0"sv, "OTC004@1:1"},
      {"CRLF", "telemetry:\r\n  enabled: false\r\n", ""},
      {"CR alone", "telemetry:\r  enabled: false\r", "OTC004@1:11"},
      {"bytes that are no UTF-8", "telemetry:\n  service_name: a\xFF\n", "OTC004@2:18"},
      {"an overlong sequence", "telemetry:\n  service_name: \xC0\xAF\n", "OTC004@2:17"},
      {"half a character", "telemetry:\n  service_name: \xE2\x82", "OTC004@2:17"},
      {"NUL", "telemetry:\n  service_name: a\0\n"sv, "OTC004@2:18"},
      {"a control character", "telemetry:\n  service_name: a\x07\n", "OTC004@2:18"},
      {"a no-break space behind the colon",
       "telemetry:\u00A0"
       "1\n",
       "OTC102@1:1 OTC011@1:11"},
      {"nothing", "", "OTC101"},
      {"comments alone", "# nothing\n", "OTC101"},
      {"two documents", "telemetry:\n  enabled: false\n---\nb: 1\n", "OTC006@3:1"},
      {"text behind the end", "telemetry:\n  enabled: false\n...\nb: 1\n", "OTC006@4:1"},
      {"a root less indented later", "   telemetry:\n     enabled: false\n  b: 1\n", "OTC006@3:3"},
      {"a value that holds itself", "telemetry: &x [*x]\n", "OTC007@1:16"},
      {"a merge key", "base: &b {enabled: false}\ntelemetry:\n  <<: *b\n", "OTC008@3:3"},
      {"a tag of one's own", "telemetry:\n  service_name: !x a\n", "OTC009@2:17"},
      {"a version of YAML that is not there", "%YAML 2.0\n---\ntelemetry: {}\n", "OTC001@1:1"},
      {"a path in double quotes", "telemetry:\n  service_name: \"C:\\path\"\n", "OTC001@2:20"},
      {"a plain at sign", "telemetry:\n  service_name: @x\n", "OTC001@2:17"},
      {"a plain backtick", "telemetry:\n  service_name: `x`\n", "OTC001@2:17"},
      {"a plain percent sign", "telemetry:\n  service_name: %x\n", "OTC001@2:17"},
      {"a star that is no alias", "telemetry:\n  service_name: *.example.com\n", "OTC001@2:17"},
      {"no space in a flow map", "telemetry: {\"enabled\":false,b:2}\n", "OTC103@1:29"},
      {"a list for a map", "telemetry:\n  metrics:\n    - enabled: true\n", "OTC102@3:5"},
      {"a tag that does not fit", "telemetry:\n  metrics: {enabled: !!bool \"x\"}\n",
       "OTC009@2:22 OTC104@2:29"},
      {"a reference in a flow map", "telemetry:\n  resource_attributes: {a.b: ${A}}\n",
       "OTC001@2:30"},
      {"a default with a colon", "telemetry:\n  service_name: ${A:-a: b}\n", "OTC001@2:23"},
      {"a default with a comment", "telemetry:\n  service_name: ${A:-a #b}\n", "OTC204@2:17"},
  };
  for (const Input& input : inputs) {
    CAPTURE(input.what);
    CHECK(verdict(input.text) == input.verdict);
  }
}

TEST_CASE("references in the section: one verdict for each form") {
  struct Form {
    std::string_view value;
    std::string_view verdict;
  };
  const Variables variables{{"SET", "abc"},       {"EMPTY", ""},    {"PORT", "9464"},
                            {"NESTED", "${SET}"}, {"PAIR", "k: v"}, {"LINES", "a\nb"},
                            {"HEX", "0x1F90"},    {"env", "abc"}};
  // As the version of the service.
  const std::vector<Form> forms{
      {"\"${SET}\"", ""},
      {"\"${env:SET}\"", ""},
      {"\"${SET:-x}\"", ""},
      {"\"${UNSET:-x}\"", ""},
      {"\"${UNSET:-}\"", ""},
      {"\"${UNSET}\"", "OTC201@2:21"},
      {"\"${EMPTY}\"", "OTC201@2:21"},
      {"\"${EMPTY:-x}\"", "OTC207@2:20"},
      {"\"${env:-x}\"", ""},
      {"\"${UNSET:-${SET}}\"", "OTC203@2:21"},
      {"\"${NESTED}\"", ""},
      {"\"$SET\"", "OTC202@2:21"},
      {"\"$$SET\"", ""},
      {"\"$${SET}\"", ""},
      {"\"${SET:?no}\"", "OTC203@2:21"},
      {"\"${1A}\"", "OTC203@2:21"},
      {"\"${SET-x}\"", "OTC203@2:21"},
      {"\"${sys:a}\"", "OTC203@2:21"},
      {"\"${file:x}\"", "OTC203@2:21"},
      {"\"${yaml:x}\"", "OTC203@2:21"},
      {"\"${}\"", "OTC204@2:21"},
      {"\"${SET\"", "OTC204@2:21"},
      {"${PORT}", "OTC104@2:20"},
      {"\"${PORT}\"", ""},
      {"${PAIR}", ""},
      {"\"${LINES}\"", ""},
      {"\"${SET} and ${UNSET:-x}\"", ""},
  };
  for (const Form& form : forms) {
    CAPTURE(form.value);
    CHECK(verdict("telemetry:\n  service_version: " + std::string(form.value) + "\n", variables) ==
          form.verdict);
  }
  const auto port = [&](std::string_view value) {
    return verdict(
        "telemetry:\n  exporters:\n    prometheus:\n      port: " + std::string(value) + "\n",
        variables);
  };
  // The type is that of the text which comes out.
  CHECK(port("${PORT}") == "");
  CHECK(port("${UNSET:-9464}") == "");
  CHECK(port("${HEX}") == "OTC010@4:13");
  CHECK(port("${SET}") == "OTC104@4:13");
}
