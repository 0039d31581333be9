// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/input_check.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::yaml {
namespace {

Problem bad_byte(std::size_t offset, std::size_t length, std::string message, std::string help) {
  return {ProblemKind::bad_bytes, offset, offset + length, std::move(message), std::move(help)};
}

// Printable in the sense of YAML: control characters are not, but for tab, line feed, carriage
// return and next line (U+0085).
bool is_allowed(char32_t c) {
  if (c < 0x20) {
    return c == '\t' || c == '\n' || c == '\r';
  }
  return c != 0x7F && (c < 0x80 || c > 0x9F || c == 0x85) && c != 0xFFFE && c != 0xFFFF;
}

bool is_utf16(std::string_view source) {
  return source.starts_with("\xFF\xFE") || source.starts_with("\xFE\xFF") ||
         (source.size() >= 2 && (source[0] == '\0') != (source[1] == '\0'));
}

}  // namespace

std::optional<Problem> check_bytes(std::string_view source) {
  if (is_utf16(source)) {
    return bad_byte(0, 1, "the file is UTF-16", "save it as UTF-8");
  }
  std::size_t offset = 0;
  while (offset < source.size()) {
    const auto byte = static_cast<unsigned char>(source[offset]);
    if (byte >= 0x20 && byte < 0x7F) {
      ++offset;
      continue;
    }
    const CodePoint point = first_code_point(source.substr(offset));
    if (point.value == 0xFFFD && point.length == 1) {
      return bad_byte(offset, 1,
                      fmt::format("byte 0x{:02x} at offset {} is not UTF-8", byte, offset),
                      "save the file as UTF-8");
    }
    if (!is_allowed(point.value)) {
      return bad_byte(offset, point.length,
                      fmt::format("control character U+{:04X} at offset {}",
                                  static_cast<std::uint32_t>(point.value), offset),
                      "remove it; in a double-quoted string it can be written as an escape");
    }
    if (byte == '\r' && !source.substr(offset + 1).starts_with('\n')) {
      return bad_byte(offset, 1, "carriage return without a line feed",
                      "save the file with LF or CRLF line ends");
    }
    offset += point.length;
  }
  return std::nullopt;
}

}  // namespace otelctl::yaml
