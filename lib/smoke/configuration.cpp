// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/configuration.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::smoke {
namespace {

using config::Severity;
using probe::StageStatus;

// More do not help who wants to know whether the road is open.
constexpr std::size_t k_most_lines = 5;

std::string name_of(const config::FileReport& file) {
  return file.name == config::k_environment_name ? "the environment"
                                                 : escape_for_terminal(file.name);
}

std::string line_of(const config::FileReport& file, const config::Finding& finding) {
  const std::string place =
      finding.has_place ? fmt::format(":{}:{}", finding.line, finding.column) : std::string();
  return fmt::format("{}{}: {} {}: {}", name_of(file), place, finding.code,
                     config::name_of(finding.severity), escape_for_terminal(finding.message));
}

std::vector<std::string> lines_of(const std::vector<config::FileReport>& reports,
                                  Severity severity) {
  std::vector<std::string> lines;
  for (const config::FileReport& file : reports) {
    for (const config::Finding& finding : file.findings) {
      if (finding.severity == severity) {
        lines.push_back(line_of(file, finding));
      }
    }
  }
  return lines;
}

std::string names_of(const std::vector<config::FileReport>& reports) {
  std::vector<std::string> names;
  for (const config::FileReport& file : reports) {
    names.push_back(name_of(file));
  }
  return join(names, ", ");
}

// The command that shows the findings whole.
std::string command_for(const std::vector<config::FileReport>& reports) {
  std::string command = "otelctl config validate";
  for (const config::FileReport& file : reports) {
    const bool has_findings = !file.findings.empty() && file.name != config::k_environment_name;
    command += has_findings ? " " + escape_for_terminal(file.name) : "";
  }
  return command;
}

}  // namespace

ConfigurationCheck check_configuration(const std::vector<config::FileReport>& reports) {
  ConfigurationCheck check;
  probe::Stage& stage = check.stage;
  stage.name = "validate";
  if (reports.empty()) {
    stage.status = StageStatus::skip;
    stage.message = "neither a file nor an OTEL_* variable is used";
    return check;
  }
  std::vector<std::string> lines = lines_of(reports, Severity::error);
  const std::size_t errors = lines.size();
  const auto warnings = lines_of(reports, Severity::warning);
  lines.insert(lines.end(), warnings.begin(), warnings.end());
  stage.facts = {{"errors", static_cast<std::int64_t>(errors)},
                 {"warnings", static_cast<std::int64_t>(warnings.size())},
                 {"findings", lines}};
  if (lines.empty()) {
    stage.message = names_of(reports) + ": nothing is wrong";
    return check;
  }
  stage.message =
      fmt::format("{}: {}{}", names_of(reports), errors == 0 ? "" : counted(errors, "error") + ", ",
                  counted(warnings.size(), "warning"));
  stage.hint = fmt::format("'{}' shows what helps", command_for(reports));
  stage.details.assign(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(
                                                          std::min(lines.size(), k_most_lines)));
  if (lines.size() > k_most_lines) {
    stage.details.push_back(fmt::format("and {} more", lines.size() - k_most_lines));
  }
  stage.status = errors > 0 ? StageStatus::fail : StageStatus::warn;
  if (errors > 0) {
    check.error = Error{ErrorKind::failed, stage.message, stage.hint};
  }
  return check;
}

}  // namespace otelctl::smoke
