// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/configuration.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using probe::StageStatus;
using smoke::check_configuration;

namespace {

smoke::ConfigurationCheck check(const std::string& yaml) {
  std::vector<config::FileReport> reports;
  reports.push_back(config::validate("app.yaml", yaml, {}));
  return check_configuration(reports);
}

bool holds(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("without any configuration there is nothing to check") {
  const auto nothing = check_configuration({});
  CHECK(nothing.stage.name == "validate");
  CHECK(nothing.stage.status == StageStatus::skip);
  CHECK_FALSE(nothing.error);
}

TEST_CASE("an error ends the road, a warning does not") {
  const auto wrong = check("telemetry:\n  enabled: maybe\n");
  CHECK(wrong.stage.status == StageStatus::fail);
  REQUIRE(wrong.error);
  CHECK(wrong.error->kind == ErrorKind::failed);
  REQUIRE_FALSE(wrong.stage.details.empty());
  CHECK(holds(wrong.stage.details.front(), "app.yaml:2:"));
  CHECK(holds(wrong.stage.details.front(), " error: "));
  CHECK(holds(wrong.stage.hint, "otelctl config validate app.yaml"));
}

TEST_CASE("the first findings are told, errors before warnings, the others are counted") {
  std::string yaml = "telemetry:\n";
  for (char name = 'a'; name <= 'i'; ++name) {
    yaml += std::string("  unknown_") + name + ": 1\n";
  }
  const auto many = check(yaml + "  enabled: maybe\n");
  REQUIRE(many.stage.details.size() == 6);
  CHECK(holds(many.stage.details.front(), " error: "));
  CHECK(holds(many.stage.details.back(), "and "));
}

TEST_CASE("text of a file that could drive a terminal is escaped") {
  std::vector<config::FileReport> reports(1);
  reports[0].name = "a\x1b[31m.yaml";
  config::Finding finding;
  finding.code = "OTC101";
  finding.message = "unknown key '\x1b]0;x\x07'";
  reports[0].findings.push_back(finding);
  const auto checked = check_configuration(reports);
  for (const std::string& line : checked.stage.details) {
    CHECK(line.find('\x1b') == std::string::npos);
  }
  CHECK(checked.stage.message.find('\x1b') == std::string::npos);
}
