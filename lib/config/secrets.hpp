// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "yaml/document.hpp"

namespace otelctl::config {

// Bytes of a file, `end` exclusive.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The line that holds the offset, without its line end and without a byte order mark.
Span line_around(std::string_view source, std::size_t offset);

// What of a line must not be shown, in order: every value of headers, values whose keys say that
// they are secrets, values that look like one, URLs with user or query. Where the document could
// not be read, and in comments, the line is judged by its text, rather too much than too little.
std::vector<Span> secrets_in(const yaml::Document& document, Span line);
// The same for a part of the line only: a line may be as long as a file.
std::vector<Span> secrets_in(const yaml::Document& document, Span line, Span window);

}  // namespace otelctl::config
