// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/extent.hpp"

#include <algorithm>
#include <array>

namespace otelctl::yaml {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The end of a tag or anchor: a blank or what ends an item of a flow collection.
std::size_t end_of_property(std::string_view source, std::size_t offset) {
  if (source.substr(offset).starts_with("!<")) {
    const std::size_t close = source.find('>', offset);
    return close == std::string_view::npos ? source.size() : close + 1;
  }
  const std::size_t end = source.find_first_of(" \t\r\n,[]{}", offset);
  return std::min(end, source.size());
}

}  // namespace

std::size_t skip_blank(std::string_view source, std::size_t offset) {
  while (offset < source.size()) {
    const bool begins_comment =
        source[offset] == '#' && (offset == 0 || is_blank(source[offset - 1]));
    if (begins_comment) {
      offset = std::min(source.find('\n', offset), source.size());
    } else if (is_blank(source[offset])) {
      ++offset;
    } else {
      break;
    }
  }
  return offset;
}

std::size_t skip_properties(std::string_view source, std::size_t offset) {
  while (offset < source.size() && (source[offset] == '&' || source[offset] == '!')) {
    offset = skip_blank(source, end_of_property(source, offset));
  }
  return offset;
}

std::optional<std::size_t> end_of_quoted(std::string_view source, std::size_t begin) {
  const char quote = source[begin];
  const std::string_view stops = quote == '"' ? "\"\\" : "'";
  std::size_t offset = begin + 1;
  for (;;) {
    offset = source.find_first_of(stops, offset);
    if (offset == std::string_view::npos) {
      return std::nullopt;
    }
    const bool is_pair = offset + 1 < source.size() && quote == '\'' && source[offset + 1] == '\'';
    if (source[offset] == quote && !is_pair) {
      return offset + 1;
    }
    // An escaped character, or two single quotes that stand for one.
    offset += 2;
  }
}

Style style_at(std::string_view source, std::size_t begin) {
  if (begin >= source.size()) {
    return Style::plain;
  }
  switch (source[begin]) {
    case '"':
      return Style::double_quoted;
    case '\'':
      return Style::single_quoted;
    case '|':
    case '>':
      return Style::literal;
    default:
      return Style::plain;
  }
}

std::size_t end_of_content(std::string_view source, std::size_t begin, std::string_view text,
                           Style style) {
  if (style == Style::plain && source.substr(begin).starts_with(text)) {
    return begin + text.size();
  }
  std::size_t offset = begin;
  if (style == Style::literal) {
    offset = std::min(source.find('\n', begin), source.size());
  }
  std::size_t end = offset;
  for (const char c : text) {
    if (is_blank(c)) {
      continue;
    }
    while (offset < source.size() && is_blank(source[offset])) {
      ++offset;
    }
    if (offset == source.size() || source[offset] != c) {
      break;
    }
    end = ++offset;
  }
  return end;
}

std::size_t end_of_flow(std::string_view source, std::size_t offset) {
  for (;;) {
    offset = skip_blank(source, offset);
    if (offset >= source.size()) {
      return source.size();
    }
    const char c = source[offset];
    if (c == ']' || c == '}') {
      return offset + 1;
    }
    if (c != ',' && c != ':' && c != '?') {
      return offset;
    }
    ++offset;
  }
}

std::optional<std::size_t> end_of_null_word(std::string_view source, std::size_t offset) {
  static constexpr std::array<std::string_view, 4> k_words{"~", "null", "Null", "NULL"};
  const std::string_view rest = source.substr(std::min(offset, source.size()));
  for (const std::string_view word : k_words) {
    const bool ends_there =
        rest.starts_with(word) &&
        (rest.size() == word.size() ||
         std::string_view(" \t\r\n,]}:").find(rest[word.size()]) != std::string_view::npos);
    if (ends_there) {
      return offset + word.size();
    }
  }
  return std::nullopt;
}

}  // namespace otelctl::yaml
