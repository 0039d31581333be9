// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/server_words.hpp"

#include <algorithm>
#include <cstddef>

#include "base/text.hpp"
#include "net/deadline.hpp"

namespace otelctl::otlp {

std::string with_server_words(std::string clause, std::string_view words) {
  // Some servers answer with a stack trace.
  constexpr std::size_t k_longest = 300;
  words = trim(words);
  if (words.empty()) {
    return clause;
  }
  std::size_t end = std::min(words.size(), k_longest);
  // Not in the middle of a character.
  while (end > 0 && end < words.size() &&
         (static_cast<unsigned char>(words[end]) & 0xC0U) == 0x80) {
    --end;
  }
  std::string shown(words.substr(0, end));
  shown += end < words.size() ? "..." : "";
  return clause + ": " + escape_for_terminal(shown);
}

std::string with_wait(std::string hint, std::optional<nanoseconds> retry_after) {
  if (!retry_after || *retry_after <= nanoseconds::zero()) {
    return hint;
  }
  return "the server asks to wait " + net::format_limit(*retry_after) + " before the next try; " +
         hint;
}

}  // namespace otelctl::otlp
