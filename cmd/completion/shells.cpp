// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/shells.hpp"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "base/text.hpp"
#include "cmd/completion/complete.hpp"
#include "cmd/completion/files.hpp"
#include "cmd/completion/shell_words.hpp"

namespace otelctl {
namespace {

// A folder, or a key whose value is still to come.
bool is_unfinished(const std::string& value) {
  return value.ends_with('/') || value.ends_with('=');
}

std::vector<std::string> fitting_values(const Answer& answer) {
  std::vector<std::string> values;
  for (const Suggestion& each : answer.suggestions) {
    if (answer.fits(each)) {
      values.push_back(each.value);
    }
  }
  return values;
}

std::vector<std::string> files_of(const Answer& answer, Context& context) {
  std::vector<std::string> files;
  if (answer.files) {
    files = files_beginning(answer.typed, *answer.files, context.environment());
    std::erase_if(files, [](const std::string& name) { return escape_for_terminal(name) != name; });
  }
  return files;
}

void expand_all_but_last(std::vector<std::string>& words, const Environment& environment) {
  for (std::size_t index = 0; index + 1 < words.size(); ++index) {
    words[index] = expanded_word(words[index], environment);
  }
}

// What of the word under the cursor bash does not replace, without quotes.
std::string kept_text(std::string_view word, const std::string& replaced) {
  if (word.ends_with(replaced)) {
    word.remove_suffix(replaced.size());
  }
  return unquoted_word(word);
}

void write_for_bash(const Answer& answer, const ShellLine& shell_line, const std::string& kept,
                    Context& context) {
  std::vector<std::string> values = fitting_values(answer);
  std::vector<std::string> files = files_of(answer, context);
  const bool are_only_files = values.empty();
  values.insert(values.end(), files.begin(), files.end());
  std::ostream& out = context.out();
  out << (are_only_files && !files.empty() ? "files" : "values");
  if (!are_only_files && std::all_of(values.begin(), values.end(), is_unfinished)) {
    out << " nospace";
  }
  out << '\n';
  for (std::string& value : values) {
    value.insert(0, answer.fixed);
    if (!value.starts_with(kept)) {
      continue;
    }
    value.erase(0, kept.size());
    if (are_only_files && value.ends_with('/')) {
      value.pop_back();  // bash puts it there itself
    }
    out << (are_only_files ? value : quoted_for_bash(value, shell_line.quote)) << '\n';
  }
}

}  // namespace

void answer_bash(const std::string& line, const std::string& replaced, Context& context,
                 nanoseconds bound) {
  const ShellLine shell_line = split_shell_line(line, context.environment());
  const std::string kept =
      kept_text(std::string_view(line).substr(shell_line.words.back().begin), replaced);
  if (shell_line.is_redirection) {
    write_for_bash({.typed = shell_line.words.back().text, .files = FilePatterns{}}, shell_line,
                   kept, context);
    return;
  }
  std::vector<std::string> words;
  for (std::size_t index = 1; index < shell_line.words.size(); ++index) {
    words.push_back(shell_line.words[index].text);
  }
  if (words.empty()) {
    return;
  }
  const Answer answer = complete(words, context, bound);
  if (answer.program) {
    context.out() << fmt::format("program={}\n", shell_line.words[*answer.program + 1].begin);
    return;
  }
  write_for_bash(answer, shell_line, kept, context);
}

void answer_zsh(std::vector<std::string> words, Context& context, nanoseconds bound) {
  expand_all_but_last(words, context.environment());
  const Answer answer = complete(words, context, bound);
  std::ostream& out = context.out();
  if (answer.program) {
    out << fmt::format("program={}\n", *answer.program);
    return;
  }
  out << "values";
  if (answer.files) {
    out << " files" << (answer.files->empty() ? "" : "=") << join(*answer.files, "|");
  }
  out << "\nfixed=" << answer.fixed << '\n';
  for (const Suggestion& each : answer.suggestions) {
    out << each.value << '\t' << each.description << '\n';
  }
}

void answer_fish(std::vector<std::string> words, Context& context, nanoseconds bound) {
  expand_all_but_last(words, context.environment());
  if (!words.empty()) {
    words.back() = unquoted_word(words.back());
  }
  const Answer answer = complete(words, context, bound);
  std::ostream& out = context.out();
  if (answer.program) {
    out << fmt::format("program={}\n", *answer.program);
    return;
  }
  out << "values\n";
  for (const Suggestion& each : answer.suggestions) {
    out << answer.fixed << each.value << '\t' << each.description << '\n';
  }
  for (const std::string& file : files_of(answer, context)) {
    out << answer.fixed << file << '\n';
  }
}

}  // namespace otelctl
