// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/markdown_text.hpp"

#include "base/text.hpp"

namespace otelctl::report {

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
