// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace otelctl::config {

// Lines `begin` to `end` (exclusive) of one text that became those of another. One of the two may
// be empty: lines that were added or removed.
struct LineChange {
  std::size_t before_begin = 0;
  std::size_t before_end = 0;
  std::size_t after_begin = 0;
  std::size_t after_end = 0;

  friend bool operator==(const LineChange&, const LineChange&) = default;
};

// Each line with its line end; the last one may lack it.
std::vector<std::string_view> split_lines(std::string_view text);

// What changed, in order, as few lines as possible. Texts that differ in thousands of lines are
// compared line by line, or as one change, for time and memory's sake.
std::vector<LineChange> line_changes(const std::vector<std::string_view>& before,
                                     const std::vector<std::string_view>& after);

}  // namespace otelctl::config
