// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/issue.hpp"
#include "config/section/section_schema.hpp"

namespace otelctl::config {

// The values of a telemetry section. A key that is missing has its default; one whose value could
// not be read (an issue was reported, or a variable is not set) has none, so that a rule that asks
// for it stays silent.
class Section {
 public:
  struct Value {
    enum class State : std::uint8_t { missing, readable, unreadable };
    State state = State::missing;
    bool truth = false;
    double number = 0;  // of integers too
    Item item = {};
    std::vector<Item> items = {};
  };

  std::optional<bool> flag(Key key) const;
  std::optional<double> number(Key key) const;
  std::optional<std::string> text(Key key) const;
  // The readable items of a list, or entries of a map, that is in the file.
  std::vector<Item> items(Key key) const;

  // The key is in the file, readable or not.
  bool is_set(Key key) const { return value(key).state != Value::State::missing; }
  // Its value comes from the environment at least in part.
  bool is_from_variable(Key key) const { return value(key).item.is_from_variable; }
  // Where its value is; of a missing key, where the nearest map around it is named.
  const Place& place(Key key) const;

  // Whether a byte offset lies in it.
  bool contains(std::size_t offset) const { return offset >= m_begin && offset < m_end; }
  void set_extent(std::size_t begin, std::size_t end) {
    m_begin = begin;
    m_end = end;
  }

  const Value& value(Key key) const { return m_values[static_cast<std::size_t>(key)]; }
  Value& value(Key key) { return m_values[static_cast<std::size_t>(key)]; }

 private:
  std::array<Value, static_cast<std::size_t>(Key::count)> m_values{};
  std::size_t m_begin = 0;
  std::size_t m_end = 0;
};

}  // namespace otelctl::config
