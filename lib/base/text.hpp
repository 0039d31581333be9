// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl {

std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
// Without spaces and tabs (and line ends) at both ends.
std::string_view trim(std::string_view text);
// ASCII only: names of headers, variables and enum values are.
std::string to_lower(std::string_view text);
bool equals_ignoring_case(std::string_view left, std::string_view right);
// "1 span", "2 spans": the number with the noun, whose plural adds an s.
std::string counted(std::size_t count, std::string_view noun);

// One code point at the front of `text`: its value and its length in bytes. Malformed bytes give
// U+FFFD and the length 1. `text` must not be empty.
struct CodePoint {
  char32_t value;
  std::size_t length;
};
CodePoint first_code_point(std::string_view text);

bool is_valid_utf8(std::string_view text);
// Malformed bytes become U+FFFD: protobuf's `string` fields and JSON must be UTF-8.
std::string to_valid_utf8(std::string_view text);
void append_utf8(std::string& text, char32_t code_point);

// Makes text from outside safe to print: control characters (C0, DEL, C1), bidirectional overrides
// and malformed bytes become visible escapes (\x1b, \u{202e}); line ends become \n.
std::string escape_for_terminal(std::string_view text);

}  // namespace otelctl
