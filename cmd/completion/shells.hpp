// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "cmd/context.hpp"

// How the scripts of `otelctl completion` ask, and what they are told. Every answer begins with a
// line of directives, words that a script may not know and then skips:
//
//   program=N     another program's command line begins at N (bash: a byte of the line, else the
//                 N-th word from 0); nothing follows
//   nospace       bash: what is put in is no whole word yet
//   files         bash: values are names of files, for the shell to quote; zsh: files may stand
//                 there too, files=PATTERN|PATTERN only those
//   fixed=TEXT    zsh: what stays of the word, before each value
//
// and goes on with a line for each value: bash what takes the place of its own word, zsh value, TAB
// and description, fish the same with the whole word.
namespace otelctl {

// `bound` is how long a backend may take.

// `line` is the line up to the cursor, `replaced` the word that bash takes it to be in, which it
// begins anew behind ':' and '='.
void answer_bash(const std::string& line, const std::string& replaced, Context& context,
                 nanoseconds bound);

// The last word is under the cursor. For zsh without quotes, for fish as it is typed.
void answer_zsh(std::vector<std::string> words, Context& context, nanoseconds bound);
void answer_fish(std::vector<std::string> words, Context& context, nanoseconds bound);

}  // namespace otelctl
