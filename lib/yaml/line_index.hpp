// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace otelctl::yaml {

// A place as editors show it: both count from 1, columns in Unicode code points.
struct Position {
  std::uint32_t line = 1;
  std::uint32_t column = 1;

  friend bool operator==(const Position&, const Position&) = default;
};

// Turns byte offsets into positions. Lines end with '\n'; a byte order mark takes no column.
class LineIndex {
 public:
  LineIndex() = default;
  // `text` must outlive the index.
  explicit LineIndex(std::string_view text);

  // Offsets behind the end count as the end.
  Position at(std::size_t offset) const;

 private:
  std::string_view m_text;
  // The position at every k_step bytes: memory stays small for a file of line ends, and one long
  // line is not counted from its start for each place in it.
  std::vector<Position> m_checkpoints;
};

}  // namespace otelctl::yaml
