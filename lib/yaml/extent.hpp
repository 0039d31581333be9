// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "yaml/document.hpp"

namespace otelctl::yaml {

// yaml-cpp says where a value begins, but neither where it ends nor how it is quoted. These read
// that off the source. All offsets are bytes from the start of `source`.

// Past blanks, line ends and comments.
std::size_t skip_blank(std::string_view source, std::size_t offset);

// Past the tag and the anchor that stand at `offset` and the blank after them.
std::size_t skip_properties(std::string_view source, std::size_t offset);

// The offset behind the quote that closes the one at `begin`; nothing where it never closes.
std::optional<std::size_t> end_of_quoted(std::string_view source, std::size_t begin);

// How the scalar at `begin` is written.
Style style_at(std::string_view source, std::size_t begin);

// The end of a plain or block scalar whose content is `text`: folding changes only blanks, so the
// other characters are found again one by one.
std::size_t end_of_content(std::string_view source, std::size_t begin, std::string_view text,
                           Style style);

// The end of a flow collection whose last child ends at `offset`: behind its bracket.
std::size_t end_of_flow(std::string_view source, std::size_t offset);

// Whether an explicit null (~, null, Null, NULL) stands at `offset`, and its end.
std::optional<std::size_t> end_of_null_word(std::string_view source, std::size_t offset);

}  // namespace otelctl::yaml
