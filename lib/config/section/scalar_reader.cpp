// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/scalar_reader.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <optional>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config {
namespace {

using yaml::ScalarType;

constexpr std::string_view k_digits = "0123456789";

bool is_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of(k_digits) == std::string_view::npos;
}

std::string without(std::string_view text, char unwanted) {
  std::string rest(text);
  std::erase(rest, unwanted);
  return rest;
}

// What a scalar is to a reader, for "found ...".
std::string_view found_words(const ResolvedScalar& scalar) {
  if (!scalar.is_plain) {
    return "quoted text";
  }
  const yaml::Scalar types = yaml::resolve_plain(scalar.text);
  const ScalarType type = types.core == ScalarType::text ? types.legacy : types.core;
  switch (type) {
    case ScalarType::null:
      return "null";
    case ScalarType::boolean:
      return "a boolean";
    case ScalarType::integer:
      return types.core == types.legacy || types.core == ScalarType::text ? "a number" : "text";
    case ScalarType::number:
      return "a number";
    case ScalarType::date:
      return "a date";
    case ScalarType::text:
      break;
  }
  return "text";
}

// What a value in another unit or notation was meant to be; empty where that is not plain.
struct Conversion {
  std::string hint;
  std::string text;
};

// "60s" for a key in milliseconds, "10%" or "0,5" for a ratio.
Conversion conversion_of(const KeySpec& spec, std::string_view text) {
  if (spec.name.ends_with("_ms")) {
    if (const auto duration = parse_duration(text)) {
      const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
      return {fmt::format("the unit is milliseconds: write {}", milliseconds.count()),
              std::to_string(milliseconds.count())};
    }
  }
  if (spec.type == ValueType::number) {
    if (text.ends_with('%')) {
      if (const auto percent = yaml::read_number(text.substr(0, text.size() - 1))) {
        return {
            fmt::format("write {} for {}%", number_words(*percent / 100), number_words(*percent)),
            number_words(*percent / 100)};
      }
    }
    const auto comma = text.find(',');
    if (comma != std::string_view::npos && is_digits(text.substr(0, comma)) &&
        is_digits(text.substr(comma + 1))) {
      const std::string number =
          fmt::format("{}.{}", text.substr(0, comma), text.substr(comma + 1));
      return {fmt::format("write a decimal point: {}", number), number};
    }
  }
  return {};
}

}  // namespace

void ScalarReader::add(IssueKind kind, const Place& place, std::string message, std::string help,
                       std::vector<Edit> edits) {
  m_issues.push_back({kind, place, std::move(message), std::move(help), std::move(edits)});
}

std::vector<Edit> ScalarReader::replace(const Case& judged, std::string text) {
  if (judged.scalar.is_from_variable) {
    return {};
  }
  return {{judged.place.begin, judged.place.end, std::move(text)}};
}

std::vector<Edit> ScalarReader::quote(const Case& judged) const {
  const std::string_view written =
      m_document.source().substr(judged.place.begin, judged.place.end - judged.place.begin);
  // What double quotes would give another meaning.
  if (written.find_first_of("\"\\\n") != std::string_view::npos) {
    return {};
  }
  return {{judged.place.begin, judged.place.begin, "\""},
          {judged.place.end, judged.place.end, "\""}};
}

std::vector<Edit> ScalarReader::unquote(const Case& judged) const {
  const std::size_t begin = judged.place.begin;
  const std::size_t end = judged.place.end;
  const std::string_view written = m_document.source().substr(begin, end - begin);
  const bool is_in_quotes = written.starts_with('"') || written.starts_with('\'');
  if (judged.scalar.is_from_variable || !is_in_quotes ||
      written.substr(1, written.size() - 2) != judged.scalar.text) {
    return {};
  }
  return {{begin, begin + 1, ""}, {end - 1, end, ""}};
}

std::string ScalarReader::shown_value(const Case& judged) const {
  return judged.spec.is_secret ? std::string(k_redacted) : shown(judged.scalar.text, judged.name);
}

bool ScalarReader::wrong_type(const Case& judged, std::string_view found, std::string help,
                              std::vector<Edit> edits) {
  add(IssueKind::wrong_type, judged.place,
      fmt::format("{}: expected {}, found {} {}{}", escape_for_terminal(judged.name),
                  type_words(judged.spec.type), found, shown_value(judged), judged.scalar.after),
      std::move(help), std::move(edits));
  return false;
}

void ScalarReader::ambiguous(const Case& judged, std::string message, std::string help,
                             std::vector<Edit> edits) {
  add(IssueKind::ambiguous_scalar, judged.place, message + judged.scalar.after, std::move(help),
      std::move(edits));
}

bool ScalarReader::is_scalar(const KeySpec& spec, std::string_view name, yaml::NodeId id,
                             const Place& place) {
  const yaml::Node& node = m_document.node(id);
  if (node.kind == yaml::NodeKind::scalar) {
    return true;
  }
  // Of lists and maps the items are text.
  const bool is_item = spec.type == ValueType::text_list || spec.type == ValueType::text_map;
  const std::string_view wanted = is_item ? "text" : type_words(spec.type);
  add(IssueKind::wrong_kind, place,
      fmt::format("{}: expected {}, found {}", escape_for_terminal(name), wanted, kind_words(node)),
      is_item || node.kind != yaml::NodeKind::null ? fmt::format("write {} here", wanted)
                                                   : default_hint(spec));
  return false;
}

void ScalarReader::read(const KeySpec& spec, yaml::NodeId node, const Place& place,
                        Section::Value& value) {
  value.state = Section::Value::State::unreadable;
  value.item = Item{std::string(spec.name), {}, place};
  if (!is_scalar(spec, spec.name, node, place)) {
    return;
  }
  const ResolvedScalar scalar = m_references.resolve(node, place);
  value.item.text = scalar.text;
  value.item.is_from_variable = scalar.is_from_variable;
  if (!scalar.is_complete) {
    return;
  }
  const Case judged{spec, spec.name, place, scalar};
  judge_variables(judged);
  bool is_readable = false;
  switch (spec.type) {
    case ValueType::boolean:
      is_readable = read_boolean(judged, value.truth);
      break;
    case ValueType::integer:
      is_readable = read_integer(judged, value.number) && check_range(judged, value.number) &&
                    check_agent_port(judged, value.number);
      break;
    case ValueType::number:
      is_readable = read_number(judged, value.number) && check_range(judged, value.number);
      break;
    case ValueType::text:
    case ValueType::text_list:
    case ValueType::text_map:
    case ValueType::map:
      is_readable = check_text(judged) && check_choice(judged) && check_form(judged) &&
                    check_range(judged, static_cast<double>(scalar.text.size()));
      break;
  }
  value.item.is_readable = is_readable;
  if (is_readable) {
    value.state = Section::Value::State::readable;
  }
}

Item ScalarReader::read_text(const KeySpec& spec, const std::string& name, yaml::NodeId node,
                             const Place& place) {
  Item item{name, {}, place};
  if (!is_scalar(spec, name, node, place)) {
    return item;
  }
  const ResolvedScalar scalar = m_references.resolve(node, place);
  item.text = scalar.text;
  item.is_from_variable = scalar.is_from_variable;
  const Case judged{spec, name, place, scalar};
  if (scalar.is_complete) {
    judge_variables(judged);
  }
  item.is_readable = scalar.is_complete && check_text(judged) && check_choice(judged);
  return item;
}

bool ScalarReader::read_boolean(const Case& judged, bool& truth) {
  const std::string_view text = judged.scalar.text;
  // Numbers that pydantic takes for booleans.
  const bool is_one = text == "1" || text == "1.0";
  const bool is_zero = text == "0" || text == "0.0";
  const auto word = yaml::read_boolean(text);
  if (!word && !is_one && !is_zero) {
    return wrong_type(judged, found_words(judged.scalar), "write true or false");
  }
  truth = word.value_or(is_one);
  const std::string help = fmt::format("write {}", truth);
  const std::vector<Edit> edits = replace(judged, truth ? "true" : "false");
  if (!judged.scalar.is_plain) {
    ambiguous(
        judged,
        fmt::format("{} is text in quotes, not a boolean, to strict readers", shown_value(judged)),
        judged.scalar.is_from_variable ? "remove the quotes around the reference" : help, edits);
  } else if (!word) {
    ambiguous(judged,
              fmt::format("{} is a number, not a boolean, to strict readers", shown_value(judged)),
              help, edits);
  } else if (const yaml::Scalar types = yaml::resolve_plain(text);
             types.core != ScalarType::boolean) {
    ambiguous(
        judged,
        types.legacy == ScalarType::boolean
            ? fmt::format("{} is a boolean in YAML 1.1 and text in YAML 1.2", shown_value(judged))
            : fmt::format("{} is text in YAML; only some applications take it for a boolean",
                          shown_value(judged)),
        help, edits);
  }
  return true;
}

bool ScalarReader::read_integer(const Case& judged, double& number) {
  const std::string_view text = judged.scalar.text;
  const yaml::Scalar types = yaml::resolve_plain(text);
  const bool is_octal_looking = text.size() > 1 && text.front() == '0' && is_digits(text);
  if (is_octal_looking) {
    return wrong_type(judged, "a number with a leading zero",
                      "write it without the zero: YAML 1.1 reads it as octal, YAML 1.2 does not");
  }
  // pydantic takes digits in quotes, but no other notation.
  const bool is_quoted_hexadecimal = !judged.scalar.is_plain && text.starts_with("0x");
  if (types.core == ScalarType::integer && !text.starts_with("0o") && !is_quoted_hexadecimal) {
    const auto value = yaml::read_integer(text);
    const double beyond = text.starts_with('-') ? -HUGE_VAL : HUGE_VAL;
    number = value ? static_cast<double>(*value) : beyond;
    if (!judged.scalar.is_plain) {
      ambiguous(
          judged,
          fmt::format("{} is text in quotes, not a number, to strict readers", shown_value(judged)),
          "remove the quotes", unquote(judged));
    } else if (text.starts_with("0x") && value) {
      ambiguous(judged, fmt::format("{} is hexadecimal", shown_value(judged)),
                fmt::format("write {}", *value), replace(judged, std::to_string(*value)));
    }
    return true;
  }
  const std::string digits = without(text, '_');
  if (types.core == ScalarType::text && types.legacy == ScalarType::integer && is_digits(digits)) {
    number = yaml::read_number(digits).value_or(HUGE_VAL);
    ambiguous(judged,
              fmt::format("{} is a number in YAML 1.1 and text in YAML 1.2", shown_value(judged)),
              fmt::format("write {}", digits), replace(judged, digits));
    return true;
  }
  // 60000.0, which pydantic takes for the integer; 1e3 is text to PyYAML.
  const auto value = yaml::read_number(text);
  if (value && types.legacy == ScalarType::number && std::isfinite(*value) &&
      std::trunc(*value) == *value) {
    number = *value;
    ambiguous(judged,
              fmt::format("{} is a number with a fraction, where a whole one is wanted",
                          shown_value(judged)),
              fmt::format("write {}", number_words(*value)), replace(judged, number_words(*value)));
    return true;
  }
  return wrong_number(judged, "write digits only, without quotes and unit");
}

bool ScalarReader::read_number(const Case& judged, double& number) {
  const std::string_view text = judged.scalar.text;
  const yaml::Scalar types = yaml::resolve_plain(text);
  const auto value = yaml::read_number(text);
  if (!value || text.starts_with("0o") || text.starts_with("0x")) {
    return wrong_number(judged, "write it like 0.1");
  }
  number = *value;
  if (!judged.scalar.is_plain) {
    ambiguous(
        judged,
        fmt::format("{} is text in quotes, not a number, to strict readers", shown_value(judged)),
        "remove the quotes", unquote(judged));
  } else if (types.legacy == ScalarType::text) {
    ambiguous(judged,
              fmt::format("{} is text in YAML 1.1 and a number in YAML 1.2", shown_value(judged)),
              fmt::format("write {}", number_words(*value)), replace(judged, number_words(*value)));
  }
  return true;
}

bool ScalarReader::wrong_number(const Case& judged, std::string help) {
  const Conversion meant = conversion_of(judged.spec, judged.scalar.text);
  return wrong_type(judged, found_words(judged.scalar), meant.hint.empty() ? help : meant.hint,
                    meant.text.empty() ? std::vector<Edit>() : replace(judged, meant.text));
}

}  // namespace otelctl::config
