// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/suggest.hpp"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl {
namespace {

// Names longer than this are not compared: the table is quadratic, and nobody's flag is so long.
constexpr std::size_t k_longest = 128;

std::string normalised(std::string_view name) {
  std::string plain;
  for (const char c : to_lower(name)) {
    if (std::string_view("-_. ").find(c) == std::string_view::npos) {
      plain += c;
    }
  }
  return plain;
}

}  // namespace

std::size_t edit_distance(std::string_view from, std::string_view to) {
  const std::size_t columns = to.size() + 1;
  std::vector<std::size_t> before(columns);
  std::vector<std::size_t> above(columns);
  std::vector<std::size_t> row(columns);
  for (std::size_t column = 0; column < columns; ++column) {
    above[column] = column;
  }
  for (std::size_t line = 1; line <= from.size(); ++line) {
    row[0] = line;
    for (std::size_t column = 1; column < columns; ++column) {
      const std::size_t replaced = above[column - 1] + (from[line - 1] == to[column - 1] ? 0U : 1U);
      row[column] = std::min({above[column] + 1, row[column - 1] + 1, replaced});
      const bool is_swap = line > 1 && column > 1 && from[line - 1] == to[column - 2] &&
                           from[line - 2] == to[column - 1];
      if (is_swap) {
        row[column] = std::min(row[column], before[column - 2] + 1);
      }
    }
    std::swap(before, above);
    std::swap(above, row);
  }
  return above[to.size()];
}

std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& known) {
  const std::string wanted = normalised(name);
  std::vector<std::string> best;
  if (wanted.empty() || wanted.size() > k_longest) {
    return best;
  }
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3);
  for (const std::string& candidate : known) {
    if (candidate.size() > k_longest) {
      continue;
    }
    const std::size_t distance = edit_distance(wanted, normalised(candidate));
    if (distance > least) {
      continue;
    }
    if (distance < least) {
      best.clear();
      least = distance;
    }
    best.push_back(candidate);
  }
  return best;
}

std::string did_you_mean(std::string_view name, const std::vector<std::string>& known) {
  std::vector<std::string> quoted;
  for (const std::string& candidate : nearest(name, known)) {
    quoted.push_back(fmt::format("'{}'", candidate));
  }
  return quoted.empty() ? std::string{} : fmt::format("did you mean {}?", join(quoted, " or "));
}

}  // namespace otelctl
