// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl;
using namespace otelctl::config;

namespace {

std::string data(const std::string& name) {
  auto bytes = read_file(std::string(OTELCTL_TEST_DATA) + "/config/sdk/" + name, 1000000);
  REQUIRE(bytes.has_value());
  return std::move(*bytes);
}

// A file with one span exporter on one line.
std::string with_exporter(const std::string& exporter) {
  return "file_format: \"1.1\"\ntracer_provider:\n  processors:\n    - simple:\n        "
         "exporter:\n" +
         ("          " + exporter) + "\n";
}

// The text with the edits of its findings of that code applied, last first.
std::string mended(std::string text, std::string_view code) {
  const FileReport report = check(text);
  for (auto finding = report.findings.rbegin(); finding != report.findings.rend(); ++finding) {
    if (finding->code == code) {
      for (auto edit = finding->edits.rbegin(); edit != finding->edits.rend(); ++edit) {
        text.replace(edit->begin, edit->end - edit->begin, edit->text);
      }
    }
  }
  return text;
}

}  // namespace

TEST_CASE("the nine mistakes that the schema lets through are all found in one run") {
  CHECK(verdict(data("nine-mistakes.yaml")) ==
        "OTC608@1:14 OTC601@2:1 OTC605@7:7 OTC604@10:32 OTC609@12:14 OTC603@17:32 OTC611@19:11 "
        "OTC607@23:23 OTC606@25:24 OTC606@26:15");
}

TEST_CASE("planted mistakes are all found, each in its place") {
  CHECK(verdict(data("planted-mistakes.yaml")) ==
        "OTC104@1:14 OTC104@2:11 OTC106@3:12 OTC105@5:26 OTC102@8:5 OTC102@10:15 OTC102@10:29 "
        "OTC109@13:7 OTC104@14:25 OTC110@18:11 OTC310@19:23 OTC103@20:13 OTC306@24:23 "
        "OTC104@27:24 OTC330@27:24 OTC327@28:23 OTC105@32:14 OTC104@34:24 OTC103@35:3 "
        "OTC110@37:3 OTC109@39:7 OTC106@39:35 OTC102@42:7 OTC110@43:7 OTC611@45:26 "
        "OTC607@46:48 OTC332@46:96");
}

TEST_CASE("types are those of YAML 1.2, after substitution") {
  const std::string file = "file_format: \"1.1\"\ndisabled: ${OFF}\nlog_level: \"${LEVEL}\"\n";
  CHECK(verdict(file, {{"OFF", "true"}, {"LEVEL", "debug"}}) == "");
  CHECK(verdict(file, {{"OFF", "yes"}, {"LEVEL", "debug"}}) == "OTC104@2:11");
  CHECK(only(check(file, {{"OFF", "1"}, {"LEVEL", "info"}}), "OTC104").message ==
        "disabled: expected true or false, found the number '1' after substitution of ${OFF}");
  // In quotes text stays text, and what comes from a variable is never structure.
  CHECK(verdict("file_format: \"1.1\"\nlog_level: ${LEVEL}\n", {{"LEVEL", "{a: 1}"}}) ==
        "OTC106@2:12");
  CHECK(verdict("file_format: \"1.1\"\nattribute_limits: {attribute_count_limit: 0x1F}\n") == "");
  CHECK(verdict("file_format: \"1.1\"\nattribute_limits: {attribute_count_limit: 1e2}\n") == "");
  CHECK(verdict("file_format: \"1.1\"\nattribute_limits: {attribute_count_limit: 1_000}\n") ==
        "OTC104@2:43");
}

TEST_CASE("a variable without value leaves a setting to its default, but loses a header") {
  CHECK(verdict("file_format: \"1.1\"\ndisabled: ${OFF}\n") == "");
  CHECK(verdict("file_format: \"1.1\"\ndisabled: \"${OFF}\"\n") == "OTC201@2:12");
  CHECK(verdict("file_format: \"1.1\"\ndisabled: ${OFF:?no}\n") == "OTC203@2:11");
  CHECK(verdict(with_exporter("otlp_grpc: {headers: [{name: api-key, value: \"${KEY}\"}]}")) ==
        "OTC201@6:57");
  CHECK(verdict("file_format: \"1.1\"\nlog_level: \"${A:-${B}}\"\n").find("OTC204@2:12") !=
        std::string::npos);
  CHECK(verdict("file_format: \"1.1\"\nresource: {schema_url: \"${A:-a}:-${B:-b}\"}\n") == "");
  CHECK(verdict("file_format: \"1.1\"\n${A}: 1\n") == "OTC205@2:1 OTC601@2:1");
}

TEST_CASE("endpoints are judged as what they are here: whole URLs") {
  CHECK(verdict(with_exporter("otlp_http: {endpoint: http://c:4318}")) == "OTC309@6:33");
  CHECK(verdict(with_exporter("otlp_http: {endpoint: http://c:4318/v1/traces}")) == "");
  CHECK(verdict(with_exporter("otlp_http: {endpoint: http://c:4317/v1/traces}")) == "OTC306@6:33");
  CHECK(verdict(with_exporter("otlp_grpc: {endpoint: http://c:4317/v1/traces}")) ==
        "OTC306@6:33 OTC311@6:33");
  CHECK(verdict(with_exporter("otlp_grpc: {endpoint: c:4317}")) == "OTC310@6:33");
  CHECK(verdict(with_exporter("otlp_grpc:")) == "");
}

TEST_CASE("header values are shown nowhere") {
  for (const char* exporter :
       {"otlp_grpc: {headers: [{name: x, value: 77123}]}", "otlp_grpc: {headers_list: 77123}",
        "otlp_grpc: {headers: [{name: x, value: [77123]}]}"}) {
    const FileReport report = check(with_exporter(exporter));
    REQUIRE_FALSE(report.findings.empty());
    for (const Finding& finding : report.findings) {
      CAPTURE(finding.message);
      CHECK(finding.message.find("77123") == std::string::npos);
      CHECK(finding.help.find("77123") == std::string::npos);
    }
  }
}

TEST_CASE("attributes are judged under their own place") {
  CHECK(verdict("file_format: \"1.1\"\nresource:\n  attributes:\n"
                "    - {name: deployment.environment, value: production}\n") == "OTC501@4:14");
  CHECK(verdict("file_format: \"1.1\"\nresource:\n"
                "  attributes_list: \"a.b=1,deployment.environment=x\"\n") == "OTC501@3:27");
  CHECK(verdict("file_format: \"1.1\"\nresource:\n  attributes:\n    - {name: a.b, value: 1}\n"
                "  attributes_list: a.b=2\n") == "OTC604@4:26 OTC609@5:20");
}

TEST_CASE("a newer minor version is not held against its keys, a newer major version is refused") {
  CHECK(verdict("file_format: \"1.7\"\nstability: new\nresource: {entities: []}\n") ==
        "OTC610@1:14");
  CHECK(verdict("file_format: \"1.0-rc.2\"\nresource: {schema_url: a}\n") == "");
  CHECK(verdict("file_format: \"2.0\"\n") == "OTC608@1:14");
  CHECK(verdict("file_format: one\n") == "OTC608@1:14");
  CHECK(verdict("file_format: 1.1\n") == "OTC104@1:14");
}

TEST_CASE("keys of one's own stand at the top behind x- or hold an anchor") {
  CHECK(verdict(
            "file_format: \"1.1\"\nx-shop: 1\ncommon: &c {always_on: }\n"
            "tracer_provider: {sampler: *c, processors: [{simple: {exporter: {console: }}}]}\n") ==
        "");
}

TEST_CASE("mending quotes, renames and completes") {
  CHECK(mended("file_format: 1.1\n", "OTC104") == "file_format: \"1.1\"\n");
  CHECK(mended(with_exporter("otlphttp: {}"), "OTC611") == with_exporter("otlp_http: {}"));
  CHECK(mended(with_exporter("otlp: {endpoint: http://c:4317}"), "OTC611") ==
        with_exporter("otlp_grpc: {endpoint: http://c:4317}"));
  CHECK(mended(with_exporter("otlp_http: {endpoint: \"http://c:4318/otlp/\"}"), "OTC607") ==
        with_exporter("otlp_http: {endpoint: \"http://c:4318/otlp/v1/traces\"}"));
  const std::string list =
      mended("file_format: \"1.1\"\npropagator:\n  composite: [tracecontext, baggage]\n", "OTC102");
  CHECK(verdict(list) == "");
  const std::string block =
      mended("file_format: \"1.1\"\npropagator:\n  composite:\n  - b3\n  - baggage\n", "OTC102");
  CHECK(verdict(block) == "");
}

TEST_CASE("a file that forgot its file_format is told by its providers") {
  CHECK(verdict("tracer_provider:\n  processors: [{simple: {exporter: {console: }}}]\n") ==
        "OTC109@1:1");
}

TEST_CASE("hostile files cost neither stack nor memory") {
  std::string deep = "file_format: \"1.1\"\ntracer_provider:\n  sampler: ";
  for (int level = 0; level < 120; ++level) {
    deep += "{parent_based: {root: ";
  }
  deep += "{always_on: }" + std::string(240, '}') + "\n";
  CHECK(verdict(deep) == "OTC109@2:1");
  CHECK(verdict("file_format: \"1.1\"\nresource: &r {attributes: [*r]}\n").find("OTC007") == 0);
  CHECK(verdict("") == "OTC101");
  ValidateOptions options;
  options.kind = Kind::sdk;
  CHECK(verdict(validate("a", "", options)) == "OTC109");
  CHECK(verdict(validate("a", "[1]", options)) == "OTC102@1:1");
  CHECK(verdict(validate("a", "just text", options)) == "OTC102@1:1");
}

TEST_CASE("a hundred thousand processors are all judged") {
  std::string text = "file_format: \"1.1\"\ntracer_provider:\n  processors:\n";
  for (int index = 0; index < 100000; ++index) {
    text += "    - simple: {exporter: {console: }}\n";
  }
  text += "    - simple: {exportr: {console: }}\n";
  CHECK(verdict(text) == "OTC109@100004:7 OTC103@100004:16");
}
