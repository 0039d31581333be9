// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include "base/text.hpp"
#include "report/diff.hpp"
#include "terminal/style.hpp"

namespace otelctl::report {
namespace {

std::string paint(const terminal::Style& style, std::string_view line) {
  if (line.starts_with("---") || line.starts_with("+++")) {
    return style.bold(line);
  }
  switch (line.empty() ? ' ' : line.front()) {
    case '-':
      return style.red(line);
    case '+':
      return style.green(line);
    case '@':
      return style.cyan(line);
    default:
      return std::string(line);
  }
}

}  // namespace

void write_diff_text(std::ostream& out, const config::UnifiedDiff& diff,
                     const terminal::Terminal& terminal) {
  if (!terminal.is_terminal && !terminal.colour) {
    out << diff.text;
    return;
  }
  const terminal::Style style(terminal.colour);
  std::string_view rest = diff.text;
  while (!rest.empty()) {
    const std::size_t line_end = rest.find('\n');
    std::string_view line = rest.substr(0, line_end);
    rest.remove_prefix(line_end + 1);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    out << paint(style, escape_for_terminal(line)) << '\n';
  }
}

}  // namespace otelctl::report
