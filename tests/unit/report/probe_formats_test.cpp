// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What CI reads of a probe: JUnit's XML and GitHub's annotations.
#include <sstream>
#include <string>

#include <doctest/doctest.h>

#include "report/probe.hpp"

using namespace otelctl;
using namespace otelctl::probe;
using namespace otelctl::report;
using namespace std::chrono_literals;

namespace {

Stage export_of(std::string signal, StageStatus status, std::string message = {},
                std::string hint = {}) {
  return {"export", status, 3ms, std::move(message), std::move(hint), {{"signal", signal}}};
}

ProbeReport refused() {
  ProbeReport report;
  report.endpoint = "http://localhost:4317";
  report.protocol = "grpc";
  report.signal = "traces";
  report.stages = {{"config", StageStatus::ok, 0ns, "http://localhost:4317 by grpc", "", {}},
                   {"dns", StageStatus::ok, 1200us, "localhost is 127.0.0.1", "", {}},
                   {"tcp", StageStatus::fail, 2ms, "connection refused", "start it", {}},
                   {"tls", StageStatus::skip, 0ns, "", "", {}},
                   export_of("traces", StageStatus::skip, "--no-send")};
  report.error = Error{ErrorKind::unreachable, "connection refused", "start it"};
  return report;
}

ProbeReport warned() {
  ProbeReport report = refused();
  report.error.reset();
  report.stages = {{"tls", StageStatus::warn, 1s, "not verified", "remove the flag", {}},
                   export_of("traces", StageStatus::ok, "taken")};
  return report;
}

// Whatever a server or a command line could put into a message.
ProbeReport hostile() {
  ProbeReport report;
  report.endpoint = "http://a\"<b>&\x1B:4317";
  report.stages = {{"dns",
                    StageStatus::fail,
                    0ns,
                    "50% ]]>\r\n::error::x, y: z\x01\x7F\xC2\x85\xFF\xEF\xBF\xBE",
                    "a\nb\x1B[2J",
                    {}}};
  report.error = Error{ErrorKind::not_understood, report.stages.front().message, ""};
  return report;
}

std::string junit(const ProbeReport& report, bool warnings_fail = false) {
  std::ostringstream out;
  write_probe_junit(out, report, warnings_fail);
  return out.str();
}

std::string github(const ProbeReport& report) {
  std::ostringstream out;
  write_probe_github(out, report);
  return out.str();
}

bool holds(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("junit has a test a stage with its time, its failure and what was skipped") {
  CHECK(junit(refused()) ==
        R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="otelctl test-connection" tests="5" failures="1" errors="0" time="0.006">
  <testsuite name="otelctl test-connection http://localhost:4317" tests="5" failures="1" errors="0" skipped="2" time="0.006">
    <testcase classname="http://localhost:4317" name="config" time="0.000"/>
    <testcase classname="http://localhost:4317" name="dns" time="0.001"/>
    <testcase classname="http://localhost:4317" name="tcp" time="0.002">
      <failure type="unreachable" message="connection refused">tcp: connection refused&#10;hint: start it</failure>
    </testcase>
    <testcase classname="http://localhost:4317" name="tls" time="0.000">
      <skipped/>
    </testcase>
    <testcase classname="http://localhost:4317" name="export traces" time="0.003">
      <skipped>--no-send</skipped>
    </testcase>
  </testsuite>
</testsuites>
)");
}

TEST_CASE("junit has a warning as output, or as a failure when warnings fail") {
  const std::string shown = junit(warned());
  CHECK(holds(shown, "failures=\"0\""));
  CHECK(holds(shown,
              "name=\"tls\" time=\"1.000\">\n      <system-out>tls: not verified&#10;hint: "
              "remove the flag</system-out>\n"));
  const std::string failed = junit(warned(), true);
  CHECK(holds(failed, "failures=\"1\""));
  CHECK(holds(failed,
              "<failure type=\"warn\" message=\"not verified\">tls: not verified&#10;hint: "
              "remove the flag</failure>\n"));
  CHECK_FALSE(holds(failed, "<system-out>"));
}

TEST_CASE("junit names the stages of several signals apart, each failure with the kind it is of") {
  ProbeReport report = refused();
  report.error = Error{ErrorKind::not_understood, "not found", ""};
  report.stages = {{"dns", StageStatus::ok, 0ns, "", "", {}},
                   export_of("traces", StageStatus::fail, "not found"),
                   export_of("metrics", StageStatus::fail, "not found"),
                   {"dns", StageStatus::ok, 0ns, "", "", {}},
                   export_of("logs", StageStatus::fail, "denied")};
  const std::string text = junit(report);
  CHECK(holds(text, "name=\"dns\" "));
  CHECK(holds(text, "name=\"dns #2\" "));
  CHECK(holds(text,
              "name=\"export traces\" time=\"0.003\">\n      <failure type=\"not_understood\""));
  CHECK(holds(text,
              "name=\"export metrics\" time=\"0.003\">\n      <failure type=\"not_understood\""));
  CHECK(holds(text, "name=\"export logs\" time=\"0.003\">\n      <failure type=\"fail\""));
}

TEST_CASE("junit stays well-formed whatever a message holds") {
  const std::string text = junit(hostile());
  CHECK(holds(text, "classname=\"http://a&quot;&lt;b&gt;&amp;:4317\""));
  CHECK(holds(text, "message=\"50% ]]&gt;&#13;&#10;::error::x, y: z\xEF\xBF\xBD\">dns: 50%"));
  CHECK(holds(text, "hint: a&#10;b[2J</failure>"));
}

TEST_CASE("github annotates failures before warnings and says nothing of success") {
  ProbeReport report = warned();
  report.stages.push_back(export_of("logs", StageStatus::fail, "denied", "set --header"));
  report.stages.push_back(export_of("metrics", StageStatus::fail, "denied"));
  CHECK(github(report) ==
        "::error title=otelctl test-connection (export logs)::denied%0Ahint: set --header\n"
        "::error title=otelctl test-connection (export metrics)::denied\n"
        "::warning title=otelctl test-connection (tls)::not verified%0Ahint: remove the flag\n");
  report.stages = {export_of("traces", StageStatus::ok, "taken")};
  CHECK(github(report).empty());
}

TEST_CASE("github commands cannot be broken out of by a message or a stage") {
  ProbeReport report = hostile();
  report.stages.front().name = "dns:\n,%";
  CHECK(github(report) ==
        "::error title=otelctl test-connection (dns%3A%0A%2C%25)::50%25 ]]>%0D%0A::error::x, y: "
        "z\\x01\\x7f\\x85\\xff\xEF\xBF\xBE%0Ahint: a%0Ab\\x1b[2J\n");
}

TEST_CASE("a stage is called by its name, an export by its signal too") {
  CHECK(stage_title({"tcp", StageStatus::ok, 0ns, "", "", {}}) == "tcp");
  CHECK(stage_title({"export", StageStatus::ok, 0ns, "", "", {}}) == "export");
  CHECK(stage_title(export_of("logs", StageStatus::ok)) == "export logs");
}
