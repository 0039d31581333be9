// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <string_view>
#include <vector>

#include "config/rule.hpp"

namespace otelctl::config {
namespace {

// Two spaces for each tab that a line begins with, in all lines: a file whose lines are indented
// partly by tabs and partly by spaces would be read otherwise than it looks.
std::vector<Edit> edits_for(std::string_view source) {
  std::vector<Edit> edits;
  for (std::size_t line = 0; line < source.size();) {
    std::size_t end = source.find_first_not_of('\t', line);
    end = end == std::string_view::npos ? source.size() : end;
    if (end > line) {
      edits.push_back({line, end, std::string(2 * (end - line), ' ')});
    }
    const std::size_t next = source.find('\n', end);
    line = next == std::string_view::npos ? source.size() : next + 1;
  }
  return edits;
}

// The edits of one finding mend all of them. Where there are many the others go without: a copy for
// each would take the number of tabs squared.
void check(const Subject& subject, Reporter& report) {
  constexpr std::size_t k_most_edits = 10'000;
  const std::vector<Edit> edits = edits_for(subject.parsed.document.source());
  std::size_t handed_out = 0;
  for (const yaml::Problem& problem : subject.parsed.problems) {
    if (problem.kind == yaml::ProblemKind::tab) {
      const bool has_edits = handed_out == 0 || handed_out + edits.size() <= k_most_edits;
      report.add(Place{problem.begin, problem.end}, problem.message, problem.help,
                 has_edits ? edits : std::vector<Edit>());
      handed_out += edits.size();
    }
  }
}

}  // namespace

Rule otc005_tab() {
  return {
      .code = "OTC005",
      .name = "tab",
      .severity = Severity::error,
      .summary = "A tab stands where YAML wants spaces",
      .rationale =
          "YAML 1.2 (6.1) forbids tabs in indentation; PyYAML also refuses them behind ':' "
          "and '-'.",
      .bad = R"(tracing:
	enabled: true
)",
      .good = R"(tracing:
  enabled: true
)",
      .check = check,
      .kinds = k_yaml_kinds,
      .needs_model = false,
      .is_blocking = true,
      .is_fixable = true,
  };
}

}  // namespace otelctl::config
