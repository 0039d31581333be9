// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace otelctl::terminal {

// A table without borders: a header row, columns as wide as their widest cell, two spaces between
// them, no trailing spaces. Cells must already be escaped; those of
// columns that do not shrink may be coloured.
class Table {
 public:
  explicit Table(std::vector<std::string> header);

  Table& right_align(std::size_t column);
  // The column that gives way when the table is wider than render() may be.
  Table& shrink(std::size_t column);
  void add_row(std::vector<std::string> cells);
  bool empty() const { return m_rows.size() == 1; }

  // Every line ends with a newline. Cells of shrinking columns lose their middle to an ellipsis.
  std::string render(std::size_t width, bool unicode = true) const;

 private:
  std::vector<std::vector<std::string>> m_rows;
  std::vector<bool> m_is_right;
  std::vector<bool> m_shrinks;
};

}  // namespace otelctl::terminal
