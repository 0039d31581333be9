// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "base/text.hpp"

namespace otelctl::fuzz {

// Ends the process in the way that fuzzers look for.
inline void require(bool holds, std::string_view what) {
  if (!holds) {
    std::fprintf(stderr, "does not hold: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
  }
}

// Text that may go into any format and to any terminal.
inline void require_printable(std::string_view text) {
  require(is_valid_utf8(text), "text is UTF-8");
  require(escape_for_terminal(text) == text, "text of the file is escaped");
}

}  // namespace otelctl::fuzz
