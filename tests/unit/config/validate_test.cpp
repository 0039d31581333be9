// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/validate.hpp"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

std::string agentmap() {
  return otelctl::read_file(OTELCTL_TEST_DATA "/config/agentmap.yaml", 100000).value();
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const auto found = text.find(from);
  REQUIRE(found != std::string::npos);
  return text.replace(found, from.size(), to);
}

}  // namespace

TEST_CASE("AgentMap's own section: the dead exporter, lost metrics and an old name") {
  CHECK(verdict(agentmap()) == "OTC305@17:14 OTC301@32:16 OTC501@43:5");
  CHECK(verdict(agentmap(), {{"ENVIRONMENT", "production"}}) ==
        "OTC317@11:14 OTC305@17:14 OTC301@32:16 OTC501@43:5");
}

TEST_CASE("a ratio of 1.5 is found at the value itself") {
  const FileReport report = check(with(agentmap(), "ratio: 1.0", "ratio: 1.5"));
  const Finding finding = only(report, "OTC105");
  CHECK(finding.severity == Severity::error);
  CHECK(finding.line == 11);
  CHECK(finding.column == 14);
  CHECK(finding.end_line == 11);
  CHECK(finding.end_column == 17);
  CHECK(finding.place.path == "telemetry.tracing.sampler.ratio");
}

TEST_CASE("the section as it is today: otlp instead of jaeger leaves nothing to say") {
  std::string text =
      with(agentmap(), "jaeger:\n      enabled: true", "jaeger:\n      enabled: false");
  text = with(text, "otlp:\n      enabled: false", "otlp:\n      enabled: true");
  text = with(text, "deployment.environment:", "deployment.environment.name:");
  CHECK(verdict(text) == "");
}

TEST_CASE("--env-name decides what is production, else the attribute does") {
  ValidateOptions options;
  options.environment_name = "production";
  CHECK(only(validate("a", agentmap(), options), "OTC317").line == 11);
  options.environment_name = "staging";
  options.environment.set("ENVIRONMENT", "production");
  CHECK(verdict(validate("a", agentmap(), options)) == "OTC305@17:14 OTC301@32:16 OTC501@43:5");
}

TEST_CASE("findings come by line, column and code") {
  CHECK(verdict("telemetry:\n"
                "  tracing: {enabled: yes, sampler: {type: traceidratio, ratio: 2, rate: 1}}\n"
                "  enabled: yes\n"
                "  exporters: {}\n") ==
        "OTC010@2:22 OTC105@2:64 OTC103@2:67 OTC010@3:12 OTC302@4:3");
}

TEST_CASE("a value that several paths lead to by aliases is reported once") {
  CHECK(verdict("telemetry:\n"
                "  tracing: &part {enabled: maybe}\n"
                "  metrics: *part\n") == "OTC104@2:28");
}

TEST_CASE("columns count characters") {
  const FileReport report = check("telemetry: {\"service_n\xC3\xA4me\": \"\xE6\x97\xA5\", x: 1}\n");
  CHECK(verdict(report) == "OTC103@1:13 OTC103@1:34");
  CHECK(report.findings[0].end_column == 27);
}

TEST_CASE("CRLF and a byte order mark change no position") {
  const std::string_view text = "telemetry:\n  enabled: maybe\n  metrics: 1\n";
  std::string windows = "\xEF\xBB\xBF";
  for (const char c : text) {
    windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  }
  CHECK(verdict(windows) == verdict(text));
  CHECK(verdict(text) == "OTC104@2:12 OTC102@3:12");
}

TEST_CASE("broken YAML beside the section leaves it checked, by every rule") {
  const std::string_view section =
      "telemetry:\n  enabled: yes\n  exporters: {jaeger: {enabled: true}}\n";
  const std::string found = verdict(section);
  CHECK(found == "OTC305@1:1 OTC010@2:12 OTC301@3:33");
  CHECK(verdict(fmt::format("{}other: a: b\nlast: 1\n", section)) == found + " OTC001@4:9");
  CHECK(verdict(fmt::format("{}other: [1\n", section)) == found + " OTC001@4:8");
  CHECK(verdict(fmt::format("{}other:\n\tx: 1\n", section)) == found + " OTC005@5:1");
}

TEST_CASE(
    "of a broken section the other lines are read, and what they lack together is not judged") {
  CHECK(verdict("telemetry:\n  enabled: maybe\n  a: b: c\n") == "OTC104@2:12 OTC001@3:7");
  CHECK(verdict("telemetry:\n  enabled: true\n  exporters:\n    otlp: @x\n") == "OTC001@4:11");
  CHECK(verdict("telemetry:\n  exporters:\n    otlp: @x\n  samplers: 1\n") ==
        "OTC001@3:11 OTC103@4:3");
  // The last lines of the section.
  CHECK(verdict("telemetry:\n  enabled: true\n\n  exporters: a: b\nother: 1\n") == "OTC001@4:15");
  // An anchor that went may have been what an alias in the section meant.
  CHECK(verdict("base: &base {a: b: c}\ntelemetry:\n  enabled: true\n  metrics: {<<: *base}\n")
            .find("OTC302") == std::string::npos);
}

TEST_CASE("a section that may stand in what could not be read is not called missing") {
  CHECK(verdict("telemetry: [\nother: 1\n") == "OTC001@1:12");
  CHECK(verdict("other: [\nmore: 1\n") == "OTC001@1:8");
}

TEST_CASE("broken YAML is a finding, and the section is not judged by half of it") {
  CHECK(verdict("telemetry:\n  enabled: \"maybe\n") == "OTC003@2:12");
  CHECK(verdict("telemetry:\n\tenabled: true\n") == "OTC005@2:1");
}

TEST_CASE("what stands beside the section counts as far as the whole file suffers from it") {
  CHECK(verdict("other: {a: 1, a: 2}\ntelemetry: {}\n") == "OTC002@1:15");
  CHECK(verdict("other: !include x.yaml\ntelemetry: {}\n") == "OTC009@1:8");
  CHECK(verdict("other: [prix\xC2\xA0: 10]\ntelemetry: {}\n") == "");
  CHECK(verdict("telemetry: {}\n---\na: 1\n") == "OTC006@2:1");
}

TEST_CASE("the rules about exporters judge defaults and stay silent while the section is off") {
  CHECK(verdict("telemetry: {}\n") == "");
  CHECK(verdict("telemetry:\n  enabled: true\n") == "OTC302@1:1");
  CHECK(verdict("telemetry:\n  enabled: true\n  exporters:\n    otlp: {}\n") == "OTC302@3:3");
  CHECK(verdict("telemetry:\n  exporters:\n    otlp: {enabled: true}\n") == "OTC303@1:1");
  CHECK(verdict("telemetry:\n  exporters:\n    prometheus: {enabled: true}\n") == "OTC303@1:1");
}

TEST_CASE("samplers and their ratio") {
  const auto sampler = [](std::string_view type, std::string_view ratio) {
    return verdict(
        fmt::format("telemetry:\n  enabled: true\n  exporters: {{otlp: {{enabled: true}}}}"
                    "\n  tracing:\n    sampler:\n      type: {}\n      ratio: {}\n",
                    type, ratio));
  };
  CHECK(sampler("parentbased_traceidratio", "0.1") == "");
  CHECK(sampler("traceidratio", "0.1") == "OTC315@6:13");
  CHECK(sampler("traceidratio", "1.0") == "");
  CHECK(sampler("traceidratio", "0") == "OTC316@7:14");
  CHECK(sampler("always_on", "1.0") == "");
  CHECK(sampler("always_on", "0.5") == "OTC314@7:14");
  CHECK(sampler("always_off", "1.0") == "OTC316@6:13");
  CHECK(sampler("always_off", "0.5") == "OTC316@6:13 OTC314@7:14");
}

TEST_CASE("propagators that do not fit together") {
  const auto propagators = [](std::string_view list) {
    return verdict(fmt::format("telemetry:\n  tracing:\n    propagators: {}\n", list));
  };
  CHECK(propagators("[tracecontext, baggage, b3]") == "");
  CHECK(propagators("[none]") == "");
  CHECK(propagators("[]") == "OTC318@3:5");
  CHECK(propagators("[b3, b3]") == "OTC318@3:23");
  CHECK(propagators("[b3, b3multi]") == "OTC318@3:23");
  CHECK(propagators("[none, baggage]") == "OTC318@3:19");
  CHECK(propagators("[tracecontext, jaeger]") == "OTC318@3:33");
  CHECK(propagators("[ottrace]") == "OTC318@3:19");
  CHECK(propagators("[baggage]") == "OTC319@3:5");
  CHECK(propagators("[baggage, \"${MORE}\"]") == "OTC201@3:29");
}

TEST_CASE("headers: placeholders, secrets, names and encodings") {
  const auto headers = [](std::string_view entry, std::string_view endpoint = "http://c:4317") {
    return verdict(fmt::format("telemetry:\n  exporters:\n    otlp:\n      endpoint: {}\n"
                               "      headers:\n        {}\n",
                               endpoint, entry),
                   {{"KEY", "YOUR_KEY"}, {"GOOD", "geheim"}});
  };
  CHECK(headers("x-team: blue") == "");
  CHECK(headers("api-key: ${GOOD}") == "");
  CHECK(headers("api-key: ${KEY}") == "OTC329@6:18");
  for (const std::string_view value :
       {"YOUR_API_KEY", "<your key>", "xxxx", "changeme", "Change-Me", "REPLACE_ME", "todo",
        "example-api-key", "\"...\"", "Bearer YOUR_API_KEY", "Basic <base64>"}) {
    CAPTURE(value);
    CHECK(headers(fmt::format("authorization: {}", value)) == "OTC329@6:24");
  }
  CHECK(headers("api-key: \"\"") == "OTC329@6:18");
  CHECK(headers("api-key: 4f9a2b7c1d3e") == "OTC330@6:18");
  CHECK(headers("x-auth: Bearer abcdefgh") == "OTC330@6:17");
  CHECK(headers("x-team: a%20b") == "OTC328@6:17");
  CHECK(headers("X-Team: blue") == "OTC327@6:9");
  CHECK(headers("X-Team: blue", "http://c:4318/v1/x") == "");
  CHECK(headers("\"a b\": blue", "http://c:4318/v1/x") == "OTC327@6:9");
  CHECK(headers("content-type: a", "http://c:4318/v1/x") == "OTC327@6:9");
  CHECK(headers("api-key: ${GOOD}", "http://otlp.example.com:4317") == "OTC312@4:17");
  CHECK(headers("api-key: ${GOOD}", "https://otlp.example.com:4317") == "");
}

TEST_CASE("backends that want their own headers") {
  const auto vendor = [](std::string_view endpoint, std::string_view header) {
    return verdict(
        fmt::format("telemetry:\n  exporters:\n    otlp:\n      endpoint: {}\n"
                    "      headers: {{{}}}\n",
                    endpoint, header));
  };
  CHECK(vendor("https://api.honeycomb.io:443", "") == "OTC331@4:17");
  CHECK(vendor("https://api.honeycomb.io:443", "x-honeycomb-team: \"${K:-k}\"") == "");
  CHECK(vendor("https://otlp.nr-data.net:4317", "Api-Key: \"${K:-k}\"") == "OTC327@5:17");
  CHECK(vendor("https://us.cloud.langfuse.com/api/public/otel/v1/t",
               "authorization: \"Bearer ${K:-k}\"") == "OTC331@5:32");
  CHECK(vendor("https://us.cloud.langfuse.com/api/public/otel/v1/t",
               "authorization: \"Basic ${K:-k}\"") == "");
  CHECK(vendor("https://us.cloud.langfuse.com:4317", "authorization: \"Basic ${K:-k}\"") ==
        "OTC331@4:17");
}

TEST_CASE("timeouts, intervals and ports") {
  CHECK(verdict("telemetry:\n  exporters: {otlp: {timeout_ms: 0}}\n") == "OTC321@2:34");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {timeout_ms: 999}}\n") == "OTC321@2:34");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {timeout_ms: 60000}}\n") == "OTC321@2:34");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {timeout_ms: 59999}}\n") == "");
  CHECK(verdict("telemetry:\n  exporters: {otlp: {timeout_ms: -1}}\n") == "OTC105@2:34");
  CHECK(verdict("telemetry:\n  metrics: {export_interval_ms: 600001}\n") == "OTC322@2:33");
  for (const int port : {1023, 4317, 4318, 9090, 16686}) {
    CAPTURE(port);
    const std::string text = fmt::format(
        "telemetry:\n  enabled: true\n  tracing: {{enabled: false}}\n"
        "  exporters: {{prometheus: {{enabled: true, port: {}}}}}\n",
        port);
    CHECK(verdict(text) == "OTC324@4:49");
  }
}

TEST_CASE("resource attributes: overrides, old names, short environments") {
  const auto attribute = [](std::string_view entry) {
    return verdict(fmt::format("telemetry:\n  resource_attributes:\n    {}\n", entry));
  };
  CHECK(attribute("host.name: a") == "");
  CHECK(attribute("service.name: a") == "OTC320@3:19");
  CHECK(attribute("service.version: a") == "OTC320@3:22");
  CHECK(attribute("db.system: a") == "OTC501@3:5 OTC508@3:5 OTC506@3:16");
  CHECK(attribute("gen_ai.system: a") == "OTC501@3:5 OTC508@3:5 OTC506@3:20");
  CHECK(attribute("deployment.environment: prod") == "OTC501@3:5 OTC336@3:29");
  CHECK(attribute("a.note: ghp_0123456789") == "OTC330@3:13");
}

TEST_CASE("findings without end stop at a number and say so") {
  std::string text = "telemetry:\n";
  for (int index = 0; index < 30000; ++index) {
    text += fmt::format("  quux{}: 1\n", index);
  }
  const FileReport report = check(text);
  CHECK(report.findings.size() == 10001);
  CHECK(report.findings[0].code == "OTC007");
  CHECK_FALSE(report.findings[0].has_place);
}

TEST_CASE("a file of tabs has the edits of one finding, not of each") {
  std::string text = "note: \"";
  for (int index = 0; index < 30000; ++index) {
    text += "\n\tx";
  }
  text += "\"\ntelemetry:\n";
  for (int index = 0; index < 100; ++index) {
    text += fmt::format("  k{}:\t1\n", index);
  }
  std::size_t edits = 0;
  for (const Finding& finding : check(text).findings) {
    edits += finding.edits.size();
  }
  CHECK(edits > 0);
  CHECK(edits < 100'000);
}

TEST_CASE("names of a megabyte are cut in what is said of them") {
  const std::string name(1'000'000, 'a');
  const std::string long_key = "? " + name + "\n: 1\n";
  for (const std::string& text :
       {"telemetry:\n  ? " + name + "\n  : 1\n", "file_format: '1.1'\n" + long_key,
        "receivers:\n  ? " + name + "\n  : 1\nexporters: {}\n",
        "telemetry:\n  exporters:\n    otlp:\n      headers:\n        ? " + name +
            "\n        : 1\n",
        long_key + long_key, "OTEL_" + name + "=1\nOTEL_" + name + "=1\n",
        "services:\n  ? " + name + "\n  : {image: x, environment: {OTEL_SDK_DISABLED: 1}}\n"}) {
    CAPTURE(text.substr(0, 50));
    const FileReport report = check(text);
    for (const Finding& finding : report.findings) {
      CHECK(finding.message.size() + finding.help.size() < 5000);
      CHECK(finding.place.path.size() < 2000);
    }
  }
}

TEST_CASE("severities are counted over all files") {
  std::vector<FileReport> reports;
  reports.push_back(check("telemetry: {enabled: yes, x: 1}\n"));
  reports.push_back(check("telemetry: {metrics: {export_interval_ms: 900000}}\n"));
  CHECK(count(reports, Severity::error) == 2);
  CHECK(count(reports, Severity::warning) == 1);
  CHECK(count(reports, Severity::info) == 1);
}

TEST_CASE("an empty file of any kind is read") {
  for (const Kind kind : k_kinds) {
    CAPTURE(name_of(kind));
    ValidateOptions options;
    options.kind = kind;
    CHECK(validate("empty", "", options).kind == kind);
  }
}

TEST_CASE("what is left of a broken file is checked, whatever its kind") {
  // The broken line hides a receiver and an attribute; nobody may miss them.
  CHECK(verdict("receivers:\n  otlp: [a\nexporters:\n  debug: {verbosty: basic}\n"
                "service:\n  pipelines:\n    traces: {receivers: [otlp], exporters: [debug]}\n") ==
        "OTC001@2:9 OTC103@4:11");
  CHECK(verdict("file_format: \"1.1\"\nresource:\n  attributes: [a\ntracer_provider:\n"
                "  processors:\n    - batch: {schedule_dely: 1}\n") == "OTC001@3:15 OTC103@6:15");
  CHECK(verdict("apiVersion: v1\nkind: Pod\nmetadata: {name: [a\nspec:\n  containers:\n"
                "    - name: a\n      env:\n        - {name: OTEL_SDK_DISABLED, value: true}\n") ==
        "OTC001@3:18 OTC104@8:44");
}
