// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/excerpt.hpp"

#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

// "LINE:before<marked>after" of the first finding with this code.
std::string excerpt(std::string_view text, std::string_view code) {
  const FileReport report = check(text);
  for (const Finding& finding : report.findings) {
    if (finding.code == code) {
      const Excerpt found = excerpt_of(report, finding.place);
      return fmt::format("{}:{}<{}>{}", found.line, found.before, found.marked, found.after);
    }
  }
  return verdict(report);
}

}  // namespace

TEST_CASE("the line is shown with what is meant in it") {
  CHECK(excerpt("telemetry:\n  enabled: maybe # note\n", "OTC104") ==
        "2:  enabled: <maybe> # note");
  CHECK(excerpt("telemetry:\r\n  enabled: maybe\r\n", "OTC104") == "2:  enabled: <maybe>");
  CHECK(excerpt("\xEF\xBB\xBFtelemetri: {}", "OTC101") == "1:<telemetri>: {}");
  CHECK(excerpt("telemetry:\n  metrics:\n", "OTC102") == "2:  <metrics>:");
}

TEST_CASE("of what goes over several lines the first is shown") {
  CHECK(excerpt("telemetry:\n  - a\n  - b\n", "OTC102") == "2:  <- a>");
}

TEST_CASE("a secret value is replaced and the caret stands under its key") {
  CHECK(excerpt("telemetry:\n  exporters: {otlp: {headers: {x-a: YOUR_KEY, x-b: geheim}}}\n",
                "OTC329") ==
        "2:  exporters: {otlp: {headers: {<x-a>: [REDACTED], x-b: [REDACTED]}}}");
  CHECK(
      excerpt("telemetry:\n  exporters:\n    otlp:\n      headers:\n        authorization: Bearer "
              "0123456789abc\n",
              "OTC330") == "5:        <authorization>: [REDACTED]");
  CHECK(excerpt("telemetry:\n  resource_attributes:\n    token: 12345678\n", "OTC104") ==
        "3:    <token>: [REDACTED]");
  CHECK(excerpt("telemetry:\n  exporters:\n    otlp:\n      endpoint: http://u:geheim@h:4317\n",
                "OTC310") == "4:      <endpoint>: [REDACTED]");
}

TEST_CASE("a bare reference is no secret") {
  CHECK(
      excerpt("telemetry:\n  exporters:\n    otlp:\n      headers:\n        api-key: ${API_KEY}\n",
              "OTC201") == "5:        api-key: <${API_KEY}>");
  CHECK(excerpt("telemetry:\n  exporters:\n    otlp:\n      headers:\n        api-key: "
                "${API_KEY-geheim}\n",
                "OTC203") == "5:        <api-key>: [REDACTED]");
  CHECK(excerpt("telemetry:\n  service_version: ${API_TOKEN-geheim}\n", "OTC203") ==
        "2:  <service_version>: [REDACTED]");
}

TEST_CASE("secrets beside the finding are replaced too") {
  CHECK(excerpt("telemetry: {enabled: maybe, password: geheim}\n", "OTC104") ==
        "1:telemetry: {enabled: <maybe>, password: [REDACTED]}");
  CHECK(excerpt("telemetry: {a: sk-0123456789, enabled: maybe}\n", "OTC104") ==
        "1:telemetry: {a: [REDACTED], enabled: <maybe>}");
  CHECK(excerpt("telemetry:\n  enabled: maybe # token geheim\n", "OTC104").find("geheim") ==
        std::string::npos);
  CHECK(
      excerpt("telemetry:\n  x: &a {password: |\n    geheim }\n    }\n", "OTC001").find("geheim") ==
      std::string::npos);
}

TEST_CASE("a file that cannot be read is judged by its lines") {
  const std::vector<std::string_view> texts{
      "telemetry:\n  exporters:\n    otlp:\n      headers:\n        x-a: geheim: b\n",
      "telemetry:\n  exporters:\n    otlp:\n      headers: {x-a: geheim: b}\n",
      "telemetry:\n  api_key: geheim: b\n",
      "telemetry:\n  a: \"sk-geheim0123456789\": b\n",
      "telemetry:\n  headers:\n    x-a: @geheim\n",
      "telemetry:\n  headers:\n    # note\n\n    x-a: @geheim\n",
      "telemetry:\n  secrets:\n    - a\n    - @geheim\n",
      "telemetry:\n  authorization: Bearer \"geheim\n",
      "telemetry:\n  x: \"Bearer geheim0123456789\n",
      "telemetry:\n  password: \"geheim\n  b: \"c\"\n",
      "telemetry:\n  url: http://u:geheim@h: x\n",
      "telemetry:\n\tpassword: geheim\n",
      "telemetry:\n  password: geheim\x01\n",
  };
  for (const std::string_view text : texts) {
    CAPTURE(text);
    const FileReport report = check(text);
    REQUIRE_FALSE(report.findings.empty());
    for (const Finding& finding : report.findings) {
      const Excerpt found = excerpt_of(report, finding.place);
      CHECK((found.before + found.marked + found.after).find("geheim") == std::string::npos);
      CHECK((finding.message + finding.help).find("geheim") == std::string::npos);
    }
  }
}

TEST_CASE("of a very long line only the surroundings are shown, in whole characters") {
  std::string text = "telemetry: {";
  for (int index = 0; index < 1000; ++index) {
    text += fmt::format("\"\xE2\x82\xAC{}\": 1, ", index);
  }
  text += "enabled: false}\n";
  const FileReport report = check(text);
  REQUIRE(report.findings.size() == 1000);
  const Excerpt found = excerpt_of(report, report.findings[500].place);
  CHECK(found.before.size() < 130);
  CHECK(found.after.size() < 260);
  CHECK(otelctl::is_valid_utf8(found.before + found.marked + found.after));
  CHECK(found.marked ==
        "\"\xE2\x82\xAC"
        "500\"");
}
