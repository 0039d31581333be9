// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/schema/judge_value.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/schema/words.hpp"
#include "config/words.hpp"

namespace otelctl::config::schema {
namespace {

using Kind = ViolationKind;

std::string shown_value(const Subject& subject, const Value& value) {
  const std::string_view key =
      subject.has_key() ? subject.document.node(subject.visited().key).text : std::string_view();
  const Visit& parent = subject.checked.visits[subject.visited().parent];
  const bool is_hidden = subject.reading.hides_value &&
                         subject.reading.hides_value(subject.schema.rules(parent.schema), key);
  return is_hidden ? std::string(k_redacted) : shown(value.text, key);
}

// "- tracecontext" where "- tracecontext:" is meant.
bool is_missing_colon(const Subject& subject, const Value& value) {
  return value.type == Type::text && !value.is_from_variable && subject.node().is_plain() &&
         !subject.has_key() && subject.node().parent != yaml::k_no_node &&
         subject.rules().find(value.text).has_value();
}

std::string scalar_help(const Subject& subject, const Value& value) {
  const Types types = subject.rules().types;
  if (!subject.node().is_plain()) {
    return "remove the quotes: in quotes it is text";
  }
  if ((types & bit(Type::boolean)) != 0) {
    return "write true or false";
  }
  if (value.type == Type::number) {
    return "write a whole number";
  }
  return (types & bit(Type::integer)) != 0 ? "write digits only, without a unit"
                                           : "write it like 0.1";
}

Violation wrong_type(const Subject& subject, const Value& value) {
  const Types types = subject.rules().types;
  const bool wants_collection = (types & (bit(Type::map) | bit(Type::list))) != 0;
  const std::string found = value.type == Type::null ? "null"
                                                     : fmt::format("{} {}", found_words(value.type),
                                                                   shown_value(subject, value));
  Violation violation{
      wants_collection ? Kind::wrong_kind : Kind::wrong_type,
      subject.place(),
      fmt::format("{}: expected {}, found {}{}", subject.name(),
                  wanted_words(subject.schema, subject.rules()), found, value.after),
      {}};
  if (wants_collection && is_missing_colon(subject, value)) {
    const bool is_in_flow = subject.document.node(subject.node().parent).style == yaml::Style::flow;
    violation.help = fmt::format("a colon is missing: write {}:", value.text);
    violation.replacement =
        is_in_flow ? fmt::format("{{{}: }}", value.text) : fmt::format("{}:", value.text);
  } else if (wants_collection || value.type == Type::null) {
    violation.help = kind_help(subject);
  } else if (allows(types, Type::text)) {
    violation.help = value.is_from_variable ? "put the reference in quotes" : "put it in quotes";
    violation.replacement = fmt::format("\"{}\"", subject.node().text);
  } else {
    violation.help = scalar_help(subject, value);
  }
  return violation;
}

// The choice that is meant: near by spelling, or the beginning of what is written ("warning").
std::string choice_help(const std::vector<std::string>& choices, const std::string& text) {
  std::string near = did_you_mean(text, choices);
  if (!near.empty()) {
    return near;
  }
  const std::string* longest = nullptr;
  for (const std::string& choice : choices) {
    if (text.starts_with(choice) && (longest == nullptr || choice.size() > longest->size())) {
      longest = &choice;
    }
  }
  return longest != nullptr ? fmt::format("did you mean '{}'?", *longest)
                            : fmt::format("write {}", any_of_words(choices));
}

std::optional<Violation> judge_choice(const Subject& subject, const Value& value) {
  constexpr std::size_t k_most_listed = 8;
  const auto& choices = subject.rules().choices;
  if (choices.empty() || std::find(choices.begin(), choices.end(), value.text) != choices.end()) {
    return std::nullopt;
  }
  const std::string known = choices.size() <= k_most_listed
                                ? any_of_words(choices)
                                : fmt::format("the {} known names", choices.size());
  Violation violation{
      Kind::not_a_choice, subject.place(),
      fmt::format("{} is not one of {}{}", shown_value(subject, value), known, value.after),
      choice_help(choices, value.text)};
  const auto other_case = std::find_if(
      choices.begin(), choices.end(),
      [&](const std::string& choice) { return equals_ignoring_case(choice, value.text); });
  if (other_case != choices.end()) {
    violation.help = fmt::format("names are lower case here: {}", *other_case);
    if (!value.is_from_variable) {
      violation.replacement = *other_case;
    }
  }
  return violation;
}

std::optional<Violation> judge_range(const Subject& subject, const Value& value) {
  const Rules& rules = subject.rules();
  const bool is_low = (rules.least && !(value.number >= *rules.least)) ||
                      (rules.above && !(value.number > *rules.above));
  const bool is_high = rules.most && !(value.number <= *rules.most);
  if (!is_low && !is_high) {
    return std::nullopt;
  }
  std::string range;
  std::string help;
  if (rules.least && rules.most) {
    range = fmt::format("between {} and {}", number_words(*rules.least), number_words(*rules.most));
    help = fmt::format("write a number {}", range);
  } else if (rules.above) {
    range = fmt::format("above {}", number_words(*rules.above));
    help = fmt::format("write a number {}", range);
  } else if (is_low) {
    range = fmt::format("at least {}", number_words(*rules.least));
    help = fmt::format("write {} or more", number_words(*rules.least));
  } else {
    range = fmt::format("at most {}", number_words(*rules.most));
    help = fmt::format("write {} or less", number_words(*rules.most));
  }
  return Violation{Kind::out_of_range, subject.place(),
                   fmt::format("{} must be {}, not {}{}", subject.name(), range,
                               shown_value(subject, value), value.after),
                   std::move(help)};
}

}  // namespace

std::optional<Violation> judge_value(const Subject& subject, const Value& value) {
  if (!value.is_known) {
    return std::nullopt;
  }
  if (!subject.takes(value.type)) {
    return wrong_type(subject, value);
  }
  if (value.type == Type::text) {
    return judge_choice(subject, value);
  }
  const bool is_number = value.type == Type::integer || value.type == Type::number;
  return is_number ? judge_range(subject, value) : std::nullopt;
}

}  // namespace otelctl::config::schema
