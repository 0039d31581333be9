// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/id.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"

namespace otelctl::config::collector {
namespace {

constexpr std::size_t k_longest_type = 63;
constexpr std::size_t k_longest_name = 1024;

struct Range {
  char32_t first;
  char32_t last;
};

// Separators, control characters and symbols (Unicode Z, C and S) that turn up in practice; the
// whole categories would be a table of thousands.
constexpr std::array<Range, 20> k_forbidden{
    {{0x00, 0x20},     {0x24, 0x24},     {0x2B, 0x2B},     {0x3C, 0x3E},     {0x5E, 0x5E},
     {0x60, 0x60},     {0x7C, 0x7C},     {0x7E, 0xA0},     {0xA2, 0xA6},     {0xA8, 0xA9},
     {0xAC, 0xB1},     {0xD7, 0xD7},     {0x2000, 0x200F}, {0x2028, 0x202F}, {0x20A0, 0x20C0},
     {0x2190, 0x23FF}, {0x2500, 0x2767}, {0xE000, 0xF8FF}, {0xFEFF, 0xFEFF}, {0x1F000, 0x1FAFF}}};

bool is_forbidden(char32_t code_point) {
  return std::any_of(k_forbidden.begin(), k_forbidden.end(), [&](const Range& range) {
    return code_point >= range.first && code_point <= range.last;
  });
}

bool has_forbidden(std::string_view name) {
  while (!name.empty()) {
    const CodePoint next = first_code_point(name);
    if (is_forbidden(next.value)) {
      return true;
    }
    name.remove_prefix(next.length);
  }
  return false;
}

bool is_type(std::string_view type) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return type.size() <= k_longest_type && is_letter(type.front()) &&
         std::all_of(type.begin(), type.end(),
                     [&](char c) { return is_letter(c) || c == '_' || (c >= '0' && c <= '9'); });
}

}  // namespace

std::string flaw_of_id(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::string_view type = trim(text.substr(0, slash));
  if (type.empty()) {
    return slash == std::string_view::npos ? "the name is empty" : "nothing stands before the '/'";
  }
  if (slash != std::string_view::npos) {
    const std::string_view name = trim(text.substr(slash + 1));
    if (name.empty()) {
      return "nothing stands behind the '/'";
    }
    if (name.size() > k_longest_name) {
      return fmt::format("the part behind the '/' is longer than {} bytes", k_longest_name);
    }
    if (has_forbidden(name)) {
      return "the part behind the '/' has a space, a symbol or a control character";
    }
  }
  if (!is_type(type)) {
    return fmt::format("{} is no type: a letter, then at most {} letters, digits and '_'",
                       shown(type), k_longest_type - 1);
  }
  return {};
}

Id read_id(std::string_view text) {
  const std::size_t slash = text.find('/');
  return {
      std::string(trim(text.substr(0, slash))),
      slash == std::string_view::npos ? std::string() : std::string(trim(text.substr(slash + 1)))};
}

}  // namespace otelctl::config::collector
