// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "cmd/completion/value_request.hpp"

namespace otelctl {

// What may stand under the cursor.
struct Answer {
  // What stays of the word there, before each suggestion.
  std::string fixed = {};
  // What stands behind it, which suggestions may begin with.
  std::string typed = {};
  // All that there is, also what does not begin as typed: some shells look for more than that. No
  // more than 1000. Values are valid UTF-8 without control characters, descriptions a line each
  // that is safe to show.
  std::vector<Suggestion> suggestions = {};
  // Files may stand there too.
  std::optional<FilePatterns> files = std::nullopt;
  // Another program's command line begins at this word; nothing else is set then.
  std::optional<std::size_t> program = std::nullopt;

  bool fits(const Suggestion& suggestion) const { return suggestion.value.starts_with(typed); }
};

// Completes the last word, which may be empty, of a command line without the program's name. It
// writes nothing, runs nothing, and asks the network only for values that are there and nowhere
// else. What goes wrong, or takes a backend longer than `bound`, is no answer.
Answer complete(const std::vector<std::string>& words, Context& context, nanoseconds bound);

}  // namespace otelctl
