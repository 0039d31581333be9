// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/yaml_words.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::scenario {
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
  const yaml::Scalar scalar = yaml::resolve_plain(text);
  // "y" and "n" are booleans to a few.
  return is_clean && scalar.core == yaml::ScalarType::text &&
         scalar.legacy == yaml::ScalarType::text && !equals_ignoring_case(text, "y") &&
         !equals_ignoring_case(text, "n");
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

std::string quoted(std::string_view text) {
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

}  // namespace

std::string yaml_text(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted(text);
}

std::string yaml_number(double number) {
  if (std::isnan(number)) {
    return ".nan";
  }
  if (std::isinf(number)) {
    return number < 0 ? "-.inf" : ".inf";
  }
  std::string text = fmt::format("{}", number);
  if (text.find_first_of(".e") == std::string::npos) {
    text += ".0";
  }
  return text;
}

std::string yaml_value(const synth::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return yaml_text(*text);
  }
  if (const auto* truth = std::get_if<bool>(&value)) {
    return *truth ? "true" : "false";
  }
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    return fmt::format("{}", *integer);
  }
  if (const auto* number = std::get_if<double>(&value)) {
    return yaml_number(*number);
  }
  const auto& items = std::get<std::vector<std::string>>(value);
  std::vector<std::string> parts;
  parts.reserve(items.size());
  for (const std::string& item : items) {
    parts.push_back(yaml_text(item));
  }
  return yaml_list(parts);
}

std::string yaml_list(const std::vector<std::string>& parts) {
  return fmt::format("[{}]", join(parts, ", "));
}

}  // namespace otelctl::scenario
