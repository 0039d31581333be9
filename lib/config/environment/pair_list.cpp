// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/environment/pair_list.hpp"

#include <algorithm>
#include <optional>

#include "base/text.hpp"
#include "settings/variables.hpp"

namespace otelctl::config {
namespace {

std::optional<unsigned> hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return static_cast<unsigned>(c - '0');
  }
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? std::optional(static_cast<unsigned>(lower - 'a') + 10)
                                      : std::nullopt;
}

// A broken escape stays as it is.
std::string percent_decoded(std::string_view text, bool& has_bad_escape) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto high = text[i] == '%' && i + 2 < text.size() ? hex_digit(text[i + 1]) : std::nullopt;
    const auto low = high ? hex_digit(text[i + 2]) : std::nullopt;
    if (low) {
      decoded += static_cast<char>(*high * 16 + *low);
      i += 2;
    } else {
      has_bad_escape = has_bad_escape || text[i] == '%';
      decoded += text[i];
    }
  }
  return to_valid_utf8(decoded);
}

}  // namespace

std::vector<Pair> split_pairs(std::string_view text) {
  std::vector<Pair> pairs;
  for (const std::string_view part : split(text, ',')) {
    const std::string_view item = trim(part);
    Pair pair;
    const auto offset_of = [&](std::string_view piece) {
      return static_cast<std::size_t>(piece.data() - text.data());
    };
    if (item.empty()) {
      continue;
    }
    const std::size_t equals = item.find('=');
    pair.has_equals = equals != std::string_view::npos;
    const std::string_view key = trim(item.substr(0, equals));
    const std::string_view value =
        pair.has_equals ? trim(item.substr(equals + 1)) : item.substr(item.size());
    pair.begin = offset_of(item);
    pair.end = pair.begin + item.size();
    pair.key_begin = key.empty() ? pair.begin : offset_of(key);
    pair.key_end = pair.key_begin + key.size();
    pair.value_begin = value.empty() ? pair.end : offset_of(value);
    pair.value_end = pair.value_begin + value.size();
    pair.key = percent_decoded(key, pair.has_bad_escape);
    pair.value = percent_decoded(value, pair.has_bad_escape);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

Place place_in_value(const Assignment& assignment, std::size_t begin, std::size_t end) {
  Place place = assignment.item.place;
  if (assignment.item.text_begin && begin < end) {
    place.begin = *assignment.item.text_begin + begin;
    place.end = *assignment.item.text_begin + end;
  }
  return place;
}

Item item_of_pair(const Assignment& assignment, const Pair& pair) {
  Item item;
  item.name = pair.key;
  item.text = pair.value;
  item.is_readable = assignment.item.is_readable;
  item.is_from_variable = assignment.item.is_from_variable;
  item.place = assignment.item.place;
  item.place.path = assignment.item.place.path;
  if (const auto& begin = assignment.item.text_begin) {
    const bool is_empty = pair.value_begin == pair.value_end;
    item.place.begin = *begin + (is_empty ? pair.begin : pair.value_begin);
    item.place.end = *begin + pair.value_end;
    item.place.key_begin = *begin + pair.key_begin;
    item.place.key_end = *begin + pair.key_end;
    if (pair.value_end - pair.value_begin == pair.value.size()) {
      item.text_begin = *begin + pair.value_begin;
    }
  }
  return item;
}

bool holds_headers(const Assignment& assignment) {
  const settings::Variable* variable = settings::find_variable(assignment.name());
  return variable != nullptr && variable->type == settings::VariableType::headers;
}

}  // namespace otelctl::config
