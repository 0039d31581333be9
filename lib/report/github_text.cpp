// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/github_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::report {
namespace {

// What the runner unescapes (actions/toolkit, core/src/command.ts): in data % and line ends, in
// properties ':' and ',' too.
std::string escape(std::string_view text, std::string_view special) {
  std::string safe;
  for (const char c : text) {
    if (special.find(c) == std::string_view::npos) {
      safe += c;
    } else {
      safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return escape_for_terminal(safe);
}

}  // namespace

std::string escape_github_property(std::string_view text) {
  return escape(text, "%\r\n:,");
}

std::string escape_github_message(std::string_view text) {
  return escape(text, "%\r\n");
}

}  // namespace otelctl::report
