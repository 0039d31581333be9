// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/rules.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "config/fix.hpp"
#include "tests/unit/config/check.hpp"

using namespace otelctl::config;

namespace {

const std::filesystem::path k_data = std::filesystem::path(OTELCTL_TEST_DATA) / "config/rules";

// The file of that stem, whatever its extension: the kind is told by the content.
std::filesystem::path example(const Rule& rule, std::string_view stem) {
  for (const auto& entry : std::filesystem::directory_iterator(k_data / rule.code)) {
    if (entry.path().stem() == stem) {
      return entry.path();
    }
  }
  return {};
}

// What an example needs to be judged: its variables, of the file "environment" beside it, the
// Collector that "collector-version" names, and to be selected where it is not by itself.
ValidateOptions options_for(const Rule& rule, ValidateOptions options = {}) {
  std::ifstream lines(k_data / rule.code / "environment");
  for (std::string line; std::getline(lines, line);) {
    options.environment.set(line.substr(0, line.find('=')), line.substr(line.find('=') + 1));
  }
  const auto version = k_data / rule.code / "collector-version";
  if (std::filesystem::exists(version)) {
    const std::string text = otelctl::read_file(version.string(), 100).value();
    options.collector_version = CollectorVersion::parse(otelctl::trim(text)).value();
  }
  if (rule.is_opt_in) {
    options.selection = Selection::parse({std::string(rule.code)}, {}).value();
  }
  return options;
}

FileReport report_on(const Rule& rule, std::string_view stem, const ValidateOptions& base = {}) {
  const auto path = example(rule, stem);
  const ValidateOptions options = options_for(rule, base);
  CAPTURE(rule.code);
  const auto bytes = otelctl::read_file(path.string(), 1000000);
  REQUIRE(bytes.has_value());
  return validate(path.filename().string(), *bytes, options);
}

std::set<std::string> codes_in(const Rule& rule, std::string_view stem) {
  const FileReport report = report_on(rule, stem);
  CHECK(rule.kinds.contains(report.kind));
  std::set<std::string> codes;
  for (const Finding& finding : report.findings) {
    codes.insert(std::string(finding.code));
    CHECK(finding.severity == find_rule(finding.code)->severity);
  }
  return codes;
}

// Codes that cannot be told apart from a rule's by any file: one on each line of "also".
std::set<std::string> codes_beside(const Rule& rule) {
  std::set<std::string> codes;
  std::ifstream lines(k_data / rule.code / "also");
  for (std::string line; std::getline(lines, line);) {
    codes.insert(line);
  }
  return codes;
}

bool is_fixable(const Finding& finding) {
  return finding.fixable();
}

}  // namespace

TEST_CASE("every rule reports its bad file, alone, and not its good one") {
  for (const Rule& rule : all_rules()) {
    CAPTURE(rule.code);
    std::set<std::string> expected = codes_beside(rule);
    expected.insert(std::string(rule.code));
    CHECK(codes_in(rule, "bad") == expected);
    CHECK_FALSE(codes_in(rule, "good").contains(std::string(rule.code)));
  }
}

TEST_CASE("a rule is marked as fixable when what it finds in its bad file has edits") {
  ValidateOptions options;
  // Braces are put around a variable only where nobody misses its value then.
  options.reports_unset = false;
  for (const Rule& rule : all_rules()) {
    CAPTURE(rule.code);
    const FileReport report = report_on(rule, "bad", options);
    const bool has_edits = std::any_of(
        report.findings.begin(), report.findings.end(),
        [&](const Finding& finding) { return finding.code == rule.code && finding.fixable(); });
    CHECK(rule.is_fixable == has_edits);
  }
}

TEST_CASE("what is called fixable in the bad files is fixed, and once only") {
  ValidateOptions options;
  options.reports_unset = false;
  for (const Rule& rule : all_rules()) {
    CAPTURE(rule.code);
    const FileReport report = report_on(rule, "bad", options);
    const std::string bytes(report.document.source());
    const FixResult fixed = fix(report.name, bytes, options_for(rule, options));
    // What else the file shows may be fixable too.
    CHECK(fixed.has_changed() ==
          std::any_of(report.findings.begin(), report.findings.end(), &is_fixable));
    for (const Finding& finding : fixed.after.findings) {
      CAPTURE(finding.message);
      CHECK_FALSE(finding.fixable());
    }
    const std::string after(fixed.after.document.source());
    CHECK_FALSE(fix(report.name, after, options_for(rule, options)).has_changed());
  }
}

TEST_CASE("every folder of test data belongs to a rule") {
  std::size_t folders = 0;
  for (const auto& entry : std::filesystem::directory_iterator(k_data)) {
    CAPTURE(entry.path().string());
    CHECK(find_rule(entry.path().filename().string()) != nullptr);
    ++folders;
  }
  CHECK(folders == all_rules().size());
}

TEST_CASE("codes and names are unique, codes in order, and each rule tells its story") {
  std::set<std::string_view> names;
  std::string_view last;
  for (const Rule& rule : all_rules()) {
    CAPTURE(rule.code);
    CHECK(last < rule.code);
    last = rule.code;
    CHECK(rule.code.size() == 6);
    CHECK(rule.code.starts_with("OTC"));
    CHECK(names.insert(rule.name).second);
    CHECK(rule.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") ==
          std::string_view::npos);
    CHECK_FALSE(rule.summary.empty());
    CHECK_FALSE(rule.summary.ends_with('.'));
    CHECK(rule.rationale.ends_with('.'));
    CHECK(rule.bad.ends_with('\n'));
    CHECK(rule.good.ends_with('\n'));
    CHECK(rule.bad != rule.good);
  }
}

TEST_CASE("a selection takes codes and their beginnings in any case") {
  const auto included = [](const std::vector<std::string>& select,
                           const std::vector<std::string>& ignore) {
    const Selection selection = Selection::parse(select, ignore).value();
    std::string codes;
    for (const Rule& rule : all_rules()) {
      if (selection.includes(rule) && !rule.is_blocking) {
        codes += std::string(rule.code) + " ";
      }
    }
    return codes;
  };
  CHECK(included({"OTC301"}, {}) == "OTC301 ");
  CHECK(included({"otc20"}, {"OTC203,OTC205"}) ==
        "OTC201 OTC202 OTC204 OTC206 OTC207 OTC208 OTC209 ");
  CHECK(included({"OTC301, OTC302", "OTC501"}, {}) == "OTC301 OTC302 OTC501 ");
  CHECK(included({}, {"OTC"}).empty());
}

TEST_CASE("rules of taste run only when they are selected by their whole code") {
  std::string codes;
  for (const Rule& rule : all_rules()) {
    if (rule.is_opt_in) {
      codes += std::string(rule.code) + " ";
      CAPTURE(rule.code);
      CHECK(rule.severity == Severity::info);
      CHECK(rule.summary.find("only when selected") != std::string_view::npos);
      CHECK_FALSE(Selection().includes(rule));
      CHECK_FALSE(Selection::parse({"OTC"}, {}).value().includes(rule));
      CHECK(Selection::parse({std::string(rule.code)}, {}).value().includes(rule));
      CHECK_FALSE(Selection::parse({std::string(rule.code)}, {"OTC"}).value().includes(rule));
    }
  }
  CHECK(codes == "OTC012 OTC107 OTC333 ");
}

TEST_CASE("selecting rules never hides what kept the file from being checked") {
  ValidateOptions options;
  options.selection = Selection::parse({"OTC317"}, {}).value();
  CHECK(verdict(validate("a", "telemetry: [\n", options)) == "OTC001@1:12");
  CHECK(verdict(validate("a", "a: 1\n", options)) == "OTC101");
  options.selection = Selection::parse({}, {"OTC101"}).value();
  CHECK(verdict(validate("a", "a: 1\n", options)) == "");
}

TEST_CASE("a code that does not exist is a usage error") {
  for (const std::string code : {"OTC999", "E501", "", "OTC301x"}) {
    CAPTURE(code);
    const auto selection = Selection::parse({}, {code});
    REQUIRE(!selection);
    CHECK(selection.error().kind == otelctl::ErrorKind::usage);
    CHECK_FALSE(selection.error().hint.empty());
  }
}
