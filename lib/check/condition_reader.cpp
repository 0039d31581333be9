// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "check/condition_reader.hpp"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "check/limits.hpp"
#include "config/reading/map_reader.hpp"
#include "config/reading/scalars.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::check {
namespace {

using config::IssueKind;
using config::reading::items_of;
using config::reading::name_of;
using yaml::ScalarType;

bool is_list(const Notes& notes, const Spot& spot) {
  return notes.document().node(spot.node).kind == yaml::NodeKind::sequence;
}

// Reads a value, or each item of a list of at least one.
template <typename T, typename Read>
std::vector<T> read_any(Notes& notes, const Spot& spot, Read read) {
  std::vector<T> found;
  if (!is_list(notes, spot)) {
    if (auto value = read(spot)) {
      found.push_back(std::move(*value));
    }
    return found;
  }
  for (const Spot& item : items_of(notes, spot, 1, k_most_alternatives)) {
    if (notes.is_full()) {
      break;
    }
    if (auto value = read(item)) {
      found.push_back(std::move(*value));
    }
  }
  return found;
}

template <typename Choice>
std::vector<Choice> read_choices(Notes& notes, const Spot& spot,
                                 const std::vector<Choice>& choices) {
  std::vector<std::string> names;
  for (const Choice choice : choices) {
    names.emplace_back(trace::name_of(choice));
  }
  return read_any<Choice>(notes, spot, [&](const Spot& item) -> std::optional<Choice> {
    const auto index = config::reading::read_choice(notes, item, names);
    return index ? std::optional(choices[*index]) : std::nullopt;
  });
}

std::optional<ValueCondition::Alternative> read_alternative(Notes& notes, const Spot& spot) {
  const auto scalar = config::reading::scalar_at(notes, spot, "a value");
  if (!scalar) {
    return std::nullopt;
  }
  switch (scalar->type) {
    case ScalarType::boolean:
      return yaml::read_boolean(scalar->text).value_or(false);
    case ScalarType::integer:
      if (const auto number = yaml::read_integer(scalar->text)) {
        return *number;
      }
      [[fallthrough]];
    case ScalarType::number:
      return yaml::read_number(scalar->text).value_or(0.0);
    case ScalarType::null:
    case ScalarType::date:
    case ScalarType::text:
      break;
  }
  const auto text = config::reading::read_text(notes, spot, config::reading::Emptiness::allowed);
  if (!text) {
    return std::nullopt;
  }
  auto alternative = ValueCondition::parse(*text);
  if (!alternative) {
    note_error(notes, spot, alternative.error());
    return std::nullopt;
  }
  return std::move(*alternative);
}

}  // namespace

std::uint32_t line_of(const Notes& notes, const Spot& spot) {
  const yaml::NodeId node = spot.key == yaml::k_no_node ? spot.node : spot.key;
  return notes.document().position(notes.document().node(node).begin).line;
}

void note_error(Notes& notes, const Spot& spot, const Error& error) {
  notes.add(IssueKind::wrong_type, spot,
            fmt::format("{}: {}", name_of(notes.document(), spot), error.message), error.hint);
}

std::optional<TextPattern> read_pattern(Notes& notes, const Spot& spot) {
  const auto text = config::reading::read_text(notes, spot);
  if (!text) {
    return std::nullopt;
  }
  auto pattern = TextPattern::parse(*text);
  if (!pattern) {
    note_error(notes, spot, pattern.error());
    return std::nullopt;
  }
  return std::move(*pattern);
}

std::vector<TextPattern> read_patterns(Notes& notes, const Spot& spot) {
  return read_any<TextPattern>(notes, spot,
                               [&](const Spot& item) { return read_pattern(notes, item); });
}

std::optional<TextCondition> read_condition(Notes& notes, const Spot& spot) {
  TextCondition condition{read_patterns(notes, spot)};
  return condition.patterns.empty() ? std::nullopt : std::optional(std::move(condition));
}

std::optional<Amount> read_amount(Notes& notes, const Spot& spot, Amount::Unit unit,
                                  Relation bare) {
  std::optional<Amount> amount;
  for (Amount& each : read_any<Amount>(notes, spot, [&](const Spot& item) -> std::optional<Amount> {
         const auto text = config::reading::read_text(notes, item);
         if (!text) {
           return std::nullopt;
         }
         auto parsed = text->size() > k_longest_pattern ? Amount::parse("", unit, bare)
                                                        : Amount::parse(*text, unit, bare);
         if (!parsed) {
           note_error(notes, item, parsed.error());
           return std::nullopt;
         }
         return std::move(*parsed);
       })) {
    if (amount) {
      amount->add(std::move(each));
    } else {
      amount = std::move(each);
    }
  }
  return amount;
}

std::vector<trace::SpanKind> read_kinds(Notes& notes, const Spot& spot) {
  using trace::SpanKind;
  return read_choices<SpanKind>(notes, spot,
                                {SpanKind::internal, SpanKind::server, SpanKind::client,
                                 SpanKind::producer, SpanKind::consumer, SpanKind::unspecified});
}

std::vector<trace::SpanStatus> read_statuses(Notes& notes, const Spot& spot) {
  using trace::SpanStatus;
  return read_choices<SpanStatus>(notes, spot,
                                  {SpanStatus::unset, SpanStatus::ok, SpanStatus::error});
}

std::vector<AttributeExpectation> read_attributes(Notes& notes, const Spot& spot) {
  std::vector<AttributeExpectation> attributes;
  for (const Spot& entry : config::reading::entries_of(notes, spot)) {
    if (notes.is_full()) {
      break;
    }
    if (attributes.size() >= k_most_attributes) {
      notes.add(IssueKind::wrong_count, spot,
                fmt::format("{} has more than {} attributes", name_of(notes.document(), spot),
                            k_most_attributes),
                "leave some out");
      break;
    }
    AttributeExpectation attribute;
    attribute.key = notes.document().node(entry.key).text;
    attribute.line = line_of(notes, entry);
    attribute.condition.alternatives = read_any<ValueCondition::Alternative>(
        notes, entry, [&](const Spot& item) { return read_alternative(notes, item); });
    attributes.push_back(std::move(attribute));
  }
  return attributes;
}

}  // namespace otelctl::check
