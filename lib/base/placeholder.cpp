// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/placeholder.hpp"

#include <algorithm>
#include <string>

#include "base/text.hpp"

namespace otelctl {
namespace {

bool is_placeholder_word(std::string_view word) {
  const std::string lower = to_lower(word);
  const bool is_bracketed = lower.size() > 2 && lower.front() == '<' && lower.back() == '>';
  return is_bracketed || lower.starts_with("your_") || lower.starts_with("your-") ||
         lower.starts_with("xxx") || lower == "changeme" || lower == "change-me" ||
         lower.starts_with("replace") || lower == "todo" || lower == "..." ||
         (lower.starts_with("example") && lower.ends_with("key"));
}

}  // namespace

bool is_placeholder(std::string_view text) {
  const auto words = split(trim(text), ' ');
  // "<your api key>" has spaces inside of its brackets.
  return is_placeholder_word(trim(text)) ||
         std::any_of(words.begin(), words.end(), is_placeholder_word);
}

}  // namespace otelctl
