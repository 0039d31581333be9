// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace otelctl::yaml {

// Whole lines of a file: from the start of one to behind the line end of another.
struct Lines {
  std::size_t begin = 0;
  std::size_t end = 0;

  bool overlaps(const Lines& other) const { return begin < other.end && other.begin < end; }
};

// By indentation alone, so for files too that are no YAML: the line at `offset` and those below it
// that are indented deeper. Of a comment only its own line.
Lines block_at(std::string_view source, std::size_t offset);

// The same, or the block of the key above where nothing else would be left under that.
Lines block_to_cut(std::string_view source, std::size_t offset);

// The block that holds the lines: of the nearest line above that is indented less, else from the
// nearest line above at all.
Lines block_around(std::string_view source, Lines lines);

// Whether a line with content, not a comment, stands between the two offsets.
bool has_content_between(std::string_view source, std::size_t begin, std::size_t end);

}  // namespace otelctl::yaml
