// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/drawing.hpp"

#include <algorithm>

#include "synth/sequence.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// Narrows a range to the values whose varint is as long as that of `drawn`. As `drawn` is drawn
// from the whole range for each shape, every length comes up as often as it should.
ShapeNumber around(const IntRange& range, std::int64_t drawn) {
  ShapeNumber number;
  number.width = static_cast<unsigned>(varint_size(static_cast<std::uint64_t>(drawn)));
  std::int64_t low = range.low;
  std::int64_t high = range.high;
  if (drawn < 0) {
    high = std::min<std::int64_t>(high, -1);
  } else {
    const unsigned bits = 7 * number.width;
    low = std::max<std::int64_t>(low, number.width == 1 ? 0 : std::int64_t{1} << (bits - 7));
    high = std::min(high, static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1));
  }
  number.low = low;
  number.choices = static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1;
  return number;
}

}  // namespace

Drawing::Drawing(const std::vector<Choice>& choices, Random& random) : m_random(random) {
  for (const Choice& choice : choices) {
    const auto& row = choice.rows[draw(choice.rows.size())];
    for (std::size_t index = 0; index < row.size(); ++index) {
      m_columns[choice.columns[index]] = row[index];
    }
  }
}

std::size_t Drawing::draw(std::uint64_t bound) {
  return below(bound, m_random.next());
}

ShapeSpan Drawing::span(const SpanSpec& spec) {
  m_names.clear();
  for (const NumberSpec& number : spec.numbers) {
    m_names[number.name] =
        number.sum_of.empty() ? add_number(number.range) : add_sum(number.sum_of);
  }
  ShapeSpan span;
  span.name = text(spec.name);
  span.attributes = attributes(spec.attributes);
  for (const EventSpec& event : spec.events) {
    span.events.push_back({text(event.name), event.at, attributes(event.attributes)});
  }
  for (const LinkSpec& link : spec.links) {
    span.links.push_back({static_cast<std::uint32_t>(link.span), attributes(link.attributes)});
  }
  if (spec.error) {
    span.error_type = text(spec.error->type);
    span.error_message = text(spec.error->message);
  }
  return span;
}

// check_scenario has filled in the same text before.
std::string Drawing::text(std::string_view pattern) const {
  return fill(pattern, m_columns).value();
}

Value Drawing::value(const Value& pattern) const {
  if (const auto* words = std::get_if<std::string>(&pattern)) {
    return text(*words);
  }
  if (const auto* items = std::get_if<std::vector<std::string>>(&pattern)) {
    std::vector<std::string> filled;
    for (const std::string& item : *items) {
      filled.push_back(text(item));
    }
    return filled;
  }
  return pattern;
}

std::uint32_t Drawing::add_number(const IntRange& range) {
  const auto width = static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
  const auto drawn =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(range.low) + draw(width + 1));
  m_numbers.push_back(around(range, drawn));
  m_drawn.push_back(drawn);
  return static_cast<std::uint32_t>(m_numbers.size() - 1);
}

std::uint32_t Drawing::add_sum(const std::vector<std::string>& parts) {
  ShapeNumber sum;
  std::uint64_t low = 0;
  std::uint64_t high = 0;
  std::uint64_t drawn = 0;
  for (const std::string& part : parts) {
    const std::uint32_t index = m_names.at(part);
    const ShapeNumber& number = m_numbers[index];
    sum.sum_of.push_back(index);
    low += static_cast<std::uint64_t>(number.low);
    high += static_cast<std::uint64_t>(number.low) + number.choices - 1;
    drawn += static_cast<std::uint64_t>(m_drawn[index]);
  }
  if (varint_size(low) != varint_size(high)) {
    // The sum's length would change with its parts: in this shape they keep what was drawn.
    for (const std::uint32_t index : sum.sum_of) {
      settle(index);
    }
  }
  sum.width = static_cast<unsigned>(varint_size(drawn));
  m_numbers.push_back(std::move(sum));
  m_drawn.push_back(static_cast<std::int64_t>(drawn));
  return static_cast<std::uint32_t>(m_numbers.size() - 1);
}

void Drawing::settle(std::uint32_t index) {
  m_numbers[index].low = m_drawn[index];
  m_numbers[index].choices = 1;
}

std::vector<ShapeAttribute> Drawing::attributes(const std::vector<AttributeSpec>& specs) {
  std::vector<ShapeAttribute> drawn;
  drawn.reserve(specs.size());
  for (const AttributeSpec& spec : specs) {
    drawn.push_back(attribute(spec));
  }
  return drawn;
}

ShapeAttribute Drawing::attribute(const AttributeSpec& spec) {
  if (const auto* fixed = std::get_if<Value>(&spec.value)) {
    return {spec.key, value(*fixed)};
  }
  if (const auto* one_of = std::get_if<OneOf>(&spec.value)) {
    return {spec.key, value(one_of->values[draw(one_of->values.size())])};
  }
  if (const auto* range = std::get_if<IntRange>(&spec.value)) {
    return {spec.key, NumberPlace{add_number(*range)}};
  }
  if (const auto* counter = std::get_if<Counter>(&spec.value)) {
    return {spec.key, Counter{text(counter->prefix), counter->digits}};
  }
  if (const auto* number = std::get_if<NumberOf>(&spec.value)) {
    return {spec.key, NumberPlace{m_names.at(number->name)}};
  }
  const auto& outcome = std::get<ByOutcome>(spec.value);
  return {spec.key, ByOutcome{value(outcome.ok), value(outcome.failed)}};
}

}  // namespace otelctl::synth
