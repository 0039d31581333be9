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

namespace otelctl::report {
namespace {

using config::FileReport;
using config::Finding;
using config::Severity;

// GitHub shows so many annotations of each severity a step and drops the rest without a word
// (docs.github.com, "Limitations of workflow commands"). One notice is kept for what is left out.
constexpr std::size_t k_most = 10;
constexpr std::size_t k_most_notices = k_most - 1;

struct Level {
  Severity severity;
  std::string_view command;
  std::size_t most;
};

constexpr std::array<Level, 3> k_levels{{
    {Severity::error, "error", k_most},
    {Severity::warning, "warning", k_most},
    {Severity::info, "notice", k_most_notices},
}};

// What the runner unescapes (actions/toolkit, core/src/command.ts): in data % and line ends, in
// properties ':' and ',' too. Other control characters cannot be said and come out visible.
std::string escape(std::string_view text, bool is_property) {
  std::string safe;
  for (const char c : text) {
    const bool is_special = c == '%' || c == '\r' || c == '\n';
    if (is_special || (is_property && (c == ':' || c == ','))) {
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      safe += c;
    }
  }
  return escape_for_terminal(safe);
}

void write_annotation(std::ostream& out, std::string_view command, const FileReport& file,
                      const Finding& finding) {
  std::string properties;
  if (is_file(file)) {
    properties += fmt::format("file={},", escape(file.name, true));
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
  out << fmt::format("::{} {}title={}::{}\n", command, properties, escape(finding.code, true),
                     escape(text, false));
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
