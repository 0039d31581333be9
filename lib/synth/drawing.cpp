// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/drawing.hpp"

#include <algorithm>
#include <limits>

#include "synth/sequence.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// All values whose varint is as long as that of `value`.
IntRange alike(std::int64_t value) {
  if (value < 0) {
    return {std::numeric_limits<std::int64_t>::min(), -1};
  }
  const auto bits = 7 * static_cast<unsigned>(varint_size(static_cast<std::uint64_t>(value)));
  return {bits == 7 ? 0 : std::int64_t{1} << (bits - 7),
          static_cast<std::int64_t>((std::uint64_t{1} << bits) - 1)};
}

DrawnNumber between(std::int64_t low, std::int64_t high) {
  return {low, static_cast<std::uint64_t>(high) - static_cast<std::uint64_t>(low) + 1};
}

std::int64_t high_of(const DrawnNumber& number) {
  return static_cast<std::int64_t>(static_cast<std::uint64_t>(number.low) + number.choices - 1);
}

}  // namespace

Drawing::Drawing(const std::vector<Choice>& choices, Random& random, Decks& decks)
    : m_random(random), m_decks(decks) {
  for (const Choice& choice : choices) {
    const auto& row = choice.rows[m_decks.draw(&choice, choice.rows.size(), random)];
    for (std::size_t index = 0; index < row.size(); ++index) {
      m_columns[choice.columns[index]] = row[index];
    }
  }
}

// Ranges that shapes can show in full come up evenly, as lists do.
std::uint64_t Drawing::copies_of(const SpanSpec& spec) {
  constexpr std::uint64_t k_widest = 256;
  const std::uint64_t width = std::uint64_t{spec.repeat_high} - spec.repeat_low + 1;
  const bool is_dealt = width > 1 && width <= k_widest;
  return spec.repeat_low + (is_dealt ? m_decks.draw(&spec, width, m_random) : draw(width));
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
    filled.reserve(items->size());
    for (const std::string& item : *items) {
      filled.push_back(text(item));
    }
    return filled;
  }
  return pattern;
}

std::uint32_t Drawing::add(ShapeNumber number, std::int64_t drawn) {
  m_numbers.push_back(std::move(number));
  m_drawn.push_back(drawn);
  return static_cast<std::uint32_t>(m_numbers.size() - 1);
}

// Narrowed to the values whose varint is as long as that of one that is drawn from the whole range
// for each shape: so every length comes up as often as it should.
std::uint32_t Drawing::add_number(const IntRange& range) {
  const auto width = static_cast<std::uint64_t>(range.high) - static_cast<std::uint64_t>(range.low);
  const auto drawn =
      static_cast<std::int64_t>(static_cast<std::uint64_t>(range.low) + draw(width + 1));
  const IntRange same = alike(drawn);
  const DrawnNumber number =
      between(std::max(range.low, same.low), std::min(range.high, same.high));
  return add({number, static_cast<unsigned>(varint_size(static_cast<std::uint64_t>(drawn)))},
             drawn);
}

std::uint32_t Drawing::add_sum(const std::vector<std::string>& names) {
  SumNumber sum;
  std::int64_t drawn = 0;
  for (const std::string& name : names) {
    sum.parts.push_back(m_names.at(name));
    drawn += m_drawn[sum.parts.back()];
  }
  keep_alike(sum.parts, drawn);
  const auto width = static_cast<unsigned>(varint_size(static_cast<std::uint64_t>(drawn)));
  return add({std::move(sum), width}, drawn);
}

// Narrows the parts, the widest first, until their sum's varint is always as long as that of
// `drawn`, which is the sum of what was drawn for them.
void Drawing::keep_alike(std::vector<std::uint32_t> parts, std::int64_t drawn) {
  const auto part = [this](std::uint32_t index) -> DrawnNumber& {
    return std::get<DrawnNumber>(m_numbers[index].value);
  };
  const IntRange same = alike(drawn);
  std::int64_t low = 0;
  std::int64_t high = 0;
  for (const std::uint32_t index : parts) {
    low += part(index).low;
    high += high_of(part(index));
  }
  std::stable_sort(parts.begin(), parts.end(), [&](std::uint32_t left, std::uint32_t right) {
    return part(left).choices > part(right).choices;
  });
  std::int64_t below = std::max<std::int64_t>(same.low - low, 0);
  std::int64_t above = std::max<std::int64_t>(high - same.high, 0);
  for (const std::uint32_t index : parts) {
    DrawnNumber& number = part(index);
    const std::int64_t up = std::min(below, m_drawn[index] - number.low);
    const std::int64_t down = std::min(above, high_of(number) - m_drawn[index]);
    number = between(number.low + up, high_of(number) - down);
    below -= up;
    above -= down;
  }
}

// One for all counters that go alike: they often stand on every span.
std::uint32_t Drawing::add_counted(const Counter& counter) {
  const auto [place, is_new] = m_counted.try_emplace({counter.per, counter.distinct}, 0);
  if (is_new) {
    place->second = add({CountedNumber{counter.per, counter.distinct}}, 0);
  }
  return place->second;
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
    return {spec.key, value(one_of->values[m_decks.draw(one_of, one_of->values.size(), m_random)])};
  }
  if (const auto* range = std::get_if<IntRange>(&spec.value)) {
    return {spec.key, NumberPlace{add_number(*range)}};
  }
  if (const auto* range = std::get_if<DoubleRange>(&spec.value)) {
    return {spec.key, RealPlace{add({*range, 8}, 0)}};
  }
  if (const auto* counter = std::get_if<Counter>(&spec.value)) {
    return {spec.key, DigitsPlace{add_counted(*counter), text(counter->prefix), counter->digits}};
  }
  if (const auto* number = std::get_if<NumberOf>(&spec.value)) {
    return {spec.key, NumberPlace{m_names.at(number->name)}};
  }
  const auto& outcome = std::get<ByOutcome>(spec.value);
  return {spec.key, ByOutcome{value(outcome.ok), value(outcome.failed)}};
}

}  // namespace otelctl::synth
