// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/scalars.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/words.hpp"
#include "scenario/map_reader.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::scenario {
namespace {

using config::IssueKind;
using config::number_words;
using config::shown;
using yaml::NodeKind;
using yaml::ScalarType;

constexpr std::string_view k_text_tag = "tag:yaml.org,2002:str";
constexpr std::string_view k_number_tag = "tag:yaml.org,2002:float";

// The type by the core schema of YAML 1.2.
ScalarType type_of(const yaml::Document& document, const yaml::Node& node) {
  const std::string_view tag = document.tag(node);
  if (!node.is_plain() || tag == k_text_tag) {
    return ScalarType::text;
  }
  const ScalarType type = yaml::resolve_plain(node.text).core;
  return tag == k_number_tag && type == ScalarType::integer ? ScalarType::number : type;
}

// The scalar of which type `wanted` speaks; none, and a note, for lists, maps and null.
const yaml::Node* scalar_at(Notes& notes, const Spot& spot, std::string_view wanted) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind == NodeKind::scalar) {
    return &node;
  }
  note_wrong_kind(notes, spot, wanted);
  return nullptr;
}

void note_wrong_type(Notes& notes, const Spot& spot, std::string_view wanted, std::string help) {
  const yaml::Node& node = notes.document().node(spot.node);
  notes.add(IssueKind::wrong_type, spot,
            fmt::format("{}: expected {}, found {}", name_of(notes.document(), spot), wanted,
                        value_words(notes.document(), node)),
            std::move(help));
}

// yaml-cpp makes single bytes of \N and \_ in double quotes.
bool is_utf8(Notes& notes, const Spot& spot, std::string_view text) {
  if (is_valid_utf8(text)) {
    return true;
  }
  notes.add(
      IssueKind::wrong_type, spot,
      fmt::format("{} is not UTF-8 once its escapes are read", name_of(notes.document(), spot)),
      "write \\u0085 for \\N, and \\u00a0 for \\_");
  return false;
}

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
    const yaml::Node* const node = scalar_at(notes, item, "text");
    if (node == nullptr) {
      return std::nullopt;
    }
    if (type_of(notes.document(), *node) != ScalarType::text) {
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

std::string without_spaces(std::string_view text) {
  std::string closed(text);
  std::erase(closed, ' ');
  return closed;
}

}  // namespace

std::string value_words(const yaml::Document& document, const yaml::Node& node) {
  if (node.kind != NodeKind::scalar) {
    return std::string(config::kind_words(node));
  }
  std::string_view type = "text";
  switch (type_of(document, node)) {
    case ScalarType::null:
      type = "null";
      break;
    case ScalarType::boolean:
      type = "the boolean";
      break;
    case ScalarType::integer:
    case ScalarType::number:
      type = "the number";
      break;
    case ScalarType::date:
    case ScalarType::text:
      break;
  }
  return fmt::format("{} {}", type, shown(node.text));
}

void note_out_of_range(Notes& notes, const Spot& spot, std::string_view range) {
  const yaml::Node& node = notes.document().node(spot.node);
  notes.add(IssueKind::out_of_range, spot,
            fmt::format("{} must be {}, not {}", name_of(notes.document(), spot), range,
                        shown(node.text)),
            fmt::format("write one that is {}", range));
}

std::optional<std::string_view> read_text(Notes& notes, const Spot& spot, Emptiness emptiness) {
  const yaml::Node* const node = scalar_at(notes, spot, "text");
  if (node == nullptr || !notes.spend(spot, node->text.size()) ||
      !is_utf8(notes, spot, node->text)) {
    return std::nullopt;
  }
  if (node->text.empty() && emptiness == Emptiness::refused) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} is empty", name_of(notes.document(), spot)),
              advice_to_give(spot, "a text"));
    return std::nullopt;
  }
  return node->text;
}

std::optional<bool> read_boolean(Notes& notes, const Spot& spot) {
  const yaml::Node* const node = scalar_at(notes, spot, "true or false");
  if (node == nullptr) {
    return std::nullopt;
  }
  if (type_of(notes.document(), *node) != ScalarType::boolean) {
    note_wrong_type(notes, spot, "true or false", "write true or false, without quotes");
    return std::nullopt;
  }
  return yaml::read_boolean(node->text);
}

std::optional<std::int64_t> read_integer(Notes& notes, const Spot& spot, std::int64_t least,
                                         std::int64_t most) {
  const yaml::Node* const node = scalar_at(notes, spot, "a whole number");
  if (node == nullptr) {
    return std::nullopt;
  }
  if (type_of(notes.document(), *node) != ScalarType::integer) {
    note_wrong_type(notes, spot, "a whole number", "write digits only, without quotes");
    return std::nullopt;
  }
  const auto number = yaml::read_integer(node->text);
  if (number && *number >= least && *number <= most) {
    return number;
  }
  if (least == INT64_MIN && most == INT64_MAX) {
    note_out_of_range(notes, spot, "within 64 bits");
  } else if (most == INT64_MAX) {
    note_out_of_range(notes, spot, fmt::format("at least {}", least));
  } else {
    note_out_of_range(notes, spot, fmt::format("between {} and {}", least, most));
  }
  return std::nullopt;
}

std::optional<double> read_number(Notes& notes, const Spot& spot) {
  const yaml::Node* const node = scalar_at(notes, spot, "a number");
  if (node == nullptr) {
    return std::nullopt;
  }
  const ScalarType type = type_of(notes.document(), *node);
  if (type != ScalarType::integer && type != ScalarType::number) {
    note_wrong_type(notes, spot, "a number", "write a number, without quotes and unit");
    return std::nullopt;
  }
  const auto number = yaml::read_number(node->text);
  if (!number || !std::isfinite(*number)) {
    note_out_of_range(notes, spot, "finite");
    return std::nullopt;
  }
  return number;
}

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
  const yaml::Node* const node = scalar_at(notes, spot, "a duration");
  if (node == nullptr) {
    return std::nullopt;
  }
  const std::string_view text = node->text;
  if (text.starts_with('-') && parse_duration(text.substr(1))) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} must not be negative, but is {}", name_of(notes.document(), spot),
                          shown(text)),
              fmt::format("write {}", text.substr(1)));
    return std::nullopt;
  }
  const auto duration = parse_duration(text);
  if (!duration) {
    const std::string closed = without_spaces(text);
    note_wrong_type(notes, spot, "a duration",
                    closed != text && parse_duration(closed) ? fmt::format("write {}", closed)
                                                             : duration.error().hint);
    return std::nullopt;
  }
  if (*duration > synth::k_max_own_time) {
    note_out_of_range(
        notes, spot,
        fmt::format("between 0s and {}", format_duration_exact(synth::k_max_own_time)));
    return std::nullopt;
  }
  return *duration;
}

std::optional<std::size_t> read_choice(Notes& notes, const Spot& spot,
                                       const std::vector<std::string>& names) {
  const auto text = read_text(notes, spot);
  if (!text) {
    return std::nullopt;
  }
  const auto found = std::find(names.begin(), names.end(), *text);
  if (found != names.end()) {
    return static_cast<std::size_t>(found - names.begin());
  }
  std::string help = did_you_mean(*text, names);
  notes.add(IssueKind::not_a_choice, spot,
            fmt::format("{}: {} is not one of {}", name_of(notes.document(), spot), shown(*text),
                        join(names, ", ")),
            help.empty() ? fmt::format("write {}", join(names, ", ")) : std::move(help));
  return std::nullopt;
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
    const yaml::Node& node = notes.document().node(end.node);
    return node.kind == NodeKind::scalar && type_of(notes.document(), node) == ScalarType::integer;
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
  switch (type_of(notes.document(), node)) {
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
