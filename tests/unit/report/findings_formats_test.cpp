// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json.hpp>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/text.hpp"
#include "report/findings.hpp"

using namespace otelctl;
using config::FileReport;
using config::Finding;
using config::Severity;
using report::Findings;
using report::FindingsOptions;

namespace {

Findings check(std::string_view text, std::string name = "app.yaml") {
  Findings reports;
  reports.push_back(config::validate(std::move(name), std::string(text), {}));
  return reports;
}

std::string as(std::string_view format, const Findings& reports, FindingsOptions options = {}) {
  std::ostringstream out;
  report::write_findings(out, reports, format, options);
  return out.str();
}

boost::json::object sarif_run(const Findings& reports, const FindingsOptions& options = {}) {
  const auto document = boost::json::parse(as("sarif", reports, options));
  REQUIRE(document.at("runs").as_array().size() == 1);
  return document.at("runs").as_array()[0].as_object();
}

// A file that exists in the test only.
FileReport made(std::string name, std::vector<Finding> findings) {
  FileReport report;
  report.name = std::move(name);
  report.findings = std::move(findings);
  return report;
}

Finding finding(Severity severity, std::string message, std::uint32_t line = 1) {
  Finding made;
  made.code = "OTC104";
  made.severity = severity;
  made.message = std::move(message);
  made.has_place = true;
  made.line = made.end_line = line;
  made.column = 2;
  made.end_column = 5;
  return made;
}

std::size_t occurrences(std::string_view text, std::string_view part) {
  std::size_t number = 0;
  for (auto at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) {
    ++number;
  }
  return number;
}

constexpr std::string_view k_two_mistakes =
    "telemetry:\n  enabled: no\n  exporter: {}\n  enabled: false\n";

}  // namespace

TEST_CASE("every format has a name, text is the default, and an empty file list is no trouble") {
  const auto names = report::findings_format_names();
  CHECK(join(names, " ") == "text concise json sarif junit github");
  for (const std::string& name : names) {
    CAPTURE(name);
    CHECK(as(name, {}).find("app.yaml") == std::string::npos);
  }
}

TEST_CASE("concise is one line a finding, and nothing where nothing is wrong") {
  CHECK(as("concise", check(k_two_mistakes)) ==
        "app.yaml:2:12: OTC010 'no' is a boolean in YAML 1.1 and text in YAML 1.2\n"
        "app.yaml:3:3: OTC103 unknown key 'exporter' under the section\n"
        "app.yaml:4:3: OTC002 key 'enabled' appears twice (first on line 2)\n");
  CHECK(as("concise", check("")) == "app.yaml: OTC101 no section 'telemetry': the file is empty\n");
  CHECK(as("concise", check("telemetry: {}\n")).empty());
}

TEST_CASE("text shows where a key was first defined") {
  CHECK(as("text", check("telemetry:\n  enabled: true\n\n  service_name: a\n  enabled: false\n")) ==
        "app.yaml:5:3: error[OTC002]: key 'enabled' appears twice (first on line 2)\n"
        "  |\n"
        "2 |   enabled: true\n"
        "  |   ------- first defined here\n"
        "...\n"
        "5 |   enabled: false\n"
        "  |   ^^^^^^^\n"
        "  = help: keep one: Python keeps the last, other parsers the first or refuse the file\n"
        "  = note: see otelctl config explain OTC002\n"
        "\n"
        "1 error in 1 file\n");
}

TEST_CASE("github has the severest first and ends with what GitHub would drop") {
  std::vector<Finding> findings;
  for (std::uint32_t line = 1; line <= 12; ++line) {
    findings.push_back(finding(Severity::info, "i", line));
    findings.push_back(finding(Severity::warning, "w", line));
    findings.push_back(finding(Severity::error, "e", line));
  }
  Findings reports;
  reports.push_back(made("app.yaml", findings));
  const std::string text = as("github", reports);
  CHECK(
      text.starts_with("::error file=app.yaml,line=1,endLine=1,col=2,endColumn=5,title=OTC104::e\n"
                       "::error file=app.yaml,line=2,"));
  CHECK(occurrences(text, "::error ") == 10);
  CHECK(occurrences(text, "::warning ") == 10);
  CHECK(occurrences(text, "::notice ") == 10);
  CHECK(text.rfind("::error ") < text.find("::warning "));
  CHECK(text.rfind("::warning ") < text.find("::notice "));
  CHECK(
      text.ends_with("::notice title=otelctl::2 errors, 2 warnings, 3 infos more than GitHub "
                     "shows: run otelctl config validate to see them\n"));
}

TEST_CASE("github commands cannot be broken out of") {
  Finding hostile = finding(Severity::error, "50% of\r\n::error::x, y: z");
  hostile.help = "do, this";
  Findings reports;
  reports.push_back(made("a:b,c%\n::error::d\x1B.yaml", {hostile}));
  CHECK(as("github", reports) ==
        "::error file=a%3Ab%2Cc%25%0A%3A%3Aerror%3A%3Ad\\x1b.yaml,line=1,endLine=1,col=2,"
        "endColumn=5,title=OTC104::50%25 of%0D%0A::error::x, y: z%0Ahelp: do, this\n");
}

TEST_CASE("github gets no columns over several lines and no file where there is none") {
  Finding tall = finding(Severity::warning, "w");
  tall.end_line = 3;
  Findings reports;
  reports.push_back(made("a.yaml", {tall}));
  reports.push_back(made("(environment)", {finding(Severity::warning, "v")}));
  CHECK(as("github", reports) ==
        "::warning file=a.yaml,line=1,endLine=3,title=OTC104::w\n"
        "::warning title=OTC104::v\n");
}

TEST_CASE("junit has a suite a file, a test a finding, and one for a file without") {
  auto reports = check("telemetry: {enabled: no, exporter: {}, exporter: {}}\n", "a & <b>.yaml");
  reports.push_back(std::move(check("telemetry: {}\n", "clean.yaml").front()));
  const std::string text = as("junit", reports);
  CHECK(
      text.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<testsuites name=\"otelctl config validate\" tests=\"5\" failures=\"3\" "
                       "errors=\"0\" time=\"0\">\n"
                       "  <testsuite name=\"a &amp; &lt;b&gt;.yaml\" tests=\"4\" failures=\"3\""));
  CHECK(text.find("name=\"OTC103 telemetry.exporter\" ") != std::string::npos);
  CHECK(text.find("name=\"OTC103 telemetry.exporter #2\" ") != std::string::npos);
  CHECK(text.find("<failure type=\"OTC103\" message=\"unknown key 'exporter' under the section\">"
                  "a &amp; &lt;b&gt;.yaml:1:26: error[OTC103]: unknown key") != std::string::npos);
  CHECK(text.find("<failure type=\"OTC010\"") == std::string::npos);
  CHECK(text.find("<system-out>a &amp; &lt;b&gt;.yaml:1:22: warning[OTC010]") != std::string::npos);
  CHECK(text.find("<testcase classname=\"clean.yaml\" name=\"no findings\" time=\"0\"/>") !=
        std::string::npos);
}

TEST_CASE("junit counts as failed what --fail-on counts") {
  FindingsOptions options;
  options.fails_from = Severity::warning;
  CHECK(
      as("junit", check("telemetry: {enabled: no}\n"), options).find("<failure type=\"OTC010\"") !=
      std::string::npos);
}

TEST_CASE("junit drops what XML cannot hold") {
  Findings reports;
  reports.push_back(made("n\x01\x1B\x7F\xC2\x85.yaml",
                         {finding(Severity::error, "a\nb\t\xFF \"q\" ]]> \xEF\xBF\xBE'")}));
  const std::string text = as("junit", reports);
  CHECK(text.find("name=\"n.yaml\"") != std::string::npos);
  CHECK(text.find("message=\"a&#10;b&#9;\xEF\xBF\xBD &quot;q&quot; ]]&gt; '\"") !=
        std::string::npos);
}

TEST_CASE("sarif has results with rule, level, place, key and fingerprint") {
  FindingsOptions options;
  options.version = "1.2.3";
  const auto run = sarif_run(check(k_two_mistakes), options);
  CHECK(run.at("columnKind") == "unicodeCodePoints");
  const auto& driver = run.at("tool").at("driver");
  CHECK(driver.at("name") == "otelctl");
  CHECK(driver.at("version") == "1.2.3");
  const auto& rules = driver.at("rules").as_array();
  const auto& results = run.at("results").as_array();
  REQUIRE(results.size() == 3);
  CHECK(rules.size() == 3);
  for (const auto& result : results) {
    const auto index = result.at("ruleIndex").to_number<std::size_t>();
    CHECK(rules.at(index).at("id") == result.at("ruleId"));
    CHECK(rules.at(index).at("defaultConfiguration").at("level") == result.at("level"));
  }
  CHECK(results[0].at("level") == "warning");
  CHECK(results[0].at("partialFingerprints").at("otelctl/v1") == "OTC010:telemetry.enabled:1");
  const auto& location = results[1].at("locations").as_array().at(0);
  const auto& physical = location.at("physicalLocation");
  CHECK(physical.at("artifactLocation").at("uri") == "app.yaml");
  CHECK(boost::json::serialize(physical.at("region")) ==
        R"({"startLine":3,"startColumn":3,"endLine":3,"endColumn":11})");
  CHECK(location.at("logicalLocations").as_array().at(0).at("fullyQualifiedName") ==
        "telemetry.exporter");
  const auto& related = results[2].at("relatedLocations").as_array().at(0);
  CHECK(related.at("message").at("text") == "first defined here");
  CHECK(related.at("physicalLocation").at("region").at("startLine") == 2);
}

TEST_CASE("sarif: moving lines changes no fingerprint, and repeats are counted") {
  const auto fingerprints = [](std::string_view text) {
    std::string all;
    const auto run = sarif_run(check(text));
    for (const auto& result : run.at("results").as_array()) {
      all += std::string(result.at("partialFingerprints").at("otelctl/v1").as_string()) + " ";
    }
    return all;
  };
  const std::string once = fingerprints("telemetry: {exporter: 1, exporter: 2}\n");
  CHECK(once.find("OTC103:telemetry.exporter:1 ") != std::string::npos);
  CHECK(once.find("OTC103:telemetry.exporter:2 ") != std::string::npos);
  CHECK(fingerprints("# a\n\ntelemetry:\n  {exporter: 1, exporter: 2}\n") == once);
}

TEST_CASE("sarif addresses are relative and percent-encoded, whatever the file is called") {
  FindingsOptions options;
  options.folder = "/srv/repo";
  const auto uri = [&](const std::string& name) {
    Findings reports;
    reports.push_back(made(name, {finding(Severity::error, "m")}));
    const auto run = sarif_run(reports, options);
    return std::string(run.at("results")
                           .as_array()
                           .at(0)
                           .at("locations")
                           .as_array()
                           .at(0)
                           .at("physicalLocation")
                           .at("artifactLocation")
                           .at("uri")
                           .as_string());
  };
  CHECK(uri("./conf/app.yaml") == "conf/app.yaml");
  CHECK(uri("/srv/repo/conf/app.yaml") == "conf/app.yaml");
  CHECK(uri("/srv/repository/app.yaml") == "file:///srv/repository/app.yaml");
  CHECK(uri("../app.yaml") == "../app.yaml");
  CHECK(uri("a b%c#d?e:f.yaml") == "a%20b%25c%23d%3Fe%3Af.yaml");
  CHECK(uri("\xC3\xA4\xFF\n.yaml") == "%C3%A4%FF%0A.yaml");
}

TEST_CASE("sarif: what has no place has no region, and the environment no location") {
  Finding whole = finding(Severity::error, "m");
  whole.has_place = false;
  Findings reports;
  reports.push_back(made("a.yaml", {whole}));
  reports.push_back(made("(environment)", {whole}));
  reports.push_back(made("(standard input)", {finding(Severity::info, "m")}));
  const auto run = sarif_run(reports);
  const auto& results = run.at("results").as_array();
  const auto& physical = results.at(0).at("locations").as_array().at(0).at("physicalLocation");
  CHECK(physical.as_object().if_contains("region") == nullptr);
  CHECK(results.at(1).as_object().if_contains("locations") == nullptr);
  const auto& input = results.at(2).at("locations").as_array().at(0).at("physicalLocation");
  CHECK(input.at("artifactLocation").as_object().if_contains("uri") == nullptr);
  CHECK(results.at(2).at("level") == "note");
  CHECK(run.at("artifacts").as_array().size() == 1);
}

TEST_CASE("edits are in json and sarif, unless they would show a secret") {
  Findings reports = check(
      "telemetry:\n  enabled: no\n  exporters:\n    otlp:\n      headers:\n"
      "        api-key: geheim\n");
  FileReport& file = reports.front();
  const std::size_t begin = file.document.source().find("no\n");
  const std::size_t secret = file.document.source().find("geheim");
  Finding safe = finding(Severity::warning, "m");
  safe.edits = {{begin, begin + 2, "false"}};
  Finding unsafe = finding(Severity::warning, "m");
  unsafe.edits = {{secret, secret + 6, "\"geheim\""}};
  Finding pasted = finding(Severity::warning, "m");
  pasted.edits = {{begin, begin, "Bearer geheim1234"}};
  file.findings = {safe, unsafe, pasted};
  const auto json = boost::json::parse(as("json", reports));
  CHECK(boost::json::serialize(json.at("findings").as_array().at(0).at("edits")) ==
        R"([{"line":2,"column":12,"end_line":2,"end_column":14,"text":"false"}])");
  CHECK(json.at("findings").as_array().at(1).at("edits").as_array().empty());
  CHECK(json.at("findings").as_array().at(1).at("fixable") == true);
  CHECK(json.at("findings").as_array().at(2).at("edits").as_array().empty());
  const auto run = sarif_run(reports);
  const auto& results = run.at("results").as_array();
  const auto& replacement = results.at(0)
                                .at("fixes")
                                .as_array()
                                .at(0)
                                .at("artifactChanges")
                                .as_array()
                                .at(0)
                                .at("replacements")
                                .as_array()
                                .at(0);
  CHECK(boost::json::serialize(replacement) ==
        R"({"deletedRegion":{"startLine":2,"startColumn":12,"endLine":2,"endColumn":14},)"
        R"("insertedContent":{"text":"false"}})");
  CHECK(results.at(1).as_object().if_contains("fixes") == nullptr);
  CHECK(as("text", reports).ends_with("3 warnings (3 fixable with --fix) in 1 file\n"));
}

TEST_CASE("a secret planted anywhere is in no format") {
  const std::vector<std::string> files{
      "telemetry:\n"
      "  service_name: \"\"\n"
      "  exporters:\n"
      "    otlp:\n"
      "      endpoint: \"http://user:geheim1@otlp.example.com:4317/?key=geheim2\"\n"
      "      headers:\n"
      "        api-key: geheim3  # geheim4 is the api-key\n"
      "        x-one: [geheim5]\n"
      "        authorization: Bearer geheim6\n"
      "        X-Two: geheim7\n"
      "        bad name: ${API_KEY:-geheim8}\n"
      "        empty: \"${UNSET}geheim9\"\n"
      "  resource_attributes:\n"
      "    my.token: 0123geheim10\n"
      "    other: sk-geheim7890\n"
      "    n: [sk-geheim78901]\n",
      "telemetry:\n  exporters:\n    otlp:\n      headers:\n        api-key: \"geheim11\n",
      "telemetry:\n  exporters:\n    otlp:\n      headers: {api-key: geheim12\n  x: ]\n",
      "telemetry:\n  exporters:\n    otlp:\n      headers: api-key=geheim13\n",
      "telemetry:\n\t# token: geheim14\n\tpassword: geheim15\n",
      "# OTEL_EXPORTER_OTLP_HEADERS=api-key=geheim20\n"
      "OTEL_EXPORTER_OTLP_HEADERS=api-key geheim21, x=geheim22; y\n"
      "OTEL_EXPORTER_OTLP_TRACES_HEADERS=\"authorization=Bearer geheim23\"\n"
      "OTEL_EXPORTER_OTLP_ENDPOINT=http://u:geheim24@c:4318/v1/traces?k=geheim25\n"
      "OTEL_RESOURCE_ATTRIBUTES=my.token=geheim26,x=%zz,deployment.environment=a\n"
      "OTEL_SERVICE_VERSION=1 # token geheim27\n"
      "OTEL_EXPORTER_OTLP_TIMEOUT=sk-geheim28901\n"
      "OTEL_API_TOKEN=geheim29\n"
      "OTEL_EXPORTER_OTLP_API_KEY=\"geheim30\n",
      "OTEL_EXPORTER_OTLP_HEADERS='api-key=geheim31, x=y'\nOTEL_BSP_MAX_QUEUE_SIZE=x\n",
      "services:\n  web:\n    image: a\n    environment:\n"
      "      OTEL_EXPORTER_OTLP_HEADERS: api-key geheim40\n"
      "      OTEL_EXPORTER_OTLP_ENDPOINT: http://u:geheim41@c:4318/v1/traces\n"
      "      OTEL_RESOURCE_ATTRIBUTES: my.token=geheim42,deployment.environment=x,x\n"
      "      DB_PASSWORD: [geheim43]\n",
      "services:\n  web:\n    image: a\n    environment:\n"
      "      - OTEL_EXPORTER_OTLP_HEADERS=\"api-key=geheim44\"\n"
      "      - OTEL_SERVICE_VERSION=1\n      - OTEL_EXPORTER_OTLP_TIMEOUT=sk-geheim45678\n",
      "apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      env:\n"
      "        - {name: OTEL_EXPORTER_OTLP_HEADERS, value: 'api-key geheim46'}\n"
      "        - {name: OTEL_EXPORTER_OTLP_ENDPOINT, value: 'http://u:geheim47@c:4318/v1/traces'}\n"
      "        - {name: OTEL_EXPORTER_OTLP_TRACES_HEADERS, value: [geheim48]}\n",
      "file_format: 1.0\ntracer_provider:\n  processors:\n    - batch:\n        exporter:\n"
      "          otlp_http:\n            endpoint: http://u:geheim50@c:4318\n"
      "            headers: [{name: api-key, value: geheim51}, {name: x, value: [geheim52]}]\n"
      "            headers_list: api-key=geheim53,api-key geheim54\n"
      "resource:\n  attributes: [{name: my.token, value: geheim55, type: int}]\n",
      "receivers: {otlp: {protocols: {grpc: }}}\nexporters:\n  otlphttp:\n"
      "    endpoint: http://u:geheim60@c:4318/v1/traces\n"
      "    headers: {api-key: geheim61, authorization: [geheim62]}\n    api_key: geheim63\n"
      "service: {pipelines: {traces: {receivers: [otlp], exporters: [otlp]}}}\nservice: 1\n",
      "telemetry:\n  api_key: geheim16\n  exporters: {otlp: {api-token: geheim17, headers: 1}}\n",
  };
  for (const std::string& name : report::findings_format_names()) {
    for (const std::string& file : files) {
      CAPTURE(name);
      CAPTURE(file);
      const auto reports = check(file);
      CHECK_FALSE(reports.front().findings.empty());
      const std::string text = as(name, reports);
      const auto at = text.find("geheim");
      CHECK_MESSAGE(at == std::string::npos, text.substr(at == std::string::npos ? 0 : at));
    }
  }
}

TEST_CASE("CRLF, tabs, a byte order mark and wide characters move no column") {
  const std::string text = as("concise", check("\xEF\xBB\xBFtelemetry:\r\n"
                                               "  \"\xE6\x97\xA5\xE6\x9C\xAC\": 1\r\n"
                                               "  metrics: {\tenabled: maybe}\r\n"));
  CHECK(text.find("app.yaml:2:3: OTC103 ") != std::string::npos);
  CHECK(text.find("app.yaml:3:23: OTC104 ") != std::string::npos);
}

TEST_CASE("ten thousand findings come out whole in every machine format") {
  std::string text = "telemetry:\n";
  for (int key = 0; key < 12000; ++key) {
    text += fmt::format("  k{}: 1\n", key);
  }
  const auto reports = check(text);
  const std::size_t number = reports.front().findings.size();
  CHECK(number > 10000);
  CHECK(occurrences(as("concise", reports), "\n") == number);
  CHECK(occurrences(as("junit", reports), "<testcase ") == number);
  CHECK(sarif_run(reports).at("results").as_array().size() == number);
  CHECK(boost::json::parse(as("json", reports)).at("findings").as_array().size() == number);
  CHECK(occurrences(as("github", reports), "\n") == 11);
}
