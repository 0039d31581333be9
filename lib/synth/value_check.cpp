// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/value_check.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace otelctl::synth {
namespace {

// Draws of integers use 32 random bits; a wider range could not be reached evenly.
constexpr std::uint64_t k_max_range = (std::uint64_t{1} << 32U) - 1;
constexpr unsigned k_max_digits = 20;

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

Result<void> check_values(const std::vector<Value>& values, const Columns& columns) {
  for (const Value& value : values) {
    if (auto checked = check_value(value, columns); !checked) {
      return checked;
    }
    if (value.index() != values.front().index()) {
      return wrong("the values to draw from are not all of one type");
    }
  }
  return {};
}

Result<void> check_reals(std::string_view name, const DoubleRange& range) {
  if (!std::isfinite(range.low) || !std::isfinite(range.high) || range.low > range.high) {
    return wrong(fmt::format("the range of '{}' goes from {} to {}", name, range.low, range.high),
                 "two numbers, the low end not above the high one");
  }
  if (!std::isfinite(range.high - range.low)) {
    return wrong(fmt::format("the range of '{}' is wider than a double can say", name));
  }
  return {};
}

Result<void> check_counter(std::string_view name, const Counter& counter, const Columns& columns) {
  if (counter.digits < 1 || counter.digits > k_max_digits) {
    return wrong(fmt::format("the counter '{}' has {} digits; 1 to {} are possible", name,
                             counter.digits, k_max_digits));
  }
  if (counter.per < 1) {
    return wrong(fmt::format("the counter '{}' never goes on", name),
                 "each of its numbers stands for at least one trace");
  }
  return check_text(counter.prefix, columns);
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
               : check_values(one_of->values, columns);
  }
  if (const auto* range = std::get_if<IntRange>(&attribute.value)) {
    return check_range(attribute.key, *range);
  }
  if (const auto* range = std::get_if<DoubleRange>(&attribute.value)) {
    return check_reals(attribute.key, *range);
  }
  if (const auto* counter = std::get_if<Counter>(&attribute.value)) {
    return check_counter(attribute.key, *counter, columns);
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

// Whether the parts' sum is always a 64-bit integer.
bool fits(const NumberSpec& sum, const std::vector<NumberSpec>& numbers) {
  std::int64_t low = 0;
  std::int64_t high = 0;
  for (const std::string& part : sum.sum_of) {
    const auto found = std::find_if(numbers.begin(), numbers.end(),
                                    [&](const NumberSpec& number) { return number.name == part; });
    if (__builtin_add_overflow(low, found->range.low, &low) ||
        __builtin_add_overflow(high, found->range.high, &high)) {
      return false;
    }
  }
  return true;
}

}  // namespace

tl::unexpected<Error> wrong(std::string message, std::string hint) {
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
      if (!std::all_of(row.begin(), row.end(),
                       [](const auto& cell) { return is_valid_utf8(cell); })) {
        return wrong(
            fmt::format("a cell of the choice of '{}' is not UTF-8", choice.columns.front()));
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
    return wrong(fmt::format("'{}' is not UTF-8", text),
                 "convert it, as iconv -t UTF-8 does: OTLP carries nothing else");
  }
  if (auto filled = fill(text, columns); !filled) {
    return fail(std::move(filled).error());
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
    if (!fits(number, numbers)) {
      return wrong(fmt::format("the sum '{}' does not fit in 64 bits", number.name));
    }
    names.push_back(number.name);
    if (number.sum_of.empty()) {
      ranges.push_back(number.name);
    }
  }
  return {};
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

bool is_share(double value) {
  return value >= 0.0 && value <= 1.0;
}

}  // namespace otelctl::synth
