// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/text.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace otelctl {
namespace {

constexpr char32_t k_replacement = 0xFFFD;

char ascii_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// How many bytes the sequence with this first byte has by RFC 3629, 0 if none can start so.
std::size_t sequence_length(unsigned char first) {
  if (first < 0x80) {
    return 1;
  }
  if (first >= 0xC2 && first <= 0xDF) {
    return 2;
  }
  if (first >= 0xE0 && first <= 0xEF) {
    return 3;
  }
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

// The smallest code point that needs so many bytes; less is an overlong form.
constexpr char32_t k_smallest[] = {0, 0, 0x80, 0x800, 0x10000};

// Characters that change how the rest of the line is shown: bidirectional embeddings, overrides,
// isolates and marks, line and paragraph separators, zero-width no-break space.
bool changes_display(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E ||
         c == 0x200F || c == 0x061C || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
}

bool is_control(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c <= 0x9F);
}

}  // namespace

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  std::size_t start = 0;
  for (;;) {
    const auto end = text.find(separator, start);
    if (end == std::string_view::npos) {
      parts.push_back(text.substr(start));
      return parts;
    }
    parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
}

std::string join(const std::vector<std::string>& parts, std::string_view separator) {
  return fmt::format("{}", fmt::join(parts, separator));
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return {};
  }
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), ascii_lower);
  return lower;
}

bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return ascii_lower(a) == ascii_lower(b); });
}

std::string counted(std::size_t count, std::string_view noun) {
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

CodePoint first_code_point(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(first);
  if (length == 1) {
    return {first, 1};
  }
  if (length == 0 || text.size() < length) {
    return {k_replacement, 1};
  }
  char32_t value = first & (0x7FU >> length);
  for (std::size_t index = 1; index < length; ++index) {
    const auto next = static_cast<unsigned char>(text[index]);
    if ((next & 0xC0U) != 0x80U) {
      return {k_replacement, 1};
    }
    value = (value << 6U) | (next & 0x3FU);
  }
  const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < k_smallest[length] || is_surrogate || value > 0x10FFFF) {
    return {k_replacement, 1};
  }
  return {value, length};
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    if (next.value == k_replacement && next.length == 1) {
      return false;
    }
    text.remove_prefix(next.length);
  }
  return true;
}

std::string to_valid_utf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    append_utf8(valid, next.value);
    text.remove_prefix(next.length);
  }
  return valid;
}

void append_utf8(std::string& text, char32_t c) {
  const auto continuation = [&](unsigned shift) {
    text += static_cast<char>(0x80U | ((c >> shift) & 0x3FU));
  };
  if (c < 0x80) {
    text += static_cast<char>(c);
  } else if (c < 0x800) {
    text += static_cast<char>(0xC0U | (c >> 6U));
    continuation(0);
  } else if (c < 0x10000) {
    text += static_cast<char>(0xE0U | (c >> 12U));
    continuation(6);
    continuation(0);
  } else {
    text += static_cast<char>(0xF0U | (c >> 18U));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

std::string escape_for_terminal(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const bool is_malformed = next.value == k_replacement && next.length == 1;
    if (is_malformed) {
      safe += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
    } else if (next.value == '\n') {
      safe += "\\n";
    } else if (next.value == '\t') {
      safe += "\\t";
    } else if (is_control(next.value)) {
      safe += fmt::format("\\x{:02x}", static_cast<std::uint32_t>(next.value));
    } else if (changes_display(next.value)) {
      safe += fmt::format("\\u{{{:x}}}", static_cast<std::uint32_t>(next.value));
    } else {
      safe += text.substr(0, next.length);
    }
    text.remove_prefix(next.length);
  }
  return safe;
}

}  // namespace otelctl
