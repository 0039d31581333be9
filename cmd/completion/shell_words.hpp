// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/environment.hpp"

namespace otelctl {

// What kind of quotes a place stands in.
enum class Quote { none, single_quotes, double_quotes };

struct ShellWord {
  std::string text;       // without its quotes
  std::size_t begin = 0;  // offset of its first byte in the line
};

// A line up to the cursor as a shell reads it; nothing in it is run or looked up but variables.
struct ShellLine {
  // At least one; the last, which may be empty, is under the cursor. Redirections are left out.
  std::vector<ShellWord> words;
  // Where the cursor stands.
  Quote quote = Quote::none;
  // The last word is the file of a redirection.
  bool is_redirection = false;
};

// Splits at spaces, takes quotes and backslashes off, and puts in what $NAME, ${NAME} and ~/ stand
// for (of exported variables), but not in the last word. The rest of the shell's language stays as
// it is written.
ShellLine split_shell_line(std::string_view line, const Environment& environment);

// One word without its quotes, of which the last may be open.
std::string unquoted_word(std::string_view word);

// What $NAME, ${NAME} and ~/ at the beginning of a word stand for.
std::string expanded_word(std::string_view word, const Environment& environment);

// The text as bash reads it where a word goes on within such quotes; the closing one is left out.
std::string quoted_for_bash(std::string_view text, Quote quote);

}  // namespace otelctl
