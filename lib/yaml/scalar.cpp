// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/scalar.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include "base/text.hpp"

namespace otelctl::yaml {
namespace {

constexpr std::string_view k_digits = "0123456789";

// Reads over text piece by piece: what the schemas give as regular expressions.
class Matcher {
 public:
  explicit Matcher(std::string_view text) : m_rest(text) {}

  // Takes all characters of the set that come next and says how many.
  std::size_t take(std::string_view set) {
    const std::size_t length = std::min(m_rest.find_first_not_of(set), m_rest.size());
    m_rest.remove_prefix(length);
    return length;
  }
  bool take_one(std::string_view set) {
    if (m_rest.empty() || set.find(m_rest.front()) == std::string_view::npos) {
      return false;
    }
    m_rest.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (!m_rest.starts_with(word)) {
      return false;
    }
    m_rest.remove_prefix(word.size());
    return true;
  }
  bool next_is(std::string_view set) const {
    return !m_rest.empty() && set.find(m_rest.front()) != std::string_view::npos;
  }
  bool at_end() const { return m_rest.empty(); }

 private:
  std::string_view m_rest;
};

template <std::size_t Size>
bool is_one_of(std::string_view text, const std::array<std::string_view, Size>& words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_null(std::string_view text) {
  static constexpr std::array<std::string_view, 5> k_words{"", "~", "null", "Null", "NULL"};
  return is_one_of(text, k_words);
}

bool is_core_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 6> k_words{"true",  "True",  "TRUE",
                                                           "false", "False", "FALSE"};
  return is_one_of(text, k_words);
}

bool is_legacy_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 12> k_words{
      "yes", "Yes", "YES", "no", "No", "NO", "on", "On", "ON", "off", "Off", "OFF"};
  return is_core_boolean(text) || is_one_of(text, k_words);
}

bool is_core_integer(std::string_view text) {
  Matcher matcher(text);
  if (matcher.take_word("0o")) {
    return matcher.take("01234567") > 0 && matcher.at_end();
  }
  if (matcher.take_word("0x")) {
    return matcher.take("0123456789abcdefABCDEF") > 0 && matcher.at_end();
  }
  matcher.take_one("+-");
  return matcher.take(k_digits) > 0 && matcher.at_end();
}

// .inf and .nan, of which only the first takes a sign.
bool is_not_finite(std::string_view text) {
  static constexpr std::array<std::string_view, 3> k_infinite{".inf", ".Inf", ".INF"};
  static constexpr std::array<std::string_view, 3> k_not_a_number{".nan", ".NaN", ".NAN"};
  const bool has_sign = text.starts_with('+') || text.starts_with('-');
  return is_one_of(text.substr(has_sign ? 1 : 0), k_infinite) || is_one_of(text, k_not_a_number);
}

bool is_core_number(std::string_view text) {
  if (is_not_finite(text)) {
    return true;
  }
  Matcher matcher(text);
  matcher.take_one("+-");
  const std::size_t whole = matcher.take(k_digits);
  const bool has_point = matcher.take_one(".");
  const std::size_t fraction = has_point ? matcher.take(k_digits) : 0;
  if (whole + fraction == 0) {
    return false;
  }
  if (matcher.take_one("eE")) {
    matcher.take_one("+-");
    if (matcher.take(k_digits) == 0) {
      return false;
    }
  }
  return matcher.at_end();
}

// The ":59" groups of base 60.
bool take_sixties(Matcher& matcher) {
  bool any = false;
  while (matcher.take_one(":")) {
    const bool could_be_two = matcher.next_is("012345");
    if (!matcher.take_one(k_digits)) {
      return false;
    }
    if (could_be_two) {
      matcher.take_one(k_digits);
    }
    any = true;
  }
  return any;
}

bool is_legacy_integer(std::string_view text) {
  Matcher matcher(text);
  matcher.take_one("+-");
  if (matcher.take_word("0b")) {
    return matcher.take("01_") > 0 && matcher.at_end();
  }
  if (matcher.take_word("0x")) {
    return matcher.take("0123456789abcdefABCDEF_") > 0 && matcher.at_end();
  }
  if (matcher.take_one("0")) {
    matcher.take("01234567_");
    return matcher.at_end();
  }
  if (!matcher.next_is(k_digits)) {
    return false;
  }
  matcher.take("0123456789_");
  return matcher.at_end() || (take_sixties(matcher) && matcher.at_end());
}

bool is_legacy_number(std::string_view text) {
  if (is_not_finite(text)) {
    return true;
  }
  Matcher matcher(text);
  const bool has_sign = matcher.take_one("+-");
  const bool has_whole = matcher.next_is(k_digits);
  if (has_whole) {
    matcher.take("0123456789_");
    if (matcher.next_is(":")) {
      return take_sixties(matcher) && matcher.take_one(".") &&
             (matcher.take("0123456789_"), matcher.at_end());
    }
  }
  // PyYAML wants a point, and behind an exponent's letter a sign.
  if (!matcher.take_one(".") || (!has_whole && (has_sign || !matcher.next_is(k_digits)))) {
    return false;
  }
  matcher.take("0123456789_");
  if (matcher.take_one("eE")) {
    return matcher.take_one("+-") && matcher.take(k_digits) > 0 && matcher.at_end();
  }
  return matcher.at_end();
}

// 2025-11-19, or that with a time behind it.
bool is_legacy_date(std::string_view text) {
  constexpr std::size_t k_year = 4;
  Matcher matcher(text);
  if (matcher.take(k_digits) != k_year || !matcher.take_one("-")) {
    return false;
  }
  const std::size_t month = matcher.take(k_digits);
  if (month < 1 || month > 2 || !matcher.take_one("-")) {
    return false;
  }
  const std::size_t day = matcher.take(k_digits);
  if (day < 1 || day > 2) {
    return false;
  }
  if (matcher.at_end()) {
    return month == 2 && day == 2;
  }
  matcher.take_one("Tt \t");
  matcher.take(" \t");
  const bool has_time = matcher.take(k_digits) > 0 && matcher.take_one(":") &&
                        matcher.take(k_digits) == 2 && matcher.take_one(":") &&
                        matcher.take(k_digits) == 2;
  if (!has_time) {
    return false;
  }
  if (matcher.take_one(".")) {
    matcher.take(k_digits);
  }
  matcher.take(" \t");
  if (!matcher.take_one("Z") && matcher.take_one("+-")) {
    matcher.take("0123456789:");
  }
  return matcher.at_end();
}

}  // namespace

Scalar resolve_plain(std::string_view text) {
  // No other type is so long, and text can be.
  constexpr std::size_t k_longest = 512;
  if (text.size() > k_longest) {
    return {};
  }
  Scalar scalar;
  if (is_null(text)) {
    return {ScalarType::null, ScalarType::null};
  }
  if (is_core_boolean(text)) {
    scalar.core = ScalarType::boolean;
  } else if (is_core_integer(text)) {
    scalar.core = ScalarType::integer;
  } else if (is_core_number(text)) {
    scalar.core = ScalarType::number;
  }
  if (is_legacy_boolean(text)) {
    scalar.legacy = ScalarType::boolean;
  } else if (is_legacy_integer(text)) {
    scalar.legacy = ScalarType::integer;
  } else if (is_legacy_number(text)) {
    scalar.legacy = ScalarType::number;
  } else if (is_legacy_date(text)) {
    scalar.legacy = ScalarType::date;
  }
  return scalar;
}

std::optional<bool> read_boolean(std::string_view text) {
  static constexpr std::array<std::string_view, 4> k_true{"true", "yes", "on", "y"};
  static constexpr std::array<std::string_view, 4> k_false{"false", "no", "off", "n"};
  constexpr std::size_t k_longest = 5;
  if (text.size() > k_longest) {
    return std::nullopt;
  }
  const std::string lower = to_lower(text);
  if (is_one_of(lower, k_true)) {
    return true;
  }
  if (is_one_of(lower, k_false)) {
    return false;
  }
  return std::nullopt;
}

std::optional<std::int64_t> read_integer(std::string_view text) {
  if (!is_core_integer(text)) {
    return std::nullopt;
  }
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0o")) {
    base = text[1] == 'x' ? 16 : 8;
    text.remove_prefix(2);
  } else if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  std::int64_t value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
  return result.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

std::optional<double> read_number(std::string_view text) {
  if (!is_core_number(text)) {
    return std::nullopt;
  }
  if (is_not_finite(text)) {
    const double infinity = std::numeric_limits<double>::infinity();
    if (text.find_first_of("iI") == std::string_view::npos) {
      return std::numeric_limits<double>::quiet_NaN();
    }
    return text.starts_with('-') ? -infinity : infinity;
  }
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  double value = 0;
  const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  return result.ec == std::errc{} ? std::optional(value) : std::nullopt;
}

bool tag_fits(std::string_view tag, const Node& node) {
  constexpr std::string_view k_core = "tag:yaml.org,2002:";
  if (!tag.starts_with(k_core)) {
    return false;
  }
  const std::string_view name = tag.substr(k_core.size());
  if (node.kind == NodeKind::map || node.kind == NodeKind::sequence) {
    return name == (node.kind == NodeKind::map ? "map" : "seq");
  }
  const ScalarType type =
      node.kind == NodeKind::null ? ScalarType::null : resolve_plain(node.text).core;
  return name == "str" || (name == "bool" && type == ScalarType::boolean) ||
         (name == "int" && type == ScalarType::integer) ||
         (name == "float" && (type == ScalarType::integer || type == ScalarType::number)) ||
         (name == "null" && type == ScalarType::null);
}

}  // namespace otelctl::yaml
