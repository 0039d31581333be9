// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

TEST_CASE("an unset variable is reported where it is named, and its value judged no further") {
  const std::string_view text =
      "telemetry:\n"
      "  service_name: a-${NAME}-${OTHER}\n"
      "  tracing:\n"
      "    sampler:\n"
      "      ratio: ${RATIO}\n";
  CHECK(verdict(text) == "OTC201@2:19 OTC201@2:27 OTC201@5:14");
  CHECK(verdict(text, {{"NAME", "x"}, {"OTHER", "y"}, {"RATIO", "0.5"}}) == "");
  CHECK(verdict(text, {{"NAME", "x"}, {"OTHER", ""}, {"RATIO", "2"}}) == "OTC201@2:27 OTC105@5:14");
}

TEST_CASE("without the environment unset variables are no news, other mistakes are") {
  ValidateOptions options;
  options.reports_unset = false;
  const FileReport report = validate(
      "app.yaml", "telemetry:\n  enabled: ${ON}\n  service_name: ${1A}\n  service_version: $V\n",
      options);
  CHECK(verdict(report) == "OTC203@3:17 OTC202@4:20");
}

TEST_CASE("rules stay silent about what depends on an unset variable") {
  CHECK(verdict("telemetry:\n"
                "  enabled: true\n"
                "  exporters:\n"
                "    otlp:\n"
                "      enabled: ${OTLP}\n") == "OTC201@5:16");
}

TEST_CASE("columns are exact in quotes, and fall back to the value where escapes move them") {
  CHECK(verdict("telemetry:\n  service_version: \"x ${A}\"\n") == "OTC201@2:23");
  CHECK(verdict("telemetry:\n  service_version: 'x ${A}'\n") == "OTC201@2:23");
  CHECK(verdict("telemetry:\n  service_version: \"\\x41 ${A}\"\n") == "OTC201@2:20");
}

TEST_CASE("malformed, nested, unclosed and naked references") {
  CHECK(verdict("telemetry:\n  service_version: ${A-x}\n") == "OTC203@2:20");
  CHECK(verdict("telemetry:\n  service_version: ${file:/x}\n") == "OTC203@2:20");
  CHECK(verdict("telemetry:\n  service_version: ${A:-${B}}\n") == "OTC203@2:20");
  CHECK(verdict("telemetry:\n  service_version: v${A\n") == "OTC204@2:21");
  CHECK(verdict("telemetry:\n  service_version: v${}\n") == "OTC204@2:21");
  CHECK(verdict("telemetry:\n  service_version: ${A:-1 #2}\n") == "OTC204@2:20");
  CHECK(verdict("telemetry:\n  service_version: v$A\n") == "OTC202@2:21");
  CHECK(verdict("telemetry:\n  service_version: v$$A\n") == "");
}

TEST_CASE("defaults in references never appear in messages") {
  for (const std::string_view value :
       {"${KEY-sk-0123456789}", "${1:-sk-0123456789}", "${KEY:-${B}sk-0123456789}"}) {
    const FileReport report = check("telemetry:\n  service_version: " + std::string(value) + "\n");
    for (const Finding& finding : report.findings) {
      CHECK((finding.message + finding.help).find("sk-0") == std::string::npos);
    }
  }
}

TEST_CASE("references in keys are not expanded, on every level of the section") {
  CHECK(verdict("telemetry:\n"
                "  \"${A}\": 1\n"
                "  tracing:\n"
                "    ${B}: 1\n"
                "  resource_attributes:\n"
                "    a.${C}: b\n"
                "${D}: 1\n",
                {{"A", "enabled"}}) == "OTC205@2:3 OTC205@4:5 OTC205@6:5");
}

TEST_CASE("a value that is made of references is read in one pass") {
  for (const std::string_view piece : {"${", "${A:-", "${A:-x}", "$A "}) {
    CAPTURE(piece);
    std::string value;
    while (value.size() < 300'000) {
      value += piece;
    }
    for (const std::string end : {"", "}"}) {
      const FileReport report =
          check("telemetry:\n  service_version: '" + value + end + "'\n", {{"A", ""}});
      CHECK(report.findings.size() <= 300);
      for (const Finding& finding : report.findings) {
        CHECK(finding.message.size() + finding.help.size() < 2000);
      }
    }
  }
}
