// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otelctl::terminal {

// How many columns the text takes: combining marks none, CJK and emoji two (Unicode East Asian
// Width). Colour sequences made by Style take none.
std::size_t display_width(std::string_view text);

// Fills with spaces on the right or left up to `width`; longer text is left as it is.
std::string pad_right(std::string_view text, std::size_t width);
std::string pad_left(std::string_view text, std::size_t width);

// At most `width` columns: what is too long loses its middle to an ellipsis ("…", or "..." where
// `unicode` is false). Uncoloured text only.
std::string shorten(std::string_view text, std::size_t width, bool unicode = true);

// shorten() and then pad_right().
std::string fit(std::string_view text, std::size_t width, bool unicode = true);

// Breaks a paragraph at spaces into lines of at most `width` columns; a longer word stays whole.
std::string wrap(std::string_view paragraph, std::size_t width, std::size_t indent = 0);

}  // namespace otelctl::terminal
