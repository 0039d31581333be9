// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/env_script.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "settings/file_variables.hpp"

namespace otelctl::settings {
namespace {

constexpr std::string_view k_blanks = " \t\r";
// Words that begin a line of a script and never one of a .env file.
constexpr std::array<std::string_view, 30> k_shell_words{
    "if",       "then",   "elif",  "else",  "fi",       "for",    "do",    "done",
    "while",    "case",   "esac",  "set",   ".",        "source", "unset", "echo",
    "exec",     "eval",   "cd",    "[",     "[[",       "return", "exit",  "trap",
    "function", "printf", "local", "shift", "readonly", "declare"};

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

// The length of "NAME" where the text begins with "NAME=", else 0.
std::size_t assigned_name(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) {
    return 0;
  }
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_name_character);
  return end != text.end() && *end == '=' ? static_cast<std::size_t>(end - text.begin()) : 0;
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t\r\n;"));
}

bool is_exporting_word(std::string_view word) {
  return word == "export" || word == "readonly" || word == "local" || word == "declare" ||
         word == "typeset" || word == "env" || word.starts_with('-');
}

class ScriptReader {
 public:
  ScriptReader(std::string_view text, const Environment* environment, std::size_t most_entries)
      : m_text(text),
        m_most_entries(most_entries),
        m_variables(environment, FileVariables::Precedence::file) {
    m_content.is_script = true;
  }

  EnvFileContent run() {
    while (m_offset < m_text.size() && m_content.entries.size() < m_most_entries) {
      read_line();
    }
    m_content.is_cut = m_offset < m_text.size();
    return std::move(m_content);
  }

 private:
  void read_line() {
    ++m_line;
    bool begins_statement = true;
    for (skip_blanks(); !is_at_line_end(); skip_blanks()) {
      const std::string_view rest = m_text.substr(m_offset);
      const std::size_t length = assigned_name(rest);
      if (begins_statement && length > 0) {
        read_assignment(length);
      } else if (begins_statement && is_exporting_word(first_word(rest))) {
        m_offset += first_word(rest).size();
      } else if (rest.front() == '#') {
        break;
      } else {
        const std::string_view word = first_word(rest);
        begins_statement = word.empty() || word == "&&" || word == "||" || word == "then" ||
                           word == "else" || word == "do";
        m_offset += std::max<std::size_t>(word.size(), 1);
      }
    }
    const std::size_t end = m_text.find('\n', m_offset);
    m_offset = end == std::string_view::npos ? m_text.size() : end + 1;
  }

  void skip_blanks() {
    m_offset = std::min(m_text.find_first_not_of(k_blanks, m_offset), m_text.size());
  }

  bool is_at_line_end() const { return m_offset >= m_text.size() || m_text[m_offset] == '\n'; }

  void read_assignment(std::size_t length) {
    EnvFileEntry entry;
    entry.name = std::string(m_text.substr(m_offset, length));
    entry.line = m_line;
    entry.name_begin = m_offset;
    entry.name_end = m_offset + length;
    entry.begin = entry.name_end + 1;
    m_offset = entry.begin;
    std::size_t pieces = 0;
    while (!is_at_line_end() && k_ends.find(m_text[m_offset]) == std::string_view::npos) {
      read_piece(entry);
      ++pieces;
    }
    entry.end = m_offset;
    const char first = entry.begin < entry.end ? m_text[entry.begin] : '\0';
    entry.quote = pieces == 1 && (first == '\'' || first == '"') ? first : '\0';
    m_variables.add(entry);
    m_content.entries.push_back(std::move(entry));
  }

  // One stretch of a word: quoted or not.
  void read_piece(EnvFileEntry& entry) {
    const char quote = m_text[m_offset];
    if (quote != '\'' && quote != '"') {
      const std::size_t begin = m_offset;
      m_offset = std::min(m_text.find_first_of(" \t\r\n;&|'\"", begin), m_text.size());
      const std::string_view piece = m_text.substr(begin, m_offset - begin);
      skip_substitution(piece, begin);
      add_expanded(entry, m_text.substr(begin, m_offset - begin));
      return;
    }
    const std::size_t begin = m_offset + 1;
    std::size_t end = begin;
    while (end < m_text.size() && m_text[end] != quote) {
      end += quote == '"' && m_text[end] == '\\' ? 2U : 1U;
    }
    end = std::min(end, m_text.size());
    const std::string_view piece = m_text.substr(begin, end - begin);
    m_line += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
    m_offset = std::min(end + 1, m_text.size());
    if (quote == '"') {
      add_expanded(entry, piece);
    } else {
      entry.value += piece;
    }
  }

  // `$(a b)` is one word although it holds blanks.
  void skip_substitution(std::string_view piece, std::size_t begin) {
    const std::size_t dollar = piece.find("$(");
    if (dollar == std::string_view::npos) {
      return;
    }
    const std::size_t line_end = std::min(m_text.find('\n', begin), m_text.size());
    const std::size_t close = m_text.substr(begin, line_end - begin).rfind(')');
    m_offset = close != std::string_view::npos ? begin + close + 1 : line_end;
  }

  void add_expanded(EnvFileEntry& entry, std::string_view piece) {
    if (piece.find('`') != std::string_view::npos || piece.find("$(") != std::string_view::npos) {
      entry.is_known = false;
      entry.value += piece;
      return;
    }
    std::string text;
    for (std::size_t i = 0; i < piece.size(); ++i) {
      const bool is_escape = piece[i] == '\\' && i + 1 < piece.size();
      if (is_escape && piece[i + 1] == '$') {
        text += m_variables.expands() ? "$$" : "$";
      } else if (is_escape && piece[i + 1] == '\n') {
        // A line that goes on below.
      } else if (is_escape) {
        text += piece[i + 1];
      } else {
        text += piece[i];
      }
      i += is_escape ? 1U : 0U;
    }
    m_variables.expand(entry, text);
  }

  static constexpr std::string_view k_ends = " \t\r;&|";

  std::string_view m_text;
  std::size_t m_most_entries;
  FileVariables m_variables;
  std::size_t m_offset = 0;
  std::size_t m_line = 0;
  EnvFileContent m_content;
};

}  // namespace

bool is_script(std::string_view text) {
  if (text.starts_with("#!")) {
    return true;
  }
  bool has_export = false;
  bool has_shell_word = false;
  while (!text.empty() && !(has_export && has_shell_word)) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line.remove_prefix(std::min(line.find_first_not_of(k_blanks), line.size()));
    const std::string_view word = first_word(line);
    const std::string_view behind = line.substr(word.size());
    const std::size_t next = std::min(behind.find_first_not_of(k_blanks), behind.size());
    has_export = has_export || (word == "export" && assigned_name(behind.substr(next)) > 0);
    has_shell_word = has_shell_word || std::find(k_shell_words.begin(), k_shell_words.end(),
                                                 word) != k_shell_words.end();
  }
  return has_export && has_shell_word;
}

EnvFileContent read_script(std::string_view text, const Environment* environment,
                           std::size_t most_entries) {
  return ScriptReader(text, environment, most_entries).run();
}

}  // namespace otelctl::settings
