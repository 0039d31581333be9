// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "scenario/read.hpp"

namespace otelctl::scenario {

// "OTC104@3:14 MESSAGE" of each finding, a line each; without a place the code alone.
inline std::string verdict(const ScenarioFile& file) {
  std::string text;
  for (const config::Finding& finding : file.report.findings) {
    text += finding.has_place ? fmt::format("{}@{}:{}", finding.code, finding.line, finding.column)
                              : std::string(finding.code);
    text += fmt::format(" {}\n", finding.message);
  }
  return text;
}

inline std::string verdict(std::string_view yaml) {
  return verdict(read_scenario("shop.yaml", std::string(yaml)));
}

// The scenario of a file without findings.
inline synth::Scenario read(std::string_view yaml) {
  ScenarioFile file = read_scenario("shop.yaml", std::string(yaml));
  CHECK(verdict(file) == "");
  REQUIRE(file.scenario);
  return std::move(*file.scenario);
}

// A scenario with one trace; `spans` are lines with 6 spaces before "- name:", from line 5 on.
inline std::string with_spans(std::string_view spans) {
  return fmt::format("scenario: s\nservices: [{{name: shop}}]\ntraces:\n  - spans:\n{}", spans);
}

// One span whose further keys are the line 6: "        KEY: VALUE".
inline std::string with_key(std::string_view key) {
  return with_spans(fmt::format("      - name: root\n        {}\n", key));
}

// One span with one attribute, whose value begins at 7:14.
inline std::string with_value(std::string_view value) {
  return with_key(fmt::format("attributes:\n          a: {}", value));
}

inline std::string help_of(std::string_view yaml) {
  const ScenarioFile file = read_scenario("shop.yaml", std::string(yaml));
  REQUIRE(!file.report.findings.empty());
  return file.report.findings.front().help;
}

}  // namespace otelctl::scenario
