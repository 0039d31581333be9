// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/section/section.hpp"

#include <algorithm>
#include <iterator>

#include "yaml/scalar.hpp"

namespace otelctl::config {

using State = Section::Value::State;

std::optional<bool> Section::flag(Key key) const {
  const Value& found = value(key);
  if (found.state == State::missing) {
    return yaml::read_boolean(spec_of(key).default_value);
  }
  return found.state == State::readable ? std::optional(found.truth) : std::nullopt;
}

std::optional<double> Section::number(Key key) const {
  const Value& found = value(key);
  if (found.state == State::missing) {
    return yaml::read_number(spec_of(key).default_value);
  }
  return found.state == State::readable ? std::optional(found.number) : std::nullopt;
}

std::optional<std::string> Section::text(Key key) const {
  const Value& found = value(key);
  if (found.state == State::missing) {
    return std::string(spec_of(key).default_value);
  }
  return found.state == State::readable ? std::optional(found.item.text) : std::nullopt;
}

std::vector<Item> Section::items(Key key) const {
  std::vector<Item> readable;
  const std::vector<Item>& all = value(key).items;
  std::copy_if(all.begin(), all.end(), std::back_inserter(readable),
               [](const Item& item) { return item.is_readable; });
  return readable;
}

const Place& Section::place(Key key) const {
  while (key != Key::section && !is_set(key)) {
    key = spec_of(key).parent;
  }
  return value(key).item.place;
}

}  // namespace otelctl::config
