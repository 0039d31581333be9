// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "config/validate.hpp"

namespace otelctl::config {

using Variables = std::map<std::string, std::string, std::less<>>;

inline FileReport check(std::string_view text, const Variables& variables = {}) {
  ValidateOptions options;
  options.environment = Environment(variables);
  return validate("app.yaml", std::string(text), options);
}

// "OTC104@3:14" of each finding, joined by spaces; without a place the code alone.
inline std::string verdict(const FileReport& report) {
  std::string text;
  for (const Finding& finding : report.findings) {
    text += text.empty() ? "" : " ";
    text += finding.has_place ? fmt::format("{}@{}:{}", finding.code, finding.line, finding.column)
                              : std::string(finding.code);
  }
  return text;
}

inline std::string verdict(std::string_view text, const Variables& variables = {}) {
  return verdict(check(text, variables));
}

// The one finding of this code.
inline Finding only(const FileReport& report, std::string_view code) {
  Finding found;
  int count = 0;
  for (const Finding& finding : report.findings) {
    if (finding.code == code) {
      found = finding;
      ++count;
    }
  }
  CAPTURE(code);
  CAPTURE(verdict(report));
  REQUIRE(count == 1);
  return found;
}

// The text with a finding's edits made.
inline std::string mended(std::string_view text, const Finding& finding) {
  std::string result(text);
  for (auto edit = finding.edits.rbegin(); edit != finding.edits.rend(); ++edit) {
    result.replace(edit->begin, edit->end - edit->begin, edit->text);
  }
  return result;
}

}  // namespace otelctl::config
