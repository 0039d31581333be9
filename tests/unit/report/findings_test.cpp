// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/findings.hpp"

#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace otelctl;
using config::FileReport;
using report::FindingsOptions;

namespace {

std::vector<FileReport> check(std::string_view text, std::string name = "app.yaml") {
  std::vector<FileReport> reports;
  reports.push_back(config::validate(std::move(name), std::string(text), {}));
  return reports;
}

std::string as_text(const std::vector<FileReport>& reports, FindingsOptions options = {}) {
  std::ostringstream out;
  report::write_findings_text(out, reports, options);
  return out.str();
}

std::string as_json(const std::vector<FileReport>& reports) {
  std::ostringstream out;
  report::write_findings_json(out, reports, {});
  return out.str();
}

}  // namespace

TEST_CASE("text shows place, line, caret, path and help, and counts at the end") {
  CHECK(as_text(check("telemetry:\n  enabled: no\n  exporter: {}\n")) ==
        "app.yaml:2:12: warning[OTC010]: 'no' is a boolean in YAML 1.1 and text in YAML 1.2\n"
        "  |\n"
        "2 |   enabled: no\n"
        "  |            ^^\n"
        "  = path: telemetry.enabled\n"
        "  = help: write false\n"
        "  = note: see otelctl config explain OTC010; fixable with --fix\n"
        "\n"
        "app.yaml:3:3: error[OTC103]: unknown key 'exporter' under the section\n"
        "  |\n"
        "3 |   exporter: {}\n"
        "  |   ^^^^^^^^\n"
        "  = path: telemetry.exporter\n"
        "  = help: did you mean 'exporters'?\n"
        "  = note: see otelctl config explain OTC103; fixable with --fix\n"
        "\n"
        "1 error, 1 warning (2 fixable with --fix) in 1 file\n");
}

TEST_CASE("a finding without a place has neither line nor caret") {
  CHECK(as_text(check("")) ==
        "app.yaml: error[OTC101]: no section 'telemetry': the file is empty\n"
        " = help: give a file that holds it\n"
        " = note: see otelctl config explain OTC101\n"
        "\n"
        "1 error in 1 file\n");
}

TEST_CASE("nothing found is said in one line") {
  CHECK(as_text(check("telemetry: {}\n")) == "no findings in 1 file\n");
  auto two = check("telemetry: {}\n");
  two.push_back(std::move(check("telemetry: {}\n", "b.yaml").front()));
  CHECK(as_text(two) == "no findings in 2 files\n");
}

TEST_CASE("the caret stands under what is meant whatever the width of the characters before it") {
  CHECK(as_text(check("telemetry: {\"\xE6\x97\xA5\xE6\x9C\xAC\": 1}\n"))
            .find("1 | telemetry: {\"\xE6\x97\xA5\xE6\x9C\xAC\": 1}\n"
                  "  |             ^^^^^^\n") != std::string::npos);
  CHECK(as_text(check("telemetry: {\n\tenabled: maybe}\n"))
            .find("2 |     enabled: maybe}\n"
                  "  |              ^^^^^\n") != std::string::npos);
}

TEST_CASE("what the file holds cannot reach into the terminal") {
  const std::string text =
      as_text(check("telemetry:\n  \"a\xE2\x80\xAE\xC2\x85\": \"x\"\n", "\x1B[31mname"));
  CHECK(text.find('\x1B') == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(text.find("\xC2\x85") == std::string::npos);
  CHECK(text.find("\\u{202e}") != std::string::npos);
}

TEST_CASE("a long line is cut to the width of the terminal, around the caret") {
  FindingsOptions options;
  options.terminal.width = 60;
  const std::string line = "telemetry: {" + std::string("\"k\": \"") + std::string(300, 'x') +
                           "\", enabled: maybe, \"l\": \"" + std::string(300, 'y') + "\"}\n";
  const std::string text = as_text(check(line), options);
  std::istringstream lines(text);
  bool has_caret = false;
  for (std::string one; std::getline(lines, one);) {
    if (one.starts_with("1 |") || one.starts_with("  |")) {
      CAPTURE(one);
      // Ellipses are one column of three bytes.
      CHECK(one.size() <= 60 + 4);
    }
    has_caret = has_caret || one.find("^^^^^") != std::string::npos;
  }
  CHECK(has_caret);
  CHECK(text.find("enabled: maybe") != std::string::npos);
  CHECK(text.find("\xE2\x80\xA6") != std::string::npos);
  options.terminal.unicode = false;
  CHECK(as_text(check(line), options).find("\xE2\x80\xA6") == std::string::npos);
}

TEST_CASE("more findings than wanted are counted, not shown") {
  FindingsOptions options;
  options.max_findings = 2;
  const std::string text = as_text(check("telemetry: {a1: 1, a2: 1, a3: 1, a4: 1}\n"), options);
  CHECK(text.find("'a2'") != std::string::npos);
  CHECK(text.find("unknown key 'a3'") == std::string::npos);
  CHECK(text.find("app.yaml: 2 findings more (--max-findings)\n") != std::string::npos);
  CHECK(text.ends_with("4 errors in 1 file\n"));
}

TEST_CASE("colour marks severity, place and caret") {
  FindingsOptions options;
  options.terminal.colour = true;
  const std::string text = as_text(check("telemetry: {enabled: maybe}\n"), options);
  CHECK(text.find("\x1B[1;31merror[OTC104]\x1B[0m") != std::string::npos);
  CHECK(text.find("\x1B[1mapp.yaml:1:22:\x1B[0m") != std::string::npos);
}

TEST_CASE("secrets are in no output") {
  const auto reports = check(
      "telemetry:\n"
      "  exporters:\n"
      "    otlp:\n"
      "      endpoint: http://user:geheim1@otlp.example.com:4317\n"
      "      headers:\n"
      "        api-key: geheim2\n"
      "        x-one: [geheim3]\n"
      "        authorization: Bearer geheim4\n"
      "        X-Two: geheim5\n"
      "  resource_attributes:\n"
      "    my.token: 0123geheim6\n"
      "    other: sk-geheim7890\n");
  CHECK(reports[0].findings.size() >= 5);
  CHECK(as_text(reports).find("geheim") == std::string::npos);
  CHECK(as_json(reports).find("geheim") == std::string::npos);
}

TEST_CASE("JSON has every key, and a place only where there is one") {
  auto reports = check("telemetry: {enabled: maybe}\n");
  reports.push_back(std::move(check("", "b.yaml").front()));
  CHECK(as_json(reports) == R"({
  "schema": "otelctl.findings/1",
  "files": [
    {
      "name": "app.yaml",
      "kind": "telemetry"
    },
    {
      "name": "b.yaml",
      "kind": "telemetry"
    }
  ],
  "summary": {
    "errors": 2,
    "warnings": 0,
    "infos": 0,
    "fixable": 0
  },
  "findings": [
    {
      "file": "app.yaml",
      "line": 1,
      "column": 22,
      "end_line": 1,
      "end_column": 27,
      "path": "telemetry.enabled",
      "code": "OTC104",
      "severity": "error",
      "message": "enabled: expected true or false, found text 'maybe'",
      "help": "write true or false",
      "fixable": false,
      "edits": []
    },
    {
      "file": "b.yaml",
      "path": "",
      "code": "OTC101",
      "severity": "error",
      "message": "no section 'telemetry': the file is empty",
      "help": "give a file that holds it",
      "fixable": false,
      "edits": []
    }
  ]
}
)");
}
