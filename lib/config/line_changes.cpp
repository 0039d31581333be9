// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/line_changes.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <unordered_map>

namespace otelctl::config {
namespace {

// Removed and added lines up to which the fewest are looked for; memory grows with the square.
constexpr std::int32_t k_most_differences = 1000;

// The lines as numbers, equal ones the same.
class Numbers {
 public:
  std::vector<std::int32_t> of(const std::vector<std::string_view>& lines, std::size_t begin,
                               std::size_t end) {
    std::vector<std::int32_t> numbers;
    numbers.reserve(end - begin);
    for (std::size_t index = begin; index < end; ++index) {
      const auto next = static_cast<std::int32_t>(m_numbers.size());
      numbers.push_back(m_numbers.emplace(lines[index], next).first->second);
    }
    return numbers;
  }

 private:
  std::unordered_map<std::string_view, std::int32_t> m_numbers;
};

// E. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986): the furthest
// point on each diagonal for 0, 1, 2... differences; the points are kept to walk back along them.
class ShortestEdit {
 public:
  ShortestEdit(const std::vector<std::int32_t>& before, const std::vector<std::int32_t>& after)
      : m_before(before), m_after(after) {}

  // Nothing when more differences are needed than allowed.
  std::optional<std::vector<LineChange>> find() {
    const std::int32_t most =
        std::min(size(m_before) + size(m_after), std::int32_t{k_most_differences});
    for (std::int32_t differences = 0; differences <= most; ++differences) {
      std::vector<std::int32_t> row(static_cast<std::size_t>(differences) + 1);
      for (std::int32_t diagonal = -differences; diagonal <= differences; diagonal += 2) {
        const std::int32_t x = slide(start_of(differences, diagonal), diagonal);
        row[index(differences, diagonal)] = x;
        if (x == size(m_before) && x - diagonal == size(m_after)) {
          m_rows.push_back(std::move(row));
          return walk_back(differences, diagonal);
        }
      }
      m_rows.push_back(std::move(row));
    }
    return std::nullopt;
  }

 private:
  static std::int32_t size(const std::vector<std::int32_t>& lines) {
    return static_cast<std::int32_t>(lines.size());
  }

  // A row has only every second diagonal.
  static std::size_t index(std::int32_t differences, std::int32_t diagonal) {
    return static_cast<std::size_t>((diagonal + differences) / 2);
  }

  std::int32_t reached(std::int32_t differences, std::int32_t diagonal) const {
    return m_rows[static_cast<std::size_t>(differences)][index(differences, diagonal)];
  }

  // Whether the best way to this point adds a line of `after` rather than removing one of `before`.
  bool comes_from_above(std::int32_t differences, std::int32_t diagonal) const {
    return diagonal == -differences ||
           (diagonal != differences &&
            reached(differences - 1, diagonal - 1) < reached(differences - 1, diagonal + 1));
  }

  std::int32_t start_of(std::int32_t differences, std::int32_t diagonal) const {
    if (differences == 0) {
      return 0;
    }
    return comes_from_above(differences, diagonal) ? reached(differences - 1, diagonal + 1)
                                                   : reached(differences - 1, diagonal - 1) + 1;
  }

  std::int32_t slide(std::int32_t x, std::int32_t diagonal) const {
    std::int32_t y = x - diagonal;
    // A point beyond the edge is one that no way leads on from.
    while (x < size(m_before) && y >= 0 && y < size(m_after) &&
           m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)]) {
      ++x;
      ++y;
    }
    return x;
  }

  std::vector<LineChange> walk_back(std::int32_t differences, std::int32_t diagonal) const {
    std::vector<LineChange> changes;
    for (; differences > 0; --differences) {
      const bool adds = comes_from_above(differences, diagonal);
      const auto x = static_cast<std::size_t>(start_of(differences, diagonal));
      const std::size_t y = x - static_cast<std::size_t>(diagonal);
      LineChange step{x, x, y, y};
      (adds ? step.after_begin : step.before_begin) -= 1;
      if (!changes.empty() && changes.back().before_begin == step.before_end &&
          changes.back().after_begin == step.after_end) {
        changes.back().before_begin = step.before_begin;
        changes.back().after_begin = step.after_begin;
      } else {
        changes.push_back(step);
      }
      diagonal += adds ? 1 : -1;
    }
    std::reverse(changes.begin(), changes.end());
    return changes;
  }

  const std::vector<std::int32_t>& m_before;
  const std::vector<std::int32_t>& m_after;
  std::vector<std::vector<std::int32_t>> m_rows;
};

std::vector<LineChange> changes_in_place(const std::vector<std::int32_t>& before,
                                         const std::vector<std::int32_t>& after) {
  if (before.size() != after.size()) {
    return {{0, before.size(), 0, after.size()}};
  }
  std::vector<LineChange> changes;
  for (std::size_t line = 0; line < before.size(); ++line) {
    if (before[line] == after[line]) {
      continue;
    }
    if (!changes.empty() && changes.back().before_end == line) {
      ++changes.back().before_end;
      ++changes.back().after_end;
    } else {
      changes.push_back({line, line + 1, line, line + 1});
    }
  }
  return changes;
}

}  // namespace

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t line_end = text.find('\n');
    const std::size_t length = line_end == std::string_view::npos ? text.size() : line_end + 1;
    lines.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return lines;
}

std::vector<LineChange> line_changes(const std::vector<std::string_view>& before,
                                     const std::vector<std::string_view>& after) {
  const auto [first_before, first_after] =
      std::mismatch(before.begin(), before.end(), after.begin(), after.end());
  const auto begin = static_cast<std::size_t>(first_before - before.begin());
  std::size_t before_end = before.size();
  std::size_t after_end = after.size();
  while (before_end > begin && after_end > begin &&
         before[before_end - 1] == after[after_end - 1]) {
    --before_end;
    --after_end;
  }
  if (before_end == begin && after_end == begin) {
    return {};
  }
  Numbers numbers;
  const auto old_lines = numbers.of(before, begin, before_end);
  const auto new_lines = numbers.of(after, begin, after_end);
  auto changes = ShortestEdit(old_lines, new_lines).find();
  if (!changes) {
    changes = changes_in_place(old_lines, new_lines);
  }
  for (LineChange& change : *changes) {
    change.before_begin += begin;
    change.before_end += begin;
    change.after_begin += begin;
    change.after_end += begin;
  }
  return std::move(*changes);
}

}  // namespace otelctl::config
