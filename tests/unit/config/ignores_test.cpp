// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/ignores.hpp"

#include <string>

#include <doctest/doctest.h>

#include "tests/unit/config/check.hpp"
#include "yaml/flat.hpp"

using namespace otelctl::config;

TEST_CASE("a comment hides findings on its own line") {
  CHECK(verdict("telemetry:\n  enabled: no # otelctl: ignore OTC010\n") == "");
  CHECK(verdict("telemetry:\n  enabled: no #otelctl:ignore otc010\n") == "");
  CHECK(verdict("telemetry:\n  enabled: no\t# why not # otelctl: ignore OTC010\r\n") == "");
  CHECK(verdict("telemetry:\n  enabled: no # otelctl: ignore OTC010") == "");
  CHECK(verdict("telemetry: {enabled: no, x: 1} # otelctl: ignore OTC010\n") == "OTC103@1:26");
}

TEST_CASE("a comment of its own line hides findings on the next that is none") {
  CHECK(verdict("telemetry:\n  # otelctl: ignore OTC010\n  enabled: no\n") == "");
  CHECK(verdict("telemetry:\n  # otelctl: ignore OTC010\n  # the old way\n  enabled: no\n") == "");
  CHECK(verdict("telemetry:\n  # otelctl: ignore OTC010\n  # otelctl: ignore OTC103\n"
                "  enable: {a: no}\n") == "OTC900@2:21");
  CHECK(verdict("telemetry:\n  # otelctl: ignore OTC010\n\n  enabled: no\n") ==
        "OTC900@2:21 OTC010@4:12");
  CHECK(verdict("telemetry:\n  enabled: no # otelctl: ignore OTC010\n  logging: {enabled: no}\n") ==
        "OTC010@3:22");
}

TEST_CASE("several codes, beginnings of codes and a reason") {
  const std::string begin = "telemetry: {enabled: no, x: 1} # otelctl: ignore ";
  CHECK(verdict(begin + "OTC010, OTC103\n") == "");
  CHECK(verdict(begin + "OTC010,OTC103 as the old agent wants it\n") == "");
  CHECK(verdict(begin + "OTC010 OTC103\n") == "");
  CHECK(verdict(begin + "OTC01,OTC1\n") == "");
  CHECK(verdict(begin + "OTC\n") == "");
  CHECK(verdict(begin + "OTC010 and not OTC103\n") == "OTC103@1:26");
}

TEST_CASE("a sign inside of a value begins no comment") {
  CHECK(verdict("telemetry: {enabled: no, service_name: \"a # otelctl: ignore OTC010\"}\n") ==
        "OTC010@1:22 OTC334@1:40");
  CHECK(verdict("telemetry: {service_name: a# otelctl: ignore OTC010}\n").find("OTC900") ==
        std::string::npos);
  CHECK(verdict("note: |\n  # otelctl: ignore OTC010\ntelemetry: {enabled: no}\n") ==
        "OTC010@3:22");
  CHECK(verdict("note: | # otelctl: ignore OTC010\n  text\ntelemetry: {}\n") == "OTC900@1:27");
  CHECK(verdict("telemetry: {}\nnote: see otelctl: ignore OTC010 # x\n").find("OTC900") ==
        std::string::npos);
}

TEST_CASE("a comment that hides nothing is reported, unless its rule was not asked") {
  const FileReport report = check("telemetry:\n  enabled: false # otelctl: ignore OTC010, OTC3\n");
  CHECK(verdict(report) == "OTC900@2:36 OTC900@2:44");
  CHECK(report.findings[0].severity == Severity::info);
  CHECK(report.findings[0].end_column == 42);
  CHECK(report.findings[0].message == "nothing is found there that OTC010 could hide");
  ValidateOptions options;
  options.selection = Selection::parse({"OTC3", "OTC900"}, {}).value();
  CHECK(verdict(validate("a", "telemetry: {} # otelctl: ignore OTC010, OTC317\n", options)) ==
        "OTC900@1:41");
  options.selection = Selection::parse({}, {"OTC900"}).value();
  CHECK(verdict(validate("a", "telemetry: {} # otelctl: ignore OTC010\n", options)) == "");
  CHECK(verdict("telemetry: {} # otelctl: ignore OTC010, OTC900\n") == "");
}

TEST_CASE("a comment that is not understood is reported with what was probably meant") {
  CHECK(only(check("telemetry: {} # otelctl: ignore OTC301x\n"), "OTC900").help ==
        "did you mean 'OTC301'?");
  const Finding wrong = only(check("telemetry: {} # otelctl: ignroe OTC301\n"), "OTC900");
  CHECK(wrong.message == "'ignroe' is nothing that otelctl knows");
  CHECK(wrong.help == "did you mean 'ignore'?");
  CHECK(only(check("telemetry: {} # otelctl: ignore\n"), "OTC900").message ==
        "the comment names no code");
  CHECK(only(check("telemetry: {} # otelctl:\n"), "OTC900").message ==
        "nothing follows 'otelctl:'");
  CHECK(only(check("telemetry: {} # otelctl: ignore the jaeger part\n"), "OTC900").message ==
        "no rule has the code 'the'");
}

TEST_CASE("what keeps a file from being read is hidden by its whole code only") {
  CHECK(verdict("telemetry: # otelctl: ignore OTC0\n  a: b: c # otelctl: ignore OTC0\n")
            .find("OTC001@2:7") != std::string::npos);
  CHECK(verdict("telemetry:\n  a: b: c # otelctl: ignore OTC001\n").find("OTC001") ==
        std::string::npos);
}

TEST_CASE("where not every rule could look no comment is called useless") {
  CHECK(verdict("telemetry:\n  enabled: true # otelctl: ignore OTC010\n  a: [\n").find("OTC900") ==
        std::string::npos);
  CHECK(verdict("x: 1 # otelctl: ignore OTC103\n") == "OTC101");
}

TEST_CASE("a long block of comments is read once") {
  std::string text = "telemetry:\n";
  for (int line = 0; line < 9'000; ++line) {
    text += "  # otelctl: ignore OTC010,OTC0,OTC01,OTC103,OTC999\n";
  }
  text += std::string(2'000'000, '#') + "\n";
  for (int line = 0; line < 100'000; ++line) {
    text += "#\n";
  }
  text += "  enabled: no\n";
  const FileReport report = check(text);
  CHECK(report.findings.size() == 10'001);
  CHECK(report.findings[1].code == "OTC900");
}

TEST_CASE("in files of variables comments are told from values too") {
  const std::string source = "A=1 # otelctl: ignore OTC402\nB=\"x # otelctl: ignore OTC402\"\n";
  const auto document = otelctl::yaml::make_flat(
      source, {{0, 1, 2, 3, otelctl::yaml::Style::plain, "1"},
               {29, 30, 31, 58, otelctl::yaml::Style::double_quoted, "x"}});
  std::vector<Finding> findings(2);
  findings[0].code = findings[1].code = "OTC302";
  findings[0].has_place = findings[1].has_place = true;
  findings[0].line = 1;
  findings[1].line = 2;
  apply_ignores(document, {}, true, findings);
  CHECK(findings.size() == 3);
  CHECK(findings.back().code == "OTC900");
  CHECK(findings.back().line == 1);
}
