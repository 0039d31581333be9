// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/findings.hpp"
#include "report/github_text.hpp"

namespace otelctl::report {
namespace {

using config::FileReport;
using config::Finding;
using config::Severity;

// One notice is kept for what is left out.
constexpr std::size_t k_most_notices = k_most_annotations - 1;

struct Level {
  Severity severity;
  std::string_view command;
  std::size_t most;
};

constexpr std::array<Level, 3> k_levels{{
    {Severity::error, "error", k_most_annotations},
    {Severity::warning, "warning", k_most_annotations},
    {Severity::info, "notice", k_most_notices},
}};

void write_annotation(std::ostream& out, std::string_view command, const FileReport& file,
                      const Finding& finding) {
  std::string properties;
  if (is_file(file)) {
    properties += fmt::format("file={},", escape_github_property(file.name));
  }
  if (is_file(file) && finding.has_place) {
    properties += fmt::format("line={},endLine={},", finding.line, finding.end_line);
    // The runner refuses columns on a finding of several lines.
    if (finding.line == finding.end_line) {
      properties += fmt::format("col={},endColumn={},", finding.column, finding.end_column);
    }
  }
  std::string text = finding.message;
  if (!finding.help.empty()) {
    text += "\nhelp: " + finding.help;
  }
  out << fmt::format("::{} {}title={}::{}\n", command, properties,
                     escape_github_property(finding.code), escape_github_message(text));
}

}  // namespace

void write_findings_github(std::ostream& out, const Findings& files,
                           const FindingsOptions& /*options*/) {
  std::vector<std::string> left_out;
  for (const Level& level : k_levels) {
    std::size_t number = 0;
    for (const FileReport& file : files) {
      for (const Finding& finding : file.findings) {
        if (finding.severity == level.severity && number++ < level.most) {
          write_annotation(out, level.command, file, finding);
        }
      }
    }
    if (number > level.most) {
      left_out.push_back(counted(number - level.most, config::name_of(level.severity)));
    }
  }
  if (!left_out.empty()) {
    out << fmt::format(
        "::notice title=otelctl::{} more than GitHub shows: run otelctl config validate to see "
        "them\n",
        join(left_out, ", "));
  }
}

}  // namespace otelctl::report
