// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal/table.hpp"

#include <algorithm>
#include <utility>

#include "terminal/width.hpp"

namespace otelctl::terminal {
namespace {

constexpr std::size_t k_gap = 2;
// A shrinking column keeps this much, so that its text still tells something.
constexpr std::size_t k_least = 8;

}  // namespace

Table::Table(std::vector<std::string> header)
    : m_is_right(header.size(), false), m_shrinks(header.size(), false) {
  m_rows.push_back(std::move(header));
}

Table& Table::right_align(std::size_t column) {
  m_is_right[column] = true;
  return *this;
}

Table& Table::shrink(std::size_t column) {
  m_shrinks[column] = true;
  return *this;
}

void Table::add_row(std::vector<std::string> cells) {
  cells.resize(m_is_right.size());
  m_rows.push_back(std::move(cells));
}

std::string Table::render(std::size_t width, bool unicode) const {
  std::vector<std::size_t> widths(m_is_right.size(), 0);
  for (const auto& row : m_rows) {
    for (std::size_t column = 0; column < row.size(); ++column) {
      widths[column] = std::max(widths[column], display_width(row[column]));
    }
  }
  std::size_t total = k_gap * (widths.size() - 1);
  for (const std::size_t column_width : widths) {
    total += column_width;
  }
  for (std::size_t column = 0; column < widths.size(); ++column) {
    if (m_shrinks[column] && total > width && widths[column] > k_least) {
      const std::size_t given = std::min(total - width, widths[column] - k_least);
      widths[column] -= given;
      total -= given;
    }
  }
  std::string text;
  for (const auto& row : m_rows) {
    std::string line;
    for (std::size_t column = 0; column < row.size(); ++column) {
      line += column > 0 ? std::string(k_gap, ' ') : std::string{};
      const std::string cell =
          m_shrinks[column] ? shorten(row[column], widths[column], unicode) : row[column];
      line += m_is_right[column] ? pad_left(cell, widths[column]) : pad_right(cell, widths[column]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace otelctl::terminal
