// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace otelctl {

// Edits between two words: insertions, deletions, replacements and swaps of neighbours
// (Damerau-Levenshtein, optimal string alignment).
std::size_t edit_distance(std::string_view from, std::string_view to);

// The known names nearest to a misspelt one: within max(1, length / 3) edits, where case, '-', '_',
// '.' and spaces count for nothing. All that share the least distance are returned, in the order of
// `known`; none when nothing is near.
std::vector<std::string> nearest(std::string_view name, const std::vector<std::string>& known);

// A hint made of them: "did you mean 'a' or 'b'?"; empty when none is near.
std::string did_you_mean(std::string_view name, const std::vector<std::string>& known);

}  // namespace otelctl
