// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/attribute_reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"
#include "scenario/limits.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using synth::ValueSpec;
using yaml::NodeKind;

constexpr std::array<std::string_view, 9> k_span_keys{
    "one_of", "range", "counter", "digits", "per", "distinct", "number", "ok", "failed"};
constexpr std::array<std::string_view, 6> k_log_keys{"one_of", "range", "counter",
                                                     "digits", "per",   "distinct"};
constexpr std::array<std::string_view, 1> k_metric_keys{"one_of"};
constexpr std::array<std::string_view, 1> k_sum_keys{"sum"};

std::span<const std::string_view> keys_of(Owner owner) {
  switch (owner) {
    case Owner::span:
      return k_span_keys;
    case Owner::log:
      return k_log_keys;
    case Owner::metric:
      break;
  }
  return k_metric_keys;
}

// Integers beside decimals are decimals too.
void unify_numbers(std::vector<synth::Value>& values) {
  const bool has_decimals = std::any_of(values.begin(), values.end(), [](const auto& value) {
    return std::holds_alternative<double>(value);
  });
  for (synth::Value& value : values) {
    if (const auto* integer = std::get_if<std::int64_t>(&value); has_decimals && integer) {
      value = static_cast<double>(*integer);
    }
  }
}

std::optional<ValueSpec> read_one_of(AttributeContext& context, const Spot& spot) {
  synth::OneOf one_of;
  const std::uint64_t before = context.patterns.bytes();
  std::uint64_t longest = 0;
  const std::vector<Spot> items = items_of(context.notes, spot, 1, k_most_values);
  for (const Spot& item : items) {
    auto value = context.patterns.read_value(context.notes, item);
    longest = std::max(longest, context.patterns.bytes() - before);
    context.patterns.set_bytes(before);
    if (!value) {
      return std::nullopt;
    }
    one_of.values.push_back(std::move(*value));
  }
  context.patterns.set_bytes(before + longest);
  unify_numbers(one_of.values);
  for (std::size_t index = 1; index < one_of.values.size(); ++index) {
    if (one_of.values[index].index() != one_of.values[0].index()) {
      context.notes.add(IssueKind::wrong_type, items[index],
                        fmt::format("{} is of another type than the first value",
                                    name_of(context.notes.document(), items[index])),
                        "write all values in one type; quotes make text");
      return std::nullopt;
    }
  }
  return items.empty() ? std::nullopt : std::optional<ValueSpec>(std::move(one_of));
}

std::optional<ValueSpec> read_drawn_range(AttributeContext& context, const Spot& spot) {
  const yaml::Node& node = context.notes.document().node(spot.node);
  ++context.draws;
  const auto range = read_range(context.notes, spot);
  if (!range || node.kind != NodeKind::sequence) {
    return std::nullopt;
  }
  if (!range->is_integer) {
    return synth::DoubleRange{range->low, range->high};
  }
  const auto integers = read_int_range(context.notes, spot);
  return integers ? std::optional<ValueSpec>(*integers) : std::nullopt;
}

std::optional<ValueSpec> read_counter(AttributeContext& context, const Spot& prefix,
                                      const MapReader& map) {
  constexpr std::int64_t k_most_digits = 20;
  Notes& notes = context.notes;
  synth::Counter counter;
  const auto text = context.patterns.read_text(notes, prefix, Emptiness::allowed);
  counter.prefix = text.value_or("");
  bool is_right = text.has_value();
  if (const auto spot = map.find("digits")) {
    const auto digits = read_integer(notes, *spot, 1, k_most_digits);
    counter.digits = static_cast<unsigned>(digits.value_or(counter.digits));
    is_right = is_right && digits;
  }
  if (const auto spot = map.find("per")) {
    const auto per = read_integer(notes, *spot, 1, INT64_MAX);
    counter.per = static_cast<std::uint64_t>(per.value_or(1));
    is_right = is_right && per;
  }
  if (const auto spot = map.find("distinct")) {
    const auto distinct = read_integer(notes, *spot, 0, INT64_MAX);
    counter.distinct = static_cast<std::uint64_t>(distinct.value_or(0));
    is_right = is_right && distinct;
  }
  return is_right ? std::optional<ValueSpec>(std::move(counter)) : std::nullopt;
}

std::optional<ValueSpec> read_number_of(AttributeContext& context, const Spot& spot) {
  const auto text = read_text(context.notes, spot);
  if (!text || !context.numbers->find(context.notes, spot)) {
    return std::nullopt;
  }
  return synth::NumberOf{std::string(*text)};
}

std::optional<ValueSpec> read_outcome(AttributeContext& context, const MapReader& map) {
  const auto ok = map.require("ok", "say what it is when the span succeeds: ok: VALUE");
  const auto failed = map.require("failed", "say what it is when the span fails: failed: VALUE");
  if (!ok || !failed) {
    return std::nullopt;
  }
  auto good = context.patterns.read_value(context.notes, *ok);
  auto bad = context.patterns.read_value(context.notes, *failed);
  if (!good || !bad) {
    return std::nullopt;
  }
  return synth::ByOutcome{std::move(*good), std::move(*bad)};
}

// A key that belongs to another way of making a value than the one that was chosen.
void note_strangers(Notes& notes, const MapReader& map, std::string_view chosen,
                    std::span<const std::string_view> keys, std::span<const std::string_view> own) {
  for (const std::string_view key : keys) {
    const auto spot = map.find(key);
    if (spot && std::find(own.begin(), own.end(), key) == own.end()) {
      notes.add_at_key(IssueKind::wrong_count, *spot,
                       fmt::format("'{}' does not go with '{}'", key, chosen),
                       "a value is made in one way: leave one of them out");
    }
  }
}

std::optional<ValueSpec> read_made_value(AttributeContext& context, const Spot& spot) {
  static constexpr std::array<std::string_view, 4> k_counter{"counter", "digits", "per",
                                                             "distinct"};
  static constexpr std::array<std::string_view, 2> k_outcome{"ok", "failed"};
  Notes& notes = context.notes;
  const auto keys = keys_of(context.owner);
  const MapReader map(notes, spot, keys);
  const auto finish = [&](std::string_view chosen, std::span<const std::string_view> own) {
    note_strangers(notes, map, chosen, keys, own);
  };
  if (const auto one_of = map.find("one_of")) {
    finish("one_of", std::array<std::string_view, 1>{"one_of"});
    return read_one_of(context, *one_of);
  }
  if (context.owner != Owner::metric) {
    if (const auto range = map.find("range")) {
      finish("range", std::array<std::string_view, 1>{"range"});
      return read_drawn_range(context, *range);
    }
    if (const auto counter = map.find("counter")) {
      finish("counter", k_counter);
      return read_counter(context, *counter, map);
    }
  }
  if (context.owner == Owner::span) {
    if (const auto number = map.find("number")) {
      finish("number", std::array<std::string_view, 1>{"number"});
      return read_number_of(context, *number);
    }
    if (map.find("ok") || map.find("failed")) {
      finish("ok", k_outcome);
      return read_outcome(context, map);
    }
  }
  if (map.has_unknown()) {
    return std::nullopt;
  }
  notes.add_at_key(
      IssueKind::missing_key, spot,
      fmt::format("{} does not say how its value is made", name_of(notes.document(), spot)),
      context.owner == Owner::metric ? "give it one_of, or a plain value"
                                     : "give it one_of, range or counter, or a plain value");
  return std::nullopt;
}

std::optional<std::string> read_key(Notes& notes, const Spot& spot) {
  const std::string_view key = notes.document().node(spot.key).text;
  if (key.empty() || !is_valid_utf8(key)) {
    notes.add_at_key(IssueKind::out_of_range, spot, "an attribute's key is empty or not UTF-8",
                     "name the attribute");
    return std::nullopt;
  }
  return notes.spend(spot, key.size()) ? std::optional(std::string(key)) : std::nullopt;
}

}  // namespace

std::vector<synth::AttributeSpec> read_attributes(AttributeContext& context, const Spot& spot) {
  Notes& notes = context.notes;
  std::vector<synth::AttributeSpec> attributes;
  // What a value takes beside its text, and is a number's whole size: see synth's wire format.
  constexpr std::uint64_t k_least_bytes = 24;
  for (const Spot& entry : entries_of(notes, spot)) {
    if (notes.is_full()) {
      break;
    }
    auto key = read_key(notes, entry);
    if (!key) {
      continue;
    }
    context.patterns.set_bytes(context.patterns.bytes() + key->size() + k_least_bytes);
    if (notes.document().node(entry.node).kind == NodeKind::map) {
      if (auto made = read_made_value(context, entry)) {
        attributes.push_back({std::move(*key), std::move(*made)});
      }
    } else if (auto value = context.patterns.read_value(notes, entry)) {
      attributes.push_back({std::move(*key), std::move(*value)});
    }
  }
  return attributes;
}

std::vector<synth::Attribute> read_plain_attributes(Notes& notes, const Spot& spot) {
  std::vector<synth::Attribute> attributes;
  for (const Spot& entry : entries_of(notes, spot)) {
    if (notes.is_full()) {
      break;
    }
    auto key = read_key(notes, entry);
    auto value = read_value(notes, entry);
    if (key && value) {
      attributes.push_back({std::move(*key), std::move(*value)});
    }
  }
  return attributes;
}

std::vector<synth::NumberSpec> read_numbers(Notes& notes, const Spot& spot, Names& names) {
  std::vector<synth::NumberSpec> numbers;
  Names ranges("range");
  const std::vector<Spot> entries = entries_of(notes, spot);
  if (entries.size() > k_most_numbers) {
    notes.add_at_key(IssueKind::wrong_count, spot,
                     fmt::format("{} has {}, more than {}", name_of(notes.document(), spot),
                                 counted(entries.size(), "number"), k_most_numbers),
                     "leave some out");
    return numbers;
  }
  for (const Spot& entry : entries) {
    const Spot key{&spot, entry.key};
    auto name = read_key(notes, entry);
    if (!name) {
      continue;
    }
    const std::string_view lasting = notes.document().node(entry.key).text;
    synth::NumberSpec number;
    number.name = std::move(*name);
    if (notes.document().node(entry.node).kind == NodeKind::map) {
      const MapReader map(notes, entry, k_sum_keys);
      const auto sum = map.require("sum", "name ranges above it: {sum: [NAME, ...]}");
      for (const Spot& part :
           sum ? items_of(notes, *sum, 1, k_most_numbers) : std::vector<Spot>()) {
        if (ranges.find(notes, part)) {
          number.sum_of.emplace_back(notes.document().node(part.node).text);
        }
      }
    } else if (const auto range = read_int_range(notes, entry)) {
      number.range = *range;
    }
    // A key that is there twice is reported as such in every file.
    if (!names.find(lasting)) {
      names.add(notes, key, lasting, numbers.size());
      if (number.sum_of.empty()) {
        ranges.add(notes, key, lasting, numbers.size());
      }
    }
    numbers.push_back(std::move(number));
  }
  return numbers;
}

}  // namespace otelctl::scenario
