// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/value_condition.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/text.hpp"
#include "check/words.hpp"
#include "config/words.hpp"
#include "trace/value_json.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::check {
namespace {

using trace::Value;
using trace::ValueType;

// The value as one reads it, for patterns: JSON puts large integers between quotes.
std::string text_of(const trace::StringPool& texts, Value value) {
  const bool is_plain = value.type() == ValueType::text || value.type() == ValueType::integer;
  return is_plain ? trace::value_text(texts, value) : trace::value_json(texts, value);
}

std::optional<double> number_of(const trace::StringPool& texts, Value value, Typing typing) {
  switch (value.type()) {
    case ValueType::integer:
      return static_cast<double>(value.integer());
    case ValueType::real:
      return value.real();
    case ValueType::text:
      return typing == Typing::texts_only ? yaml::read_number(texts[value.text()]) : std::nullopt;
    default:
      return std::nullopt;
  }
}

std::optional<std::int64_t> integer_of(const trace::StringPool& texts, Value value, Typing typing) {
  if (value.type() == ValueType::integer) {
    return value.integer();
  }
  const bool is_readable = value.type() == ValueType::text && typing == Typing::texts_only;
  return is_readable ? yaml::read_integer(texts[value.text()]) : std::nullopt;
}

class Matcher {
 public:
  Matcher(const trace::StringPool& texts, const std::optional<Value>& value, Typing typing)
      : m_texts(texts), m_value(value), m_typing(typing) {}

  bool operator()(const ValueCondition::Presence& presence) const {
    return presence.is_wanted == m_value.has_value();
  }

  bool operator()(bool wanted) const {
    return m_value && ((m_value->type() == ValueType::boolean && m_value->boolean() == wanted) ||
                       is_text(wanted ? "true" : "false"));
  }

  bool operator()(std::int64_t wanted) const {
    if (m_value && m_value->type() == ValueType::integer) {
      return m_value->integer() == wanted;
    }
    return m_value && ((m_value->type() == ValueType::real &&
                        m_value->real() == static_cast<double>(wanted)) ||
                       is_text(std::to_string(wanted)));
  }

  bool operator()(double wanted) const {
    const auto number = m_value ? number_of(m_texts, *m_value, m_typing) : std::nullopt;
    return number == wanted;
  }

  bool operator()(const ValueCondition::Comparison& comparison) const {
    if (!m_value) {
      return false;
    }
    if (const auto integer = integer_of(m_texts, *m_value, m_typing);
        integer && comparison.integer) {
      return holds(comparison.relation, *integer, *comparison.integer);
    }
    if (const auto number = number_of(m_texts, *m_value, m_typing)) {
      return holds(comparison.relation, *number, comparison.value);
    }
    const bool is_equality =
        comparison.relation == Relation::equal || comparison.relation == Relation::not_equal;
    return is_equality && m_value->type() == ValueType::text &&
           holds<std::string_view>(comparison.relation, m_texts[m_value->text()],
                                   comparison.number);
  }

  // An exact text is a text; other patterns look at what is written, whatever its type.
  bool operator()(const TextPattern& pattern) const {
    if (!m_value || (pattern.only_text() != nullptr && m_value->type() != ValueType::text)) {
      return false;
    }
    return pattern.matches(text_of(m_texts, *m_value));
  }

 private:
  bool is_text(std::string_view text) const {
    return m_typing == Typing::texts_only && m_value->type() == ValueType::text &&
           m_texts[m_value->text()] == text;
  }

  const trace::StringPool& m_texts;
  const std::optional<Value>& m_value;
  Typing m_typing;
};

// A text as config::shown has it; but attributes also speak about tokens, which are no secrets.
std::string shown(std::string_view text, std::string_view key) {
  return is_secret_attribute(key) ? std::string(k_redacted) : config::shown(text);
}

struct Wording {
  std::string_view key;

  std::string operator()(const ValueCondition::Presence& presence) const {
    return presence.is_wanted ? "present" : "absent";
  }
  std::string operator()(bool truth) const { return truth ? "true" : "false"; }
  std::string operator()(std::int64_t number) const { return std::to_string(number); }
  std::string operator()(double number) const { return trace::real_json(number); }
  std::string operator()(const ValueCondition::Comparison& comparison) const {
    const Amount sign = Amount::of(comparison.relation, 0, Amount::Unit::count);
    const std::string& words = sign.words();
    const std::string front = words.substr(0, words.size() - 1);
    return (front.empty() ? "==" : front) + comparison.number;
  }
  std::string operator()(const TextPattern& pattern) const { return shown(pattern.words(), key); }
};

}  // namespace

Result<ValueCondition::Alternative> ValueCondition::parse(std::string_view written) {
  if (written == "present" || written == "absent") {
    return Presence{written == "present"};
  }
  std::string_view rest = written;
  if (const auto relation = take_relation(rest)) {
    const auto number = yaml::read_number(rest);
    if (number && !std::isnan(*number)) {
      return Comparison{*relation, std::string(rest), *number, yaml::read_integer(rest)};
    }
    if (*relation != Relation::equal && *relation != Relation::not_equal) {
      return fail(ErrorKind::settings,
                  fmt::format("{} has no number behind its operator", config::shown(written)),
                  "write \">=5\", or == in front of a text that begins like that");
    }
  }
  auto pattern = TextPattern::parse(written);
  if (!pattern) {
    return fail(std::move(pattern).error());
  }
  return std::move(*pattern);
}

bool ValueCondition::matches(const trace::StringPool& texts, const std::optional<Value>& value,
                             Typing typing) const {
  const Matcher matcher(texts, value, typing);
  return std::any_of(alternatives.begin(), alternatives.end(), [&](const Alternative& alternative) {
    return std::visit(matcher, alternative);
  });
}

std::string ValueCondition::words(std::string_view key) const {
  std::vector<std::string> parts;
  for (const Alternative& alternative : alternatives) {
    parts.push_back(std::visit(Wording{key}, alternative));
  }
  return join(parts, " or ");
}

std::string ValueCondition::type_hint(const trace::StringPool& texts, Value value) const {
  const std::string text = text_of(texts, value);
  const bool is_text = value.type() == ValueType::text;
  for (const Alternative& alternative : alternatives) {
    const auto* pattern = std::get_if<TextPattern>(&alternative);
    const bool is_quoted = pattern != nullptr && pattern->only_text() != nullptr;
    if (is_quoted && !is_text && *pattern->only_text() == text) {
      return "it is no text: write it without quotes";
    }
    const bool is_bare = std::holds_alternative<std::int64_t>(alternative) ||
                         std::holds_alternative<double>(alternative) ||
                         std::holds_alternative<bool>(alternative);
    if (is_bare && is_text && std::visit(Wording{{}}, alternative) == text) {
      return "it is text: write it in quotes";
    }
  }
  return {};
}

std::string value_words(const trace::StringPool& texts, std::string_view key, Value value) {
  if (value.type() == ValueType::text) {
    return shown(texts[value.text()], key);
  }
  if (is_secret_attribute(key)) {
    return std::string(k_redacted);
  }
  return cut(trace::value_json(texts, value));
}

}  // namespace otelctl::check
