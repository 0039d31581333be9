// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/scalars.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using config::number_words;
using config::shown;
using yaml::NodeKind;
using yaml::ScalarType;

// What readers of YAML 1.1 would not take for text.
void check_ambiguity(Notes& notes, const Spot& spot, const yaml::Node& node) {
  if (node.is_plain() && notes.document().tag(node).empty() &&
      yaml::resolve_plain(node.text).legacy != ScalarType::text) {
    notes.add(IssueKind::ambiguous_scalar, spot,
              fmt::format("{} is text here, and something else in YAML 1.1", shown(node.text)),
              "quote it, so that no reader mistakes it");
  }
}

std::optional<synth::Value> read_texts(Notes& notes, const Spot& spot) {
  std::vector<std::string> texts;
  constexpr std::size_t k_no_limit = SIZE_MAX;
  for (const Spot& item : items_of(notes, spot, 0, k_no_limit)) {
    const auto scalar = scalar_at(notes, item, "text");
    if (!scalar) {
      return std::nullopt;
    }
    if (scalar->type != ScalarType::text) {
      note_wrong_type(notes, item, "text", "lists of attributes hold text only: quote it");
      return std::nullopt;
    }
    const auto text = read_text(notes, item, Emptiness::allowed);
    if (!text) {
      return std::nullopt;
    }
    texts.emplace_back(*text);
  }
  return texts;
}

// 5 for 5%.
std::optional<double> percent_at(const Notes& notes, const Spot& spot) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind != NodeKind::scalar || !node.text.ends_with('%')) {
    return std::nullopt;
  }
  const auto number = yaml::read_number(node.text.substr(0, node.text.size() - 1));
  return number && *number >= 0.0 && *number <= 100.0 ? number : std::nullopt;
}

std::string share_of(double percent) {
  return fmt::format("write {} for {}%", number_words(percent / 100), number_words(percent));
}

}  // namespace

std::optional<double> read_share(Notes& notes, const Spot& spot) {
  if (const auto percent = percent_at(notes, spot)) {
    note_wrong_type(notes, spot, "a number", share_of(*percent));
    return std::nullopt;
  }
  const auto number = read_number(notes, spot);
  if (number && (*number < 0.0 || *number > 1.0)) {
    const bool is_percent = *number > 1.0 && *number <= 100.0;
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} must be between 0 and 1, not {}", name_of(notes.document(), spot),
                          number_words(*number)),
              is_percent ? share_of(*number) : "0 is never, 1 is always");
    return std::nullopt;
  }
  return number;
}

std::optional<nanoseconds> read_duration(Notes& notes, const Spot& spot) {
  return config::reading::read_duration(notes, spot, synth::k_max_own_time);
}

std::optional<Ends> read_ends(Notes& notes, const Spot& spot) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind != NodeKind::sequence) {
    note_wrong_kind(notes, spot, "a list", "write [LOW, HIGH]");
    return std::nullopt;
  }
  if (node.child_count != 2) {
    notes.add(IssueKind::wrong_count, spot,
              fmt::format("{} has {}, not 2", name_of(notes.document(), spot),
                          counted(node.child_count, "item")),
              "write [LOW, HIGH]");
    return std::nullopt;
  }
  const std::vector<Spot> items = items_of(notes, spot, 2, 2);
  return Ends{items[0], items[1]};
}

std::optional<Range> read_range(Notes& notes, const Spot& spot) {
  const auto ends = read_ends(notes, spot);
  if (!ends) {
    return std::nullopt;
  }
  const auto is_integer = [&](const Spot& end) {
    return notes.document().node(end.node).kind == NodeKind::scalar &&
           notes.scalar(end).type == ScalarType::integer;
  };
  Range range;
  range.is_integer = is_integer(ends->low) && is_integer(ends->high);
  if (range.is_integer) {
    const auto low = read_integer(notes, ends->low, INT64_MIN, INT64_MAX);
    const auto high = read_integer(notes, ends->high, INT64_MIN, INT64_MAX);
    if (!low || !high) {
      return std::nullopt;
    }
    range.integers = {*low, *high};
  }
  const auto low = read_number(notes, ends->low);
  const auto high = read_number(notes, ends->high);
  if (!low || !high) {
    return std::nullopt;
  }
  range.low = *low;
  range.high = *high;
  const bool is_down =
      range.is_integer ? range.integers.low > range.integers.high : range.low > range.high;
  if (is_down) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} goes from {} down to {}", name_of(notes.document(), spot),
                          number_words(range.low), number_words(range.high)),
              "write the low end first");
    return std::nullopt;
  }
  // Numbers between are made of the difference.
  if (!std::isfinite(range.high - range.low)) {
    note_out_of_range(notes, ends->high, "a finite number above the low end");
    return std::nullopt;
  }
  return range;
}

std::optional<synth::IntRange> read_int_range(Notes& notes, const Spot& spot) {
  const auto range = read_range(notes, spot);
  if (!range) {
    return std::nullopt;
  }
  if (!range->is_integer) {
    notes.add(IssueKind::wrong_type, spot,
              fmt::format("{}: expected whole numbers", name_of(notes.document(), spot)),
              "write both ends without decimals");
    return std::nullopt;
  }
  // Draws of integers use 32 random bits.
  constexpr std::uint64_t k_widest = (std::uint64_t{1} << 32U) - 1;
  const auto width = static_cast<std::uint64_t>(range->integers.high) -
                     static_cast<std::uint64_t>(range->integers.low);
  if (width > k_widest) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} is wider than 2^32", name_of(notes.document(), spot)),
              "draw from fewer numbers");
    return std::nullopt;
  }
  return range->integers;
}

std::optional<synth::Value> read_value(Notes& notes, const Spot& spot) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind == NodeKind::sequence) {
    return read_texts(notes, spot);
  }
  if (node.kind != NodeKind::scalar) {
    note_wrong_kind(notes, spot, "a value");
    return std::nullopt;
  }
  switch (notes.scalar(spot).type) {
    case ScalarType::boolean:
      return yaml::read_boolean(node.text);
    case ScalarType::integer:
      return read_integer(notes, spot, INT64_MIN, INT64_MAX);
    case ScalarType::number:
      return yaml::read_number(node.text);
    case ScalarType::null:
    case ScalarType::date:
    case ScalarType::text:
      break;
  }
  check_ambiguity(notes, spot, node);
  const auto text = read_text(notes, spot, Emptiness::allowed);
  return text ? std::optional<synth::Value>(std::string(*text)) : std::nullopt;
}

}  // namespace otelctl::scenario
