// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenario.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"
#include "synth/columns.hpp"

namespace otelctl::synth {
namespace {

// Draws of integers use 32 random bits; a wider range could not be reached evenly.
constexpr std::uint64_t k_max_range = (std::uint64_t{1} << 32U) - 1;
constexpr double k_max_sigma = 2.0;
constexpr unsigned k_max_digits = 20;

tl::unexpected<Error> wrong(std::string message, std::string hint = {}) {
  return fail(ErrorKind::settings, std::move(message), std::move(hint));
}

Result<Columns> first_rows(const std::vector<Choice>& choices) {
  Columns columns;
  for (const Choice& choice : choices) {
    if (choice.columns.empty() || choice.rows.empty()) {
      return wrong("a choice needs at least one column and one row");
    }
    for (const auto& row : choice.rows) {
      if (row.size() != choice.columns.size()) {
        return wrong(fmt::format("a row of the choice of '{}' has {} where {} are due",
                                 choice.columns.front(), counted(row.size(), "cell"),
                                 choice.columns.size()));
      }
    }
    for (std::size_t index = 0; index < choice.columns.size(); ++index) {
      if (!columns.emplace(choice.columns[index], choice.rows.front()[index]).second) {
        return wrong(fmt::format("two choices have a column '{}'", choice.columns[index]));
      }
    }
  }
  return columns;
}

Result<void> check_text(std::string_view text, const Columns& columns) {
  if (!is_valid_utf8(text)) {
    return wrong(fmt::format("'{}' is not UTF-8", text));
  }
  if (auto filled = fill(text, columns); !filled) {
    return fail(std::move(filled).error());
  }
  return {};
}

Result<void> check_value(const Value& value, const Columns& columns) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    return check_text(*text, columns);
  }
  if (const auto* items = std::get_if<std::vector<std::string>>(&value)) {
    for (const std::string& item : *items) {
      if (auto checked = check_text(item, columns); !checked) {
        return checked;
      }
    }
  }
  return {};
}

Result<void> check_range(std::string_view name, const IntRange& range) {
  if (range.low > range.high) {
    return wrong(
        fmt::format("the range of '{}' goes from {} down to {}", name, range.low, range.high));
  }
  const auto width = static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
  if (width > k_max_range) {
    return wrong(fmt::format("the range of '{}' is wider than 2^32", name));
  }
  return {};
}

Result<void> check_numbers(const std::vector<NumberSpec>& numbers,
                           std::vector<std::string>& names) {
  std::vector<std::string> ranges;
  for (const NumberSpec& number : numbers) {
    if (std::find(names.begin(), names.end(), number.name) != names.end()) {
      return wrong(fmt::format("two numbers are called '{}'", number.name));
    }
    if (auto checked = check_range(number.name, number.range); !checked) {
      return checked;
    }
    for (const std::string& part : number.sum_of) {
      if (std::find(ranges.begin(), ranges.end(), part) == ranges.end()) {
        return wrong(
            fmt::format("'{}' adds up '{}', which is no range before it", number.name, part),
            did_you_mean(part, ranges));
      }
    }
    names.push_back(number.name);
    if (number.sum_of.empty()) {
      ranges.push_back(number.name);
    }
  }
  return {};
}

Result<void> check_attribute(const AttributeSpec& attribute,
                             const std::vector<std::string>& numbers, const Columns& columns) {
  if (attribute.key.empty() || !is_valid_utf8(attribute.key)) {
    return wrong("an attribute's key is empty or not UTF-8");
  }
  if (const auto* value = std::get_if<Value>(&attribute.value)) {
    return check_value(*value, columns);
  }
  if (const auto* one_of = std::get_if<OneOf>(&attribute.value)) {
    return one_of->values.empty()
               ? wrong(fmt::format("'{}' has no values to draw from", attribute.key))
               : check_value(Value(one_of->values), columns);
  }
  if (const auto* range = std::get_if<IntRange>(&attribute.value)) {
    return check_range(attribute.key, *range);
  }
  if (const auto* counter = std::get_if<Counter>(&attribute.value)) {
    if (counter->digits < 1 || counter->digits > k_max_digits) {
      return wrong(fmt::format("the counter '{}' has {} digits; 1 to {} are possible",
                               attribute.key, counter->digits, k_max_digits));
    }
    return check_text(counter->prefix, columns);
  }
  if (const auto* number = std::get_if<NumberOf>(&attribute.value)) {
    if (std::find(numbers.begin(), numbers.end(), number->name) == numbers.end()) {
      return wrong(fmt::format("'{}' shows '{}', which is no number of its span", attribute.key,
                               number->name),
                   did_you_mean(number->name, numbers));
    }
    return {};
  }
  const auto& outcome = std::get<ByOutcome>(attribute.value);
  auto checked = check_value(outcome.ok, columns);
  return checked ? check_value(outcome.failed, columns) : checked;
}

Result<void> check_attributes(const std::vector<AttributeSpec>& attributes,
                              const std::vector<std::string>& numbers, const Columns& columns) {
  for (const AttributeSpec& attribute : attributes) {
    if (auto checked = check_attribute(attribute, numbers, columns); !checked) {
      return checked;
    }
  }
  return {};
}

Result<void> check_own_time(const DurationSpec& spec) {
  const auto is_possible = [](nanoseconds time) {
    return time >= nanoseconds{0} && time <= k_max_own_time;
  };
  bool is_right = false;
  if (const auto* constant = std::get_if<Constant>(&spec)) {
    is_right = is_possible(constant->value);
  } else if (const auto* uniform = std::get_if<Uniform>(&spec)) {
    is_right =
        is_possible(uniform->low) && is_possible(uniform->high) && uniform->low <= uniform->high;
  } else {
    const auto& lognormal = std::get<Lognormal>(spec);
    is_right =
        is_possible(lognormal.median) && lognormal.sigma >= 0 && lognormal.sigma <= k_max_sigma;
  }
  if (!is_right) {
    return wrong("a duration lies outside what is possible",
                 "0 to 4h, the low end not above the high one, sigma from 0 to 2");
  }
  return {};
}

// Whether a share lies in [0, 1]; NaN does not.
bool is_share(double value) {
  return value >= 0.0 && value <= 1.0;
}

Result<void> check_error(const ErrorSpec& error, const Columns& columns) {
  if (!is_share(error.rate)) {
    return wrong("its error rate is not a share", "from 0, never, to 1, always");
  }
  auto checked = check_text(error.type, columns);
  return checked ? check_text(error.message, columns) : checked;
}

Result<void> check_structure(const Scenario& scenario, std::size_t index) {
  const SpanSpec& span = scenario.spans[index];
  if (span.parent.has_value() != (index > 0) || (span.parent && *span.parent >= index)) {
    return wrong("its parent is not a span before it",
                 "the first span is the root, every other one has a parent that stands before it");
  }
  if (span.service.value_or(0) >= scenario.services.size()) {
    return wrong("its service does not exist");
  }
  if (span.repeat_low > span.repeat_high || (index == 0 && span.repeat_high != 1) ||
      (index == 0 && span.repeat_low != 1)) {
    return wrong("its repetition is not possible",
                 "the low end is not above the high one, and there is one root");
  }
  const bool links_exist =
      std::all_of(span.links.begin(), span.links.end(),
                  [&](const LinkSpec& link) { return link.span < scenario.spans.size(); });
  return links_exist ? Result<void>{} : wrong("it links to a span that does not exist");
}

Result<void> check_content(const SpanSpec& span, const Columns& columns) {
  std::vector<std::string> numbers;
  auto checked = check_text(span.name, columns);
  if (checked) {
    checked = check_own_time(span.own_time);
  }
  if (checked) {
    checked = check_numbers(span.numbers, numbers);
  }
  if (checked) {
    checked = check_attributes(span.attributes, numbers, columns);
  }
  for (const EventSpec& event : span.events) {
    if (checked && !is_share(event.at)) {
      return wrong(fmt::format("the event '{}' lies outside its span", event.name),
                   "its place goes from 0, the start, to 1, the end");
    }
    if (checked) {
      checked = check_text(event.name, columns);
    }
    if (checked) {
      checked = check_attributes(event.attributes, numbers, columns);
    }
  }
  for (const LinkSpec& link : span.links) {
    if (checked) {
      checked = check_attributes(link.attributes, numbers, columns);
    }
  }
  if (checked && span.error) {
    checked = check_error(*span.error, columns);
  }
  return checked;
}

// The most spans that a trace can have; counting stops above the limit.
std::uint64_t most_spans(const std::vector<SpanSpec>& spans) {
  std::vector<std::uint64_t> copies;
  std::uint64_t total = 0;
  for (const SpanSpec& span : spans) {
    const std::uint64_t parents = span.parent ? copies[*span.parent] : 1;
    copies.push_back(std::min<std::uint64_t>(parents * span.repeat_high, k_max_trace_spans + 1));
    total += copies.back();
  }
  return total;
}

}  // namespace

std::size_t Scenario::add(SpanSpec span) {
  spans.push_back(std::move(span));
  return spans.size() - 1;
}

Result<void> check_scenario(const Scenario& scenario) {
  const auto columns = first_rows(scenario.choices);
  if (!columns) {
    return fail(columns.error());
  }
  if (scenario.services.empty() || scenario.spans.empty()) {
    return wrong("a scenario needs at least one service and one span");
  }
  for (std::size_t index = 0; index < scenario.spans.size(); ++index) {
    auto checked = check_structure(scenario, index);
    if (checked) {
      checked = check_content(scenario.spans[index], *columns);
    }
    if (!checked) {
      return fail(
          std::move(checked).error().within(fmt::format("span '{}'", scenario.spans[index].name)));
    }
  }
  if (most_spans(scenario.spans) > k_max_trace_spans) {
    return wrong(fmt::format("a trace of it could have more than {} spans", k_max_trace_spans),
                 "lower the repetitions");
  }
  return {};
}

std::string literal(std::string_view text) {
  std::string doubled;
  for (const char character : text) {
    doubled += character;
    if (character == '{' || character == '}') {
      doubled += character;
    }
  }
  return doubled;
}

}  // namespace otelctl::synth
