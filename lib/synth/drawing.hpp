// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.hpp"
#include "synth/columns.hpp"
#include "synth/decks.hpp"
#include "synth/scenario.hpp"
#include "synth/shape.hpp"

namespace otelctl::synth {

// Draws what a unit's records hold: the row of each choice once, then texts, values and the bounds
// of numbers. The scenario has passed check_scenario and outlives `decks`, from which rows and the
// values of lists are drawn.
class Drawing {
 public:
  Drawing(const std::vector<Choice>& choices, Random& random, Decks& decks);

  // How often the span stands below its parent.
  std::uint64_t copies_of(const SpanSpec& spec);

  // The span's contents; its place in the tree is the caller's.
  ShapeSpan span(const SpanSpec& spec);
  std::vector<ShapeAttribute> attributes(const std::vector<AttributeSpec>& specs);
  std::string text(std::string_view pattern) const;
  Value value(const Value& pattern) const;

  // What the choices gave.
  const Columns& columns() const { return m_columns; }
  // All numbers so far; NumberPlace::index counts in it.
  std::vector<ShapeNumber> take_numbers() { return std::move(m_numbers); }

 private:
  // From 0 to `bound` - 1.
  std::size_t draw(std::uint64_t bound);
  std::uint32_t add(ShapeNumber number, std::int64_t drawn);
  std::uint32_t add_number(const IntRange& range);
  std::uint32_t add_sum(const std::vector<std::string>& names);
  std::uint32_t add_counted(const Counter& counter);
  void keep_alike(std::vector<std::uint32_t> parts, std::int64_t drawn);
  ShapeAttribute attribute(const AttributeSpec& spec);

  Random& m_random;
  Decks& m_decks;
  Columns m_columns;
  std::map<std::string, std::uint32_t, std::less<>> m_names;  // of the span that is being drawn
  std::map<std::pair<std::uint64_t, std::uint64_t>, std::uint32_t> m_counted;  // per and distinct
  std::vector<ShapeNumber> m_numbers;
  std::vector<std::int64_t> m_drawn;  // beside m_numbers
};

}  // namespace otelctl::synth
