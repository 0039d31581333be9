// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/yaml_text.hpp"

#include <algorithm>
#include <cstdint>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::yaml {
namespace {

bool is_plain(std::string_view text) {
  constexpr std::string_view k_first =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_/.+(";
  constexpr std::string_view k_others = "-@%=*$&!();?~^<> ";
  if (text.empty() || k_first.find(text.front()) == std::string_view::npos || text.back() == ' ') {
    return false;
  }
  const bool is_clean = std::all_of(text.begin(), text.end(), [&](char c) {
    return k_first.find(c) != std::string_view::npos || k_others.find(c) != std::string_view::npos;
  });
  const Scalar scalar = resolve_plain(text);
  // "y" and "n" are booleans to a few.
  return is_clean && scalar.core == ScalarType::text && scalar.legacy == ScalarType::text &&
         !equals_ignoring_case(text, "y") && !equals_ignoring_case(text, "n");
}

// What JSON allows in a string but YAML does not as it is: C1 controls, the byte order mark and two
// places beyond the last character. Line separators, which YAML 1.1 folds. And what nobody sees, or
// what turns text round on a terminal: marks of direction, spaces without width.
bool needs_escape(char32_t point) {
  const auto is_between = [&](char32_t first, char32_t last) {
    return point >= first && point <= last;
  };
  return is_between(0x7F, 0x9F) || point == 0x061C || point == 0x200B ||
         is_between(0x200E, 0x200F) || is_between(0x2028, 0x202E) || is_between(0x2060, 0x2069) ||
         point == 0xFEFF || is_between(0xFFFE, 0xFFFF);
}

}  // namespace

std::string yaml_text(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted_text(text);
}

std::string quoted_text(std::string_view text) {
  std::string result;
  const std::string json = to_json_string(text);
  for (std::string_view rest = json; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    result += needs_escape(next.value)
                  ? fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.value))
                  : std::string(rest.substr(0, next.length));
    rest.remove_prefix(next.length);
  }
  return result;
}

}  // namespace otelctl::yaml
