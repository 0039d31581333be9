// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/junit_text.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::report {
namespace {

// XML 1.0 has no way to write most control characters, U+FFFE and U+FFFF; DEL and C1 help nobody.
bool is_xml_character(char32_t c) {
  return (c >= 0x20 && c < 0x7F) || (c >= 0xA0 && c != 0xFFFE && c != 0xFFFF);
}

}  // namespace

std::string escape_xml(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    text.remove_prefix(next.length);
    switch (next.value) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\t':
      case '\n':
      case '\r':
        safe += fmt::format("&#{};", static_cast<unsigned>(next.value));
        break;
      default:
        if (is_xml_character(next.value)) {
          append_utf8(safe, next.value);
        }
    }
  }
  return safe;
}

std::string TestNames::unique(std::string name) {
  const std::size_t number = ++m_seen[name];
  return number == 1 ? name : fmt::format("{} #{}", name, number);
}

}  // namespace otelctl::report
