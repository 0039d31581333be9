// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/cells.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::report {

std::string csv_cell(std::string_view text) {
  std::string cell = escape_for_terminal(text);
  if (!cell.empty() && std::string_view("=+-@").find(cell.front()) != std::string_view::npos) {
    cell.insert(0, 1, '\'');
  }
  if (cell.find_first_of("\",'") == std::string::npos) {
    return cell;
  }
  std::string quoted = "\"";
  for (const char c : cell) {
    quoted += c;
    if (c == '"') {
      quoted += '"';
    }
  }
  return quoted + '"';
}

std::size_t longest_backtick_run(std::string_view text) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == '`' ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

std::string markdown_code(std::string_view text) {
  if (text.empty()) {
    return "-";
  }
  std::string code;
  for (const char c : escape_for_terminal(text)) {
    // A table's cells are cut before code is found.
    code += c == '|' ? "\\|" : std::string(1, c);
  }
  const std::string fence(longest_backtick_run(code) + 1, '`');
  // One space at both ends is taken away, so that code may begin with a backtick.
  const auto is_pad = [](char c) { return c == '`' || c == ' '; };
  const std::string_view pad = is_pad(code.front()) || is_pad(code.back()) ? " " : "";
  return fmt::format("{0}{1}{2}{1}{0}", fence, pad, code);
}

std::string markdown_text(std::string_view text) {
  std::string cell;
  for (const char c : escape_for_terminal(text)) {
    if (c == '@') {
      // A backslash does not keep GitHub from notifying whoever is named so.
      cell += "&#64;";
      continue;
    }
    if (std::string_view("\\`*_{}[]<>#|~&").find(c) != std::string_view::npos) {
      cell += '\\';
    }
    cell += c;
  }
  return cell;
}

}  // namespace otelctl::report
