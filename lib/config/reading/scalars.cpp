// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/reading/scalars.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/suggest.hpp"
#include "base/text.hpp"
#include "config/reading/map_reader.hpp"
#include "config/words.hpp"
#include "yaml/scalar.hpp"

namespace otelctl::config::reading {
namespace {

using yaml::NodeKind;
using yaml::ScalarType;

std::string without_spaces(std::string_view text) {
  std::string closed(text);
  std::erase(closed, ' ');
  return closed;
}

}  // namespace

std::optional<Scalar> scalar_at(Notes& notes, const Spot& spot, std::string_view wanted) {
  if (notes.document().node(spot.node).kind != NodeKind::scalar) {
    note_wrong_kind(notes, spot, wanted);
    return std::nullopt;
  }
  const Scalar scalar = notes.scalar(spot);
  return scalar.is_complete ? std::optional(scalar) : std::nullopt;
}

std::string value_words(Notes& notes, const Spot& spot) {
  const yaml::Node& node = notes.document().node(spot.node);
  if (node.kind != NodeKind::scalar) {
    return std::string(config::kind_words(node));
  }
  const Scalar scalar = notes.scalar(spot);
  std::string_view type = "text";
  switch (scalar.type) {
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
  return fmt::format("{} {}", type, shown(scalar.text));
}

void note_out_of_range(Notes& notes, const Spot& spot, std::string_view range) {
  notes.add(IssueKind::out_of_range, spot,
            fmt::format("{} must be {}, not {}", name_of(notes.document(), spot), range,
                        shown(notes.scalar(spot).text)),
            fmt::format("write one that is {}", range));
}

void note_wrong_type(Notes& notes, const Spot& spot, std::string_view wanted, std::string help) {
  notes.add(IssueKind::wrong_type, spot,
            fmt::format("{}: expected {}, found {}", name_of(notes.document(), spot), wanted,
                        value_words(notes, spot)),
            std::move(help));
}

std::optional<std::string_view> read_text(Notes& notes, const Spot& spot, Emptiness emptiness) {
  const auto scalar = scalar_at(notes, spot, "text");
  if (!scalar || !notes.spend(spot, scalar->text.size())) {
    return std::nullopt;
  }
  if (scalar->text.empty() && emptiness == Emptiness::refused) {
    notes.add(IssueKind::out_of_range, spot,
              fmt::format("{} is empty", name_of(notes.document(), spot)),
              advice_to_give(spot, "a text"));
    return std::nullopt;
  }
  return scalar->text;
}

std::optional<bool> read_boolean(Notes& notes, const Spot& spot) {
  const auto scalar = scalar_at(notes, spot, "true or false");
  if (!scalar) {
    return std::nullopt;
  }
  if (scalar->type != ScalarType::boolean) {
    note_wrong_type(notes, spot, "true or false", "write true or false, without quotes");
    return std::nullopt;
  }
  return yaml::read_boolean(scalar->text);
}

std::optional<std::int64_t> read_integer(Notes& notes, const Spot& spot, std::int64_t least,
                                         std::int64_t most) {
  const auto scalar = scalar_at(notes, spot, "a whole number");
  if (!scalar) {
    return std::nullopt;
  }
  if (scalar->type != ScalarType::integer) {
    note_wrong_type(notes, spot, "a whole number", "write digits only, without quotes");
    return std::nullopt;
  }
  const auto number = yaml::read_integer(scalar->text);
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
  const auto scalar = scalar_at(notes, spot, "a number");
  if (!scalar) {
    return std::nullopt;
  }
  const ScalarType type = scalar->type;
  if (type != ScalarType::integer && type != ScalarType::number) {
    note_wrong_type(notes, spot, "a number", "write a number, without quotes and unit");
    return std::nullopt;
  }
  const auto number = yaml::read_number(scalar->text);
  if (!number || !std::isfinite(*number)) {
    note_out_of_range(notes, spot, "finite");
    return std::nullopt;
  }
  return number;
}

std::optional<nanoseconds> read_duration(Notes& notes, const Spot& spot, nanoseconds most) {
  const auto scalar = scalar_at(notes, spot, "a duration");
  if (!scalar) {
    return std::nullopt;
  }
  const std::string_view text = scalar->text;
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
  if (*duration > most) {
    note_out_of_range(notes, spot, fmt::format("between 0s and {}", format_duration_exact(most)));
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

}  // namespace otelctl::config::reading
