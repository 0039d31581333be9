// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/collector/value.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>
#include <utility>

#include "config/places.hpp"
#include "yaml/parse.hpp"

namespace otelctl::config::collector {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

// YYYY-M-D, alone or with a time behind 'T', 't' or a space: go-yaml's timestamps.
bool is_date(std::string_view text) {
  const auto take_digits = [&](std::size_t least, std::size_t most) {
    const auto count = static_cast<std::size_t>(
        std::find_if_not(text.begin(), text.end(), is_digit) - text.begin());
    if (count < least || count > most) {
      return false;
    }
    text.remove_prefix(count);
    return true;
  };
  const auto take = [&](char c) {
    const bool is_there = text.starts_with(c);
    text.remove_prefix(is_there ? 1 : 0);
    return is_there;
  };
  return take_digits(4, 4) && take('-') && take_digits(1, 2) && take('-') && take_digits(1, 2) &&
         (text.empty() || ((take('T') || take('t') || take(' ')) && take_digits(1, 2) &&
                           take(':') && take_digits(1, 2) && take(':')));
}

// Go's strconv.ParseInt with base 0, underscores removed: 0x, 0o, 0b and a leading 0 for octal.
std::optional<double> integer_of(std::string_view text) {
  const bool is_negative = text.starts_with('-');
  if (is_negative || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 1 && text.front() == '0') {
    const char mark = text[1];
    const bool has_mark = is_digit(mark) == false;
    base = mark == 'x' || mark == 'X' ? 16 : mark == 'b' || mark == 'B' ? 2 : 8;
    if (has_mark && base == 8 && mark != 'o' && mark != 'O') {
      return std::nullopt;
    }
    text.remove_prefix(has_mark ? 2 : 1);
  }
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  const auto number = static_cast<double>(value);
  return is_negative ? -number : number;
}

std::optional<double> number_of(std::string_view text) {
  if (is_one_of(text, {".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"})) {
    return std::numeric_limits<double>::infinity();
  }
  if (is_one_of(text, {"-.inf", "-.Inf", "-.INF"})) {
    return -std::numeric_limits<double>::infinity();
  }
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  const bool has_sign = text.starts_with('-') || text.starts_with('+');
  const std::string_view digits = text.substr(has_sign ? 1 : 0);
  const bool begins_like_one =
      !digits.empty() && (is_digit(digits.front()) ||
                          (digits.size() > 1 && digits.front() == '.' && is_digit(digits[1])));
  const bool is_decimal = digits.find_first_not_of("0123456789.eE+-") == std::string_view::npos;
  if (!begins_like_one || !is_decimal) {
    return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc() || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return text.starts_with('-') ? -value : value;
}

Value of_type(ValueType type, std::string_view text, double number = 0) {
  Value value;
  value.type = type;
  value.text = std::string(text);
  value.number = number;
  return value;
}

// What a variable holds is read as YAML, too.
Value typed_content(const std::string& text) {
  const yaml::Parsed parsed = yaml::parse(text);
  const yaml::NodeId root = parsed.document.root();
  if (!parsed.is_whole || root == yaml::k_no_node) {
    return of_type(root == yaml::k_no_node && parsed.is_whole ? ValueType::null : ValueType::text,
                   text);
  }
  const yaml::Node& node = parsed.document.node(root);
  switch (node.kind) {
    case yaml::NodeKind::map:
    case yaml::NodeKind::sequence:
    case yaml::NodeKind::alias:
      // Whole structures from a variable are not looked into.
      return of_type(ValueType::unknown, text);
    case yaml::NodeKind::null:
    case yaml::NodeKind::scalar:
      break;
  }
  Value value = node.is_plain() ? typed(node.text) : of_type(ValueType::text, text);
  value.text = text;
  return value;
}

}  // namespace

std::string_view words_of(ValueType type) {
  switch (type) {
    case ValueType::null:
      return "null";
    case ValueType::boolean:
      return "true or false";
    case ValueType::integer:
    case ValueType::number:
      return "a number";
    case ValueType::date:
      return "a date";
    case ValueType::list:
      return "a list";
    case ValueType::map:
      return "a map";
    case ValueType::text:
    case ValueType::unknown:
      break;
  }
  return "text";
}

Value typed(std::string_view text) {
  if (text.empty() || is_one_of(text, {"~", "null", "Null", "NULL"})) {
    return of_type(ValueType::null, text);
  }
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) {
    Value value = of_type(ValueType::boolean, text);
    value.truth = text.front() == 't' || text.front() == 'T';
    return value;
  }
  if (is_date(text)) {
    return of_type(ValueType::date, text);
  }
  std::string digits(text);
  const bool is_numeric = is_digit(text.front()) || text.front() == '-' || text.front() == '+';
  if (is_numeric) {
    digits.erase(std::remove(digits.begin(), digits.end(), '_'), digits.end());
    if (const auto integer = integer_of(digits)) {
      return of_type(ValueType::integer, text, *integer);
    }
  }
  if (const auto number = number_of(digits)) {
    return of_type(ValueType::number, text, *number);
  }
  return of_type(ValueType::text, text);
}

Value read_value(const yaml::Document& document, References& references, yaml::NodeId id) {
  const yaml::NodeId resolved_id = document.resolve(id);
  const yaml::Node& node = document.node(resolved_id);
  switch (node.kind) {
    case yaml::NodeKind::map:
      return of_type(ValueType::map, {});
    case yaml::NodeKind::sequence:
      return of_type(ValueType::list, {});
    case yaml::NodeKind::null:
      return of_type(ValueType::null, {});
    case yaml::NodeKind::scalar:
    case yaml::NodeKind::alias:
      break;
  }
  ResolvedScalar resolved =
      references.resolve(resolved_id, place_of(document, yaml::k_no_node, resolved_id, {}));
  // An explicit tag other than text types even what is quoted.
  const std::string_view tag = document.tag(node);
  const bool is_plain =
      resolved.is_plain || (!tag.empty() && tag != "!" && tag != "tag:yaml.org,2002:str");
  Value value;
  if (!resolved.is_complete) {
    value = of_type(ValueType::unknown, resolved.text);
  } else if (resolved.is_whole_reference) {
    value = typed_content(resolved.text);
  } else if (resolved.is_from_variable || !is_plain) {
    value = of_type(ValueType::text, resolved.text);
  } else {
    value = typed(resolved.text);
  }
  value.is_from_variable = resolved.is_from_variable;
  value.is_whole_reference = resolved.is_whole_reference;
  value.after = std::move(resolved.after);
  return value;
}

}  // namespace otelctl::config::collector
