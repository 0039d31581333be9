// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/names.hpp"
#include "scenario/reading.hpp"
#include "scenario/scalars.hpp"
#include "synth/scenario.hpp"

namespace otelctl::scenario {

// The choices of a scenario, and the texts that may hold {column}.
class Patterns {
 public:
  // Whether the texts are those of a trace, for which rows are drawn; metrics belong to none.
  enum class Rows { drawn, none };

  explicit Patterns(Rows rows = Rows::drawn) : m_rows(rows) {}

  std::vector<synth::Choice> read_choices(Notes& notes, const Spot& spot);

  // A text whose places are of known columns and whose braces are in order.
  std::optional<std::string> read_text(Notes& notes, const Spot& spot,
                                       Emptiness emptiness = Emptiness::refused);
  // The same for a value and for all texts of a list.
  std::optional<synth::Value> read_value(Notes& notes, const Spot& spot);

  // What all texts so far come to once they are filled in with the longest cells.
  std::uint64_t bytes() const { return m_bytes; }
  void set_bytes(std::uint64_t bytes) { m_bytes = bytes; }

 private:
  std::optional<synth::Choice> read_choice(Notes& notes, const Spot& spot);
  void read_row(Notes& notes, const Spot& spot, std::size_t first_column, synth::Choice& choice);
  bool check(Notes& notes, const Spot& spot, std::string_view text);
  bool check_place(Notes& notes, const Spot& spot, std::string_view column);

  Rows m_rows;
  Names m_columns{"column"};
  std::vector<std::uint64_t> m_longest;  // of each column, its longest cell
  std::uint64_t m_bytes = 0;
};

}  // namespace otelctl::scenario
