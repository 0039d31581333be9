// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "cmd/completion/shell_words.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace otelctl {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// The name behind a '$', and what is behind that; empty where none is.
std::string_view variable_at(std::string_view text, std::string_view& behind) {
  const bool has_braces = text.starts_with('{');
  const std::string_view inside = has_braces ? text.substr(1) : text;
  std::size_t end = 0;
  while (end < inside.size() && (is_letter(inside[end]) || (end > 0 && is_digit(inside[end])))) {
    ++end;
  }
  if (has_braces && (end == inside.size() || inside[end] != '}')) {
    return {};
  }
  behind = inside.substr(end + (has_braces ? 1 : 0));
  return inside.substr(0, end);
}

class Splitter {
 public:
  Splitter(std::string_view line, const Environment* environment)
      : m_line(line), m_environment(environment) {}

  ShellLine split() {
    for (m_at = 0; m_at < m_line.size(); ++m_at) {
      take(m_line[m_at]);
    }
    if (!m_has_word) {
      begin_word();
    }
    // Variables stay in the word that is being typed.
    m_word.text = m_plain;
    m_result.words.push_back(m_word);
    m_result.is_redirection = m_is_redirected;
    return std::move(m_result);
  }

 private:
  void take(char c) {
    switch (m_result.quote) {
      case Quote::single_quotes:
        c == '\'' ? close() : add(c);
        return;
      case Quote::double_quotes:
        take_in_double_quotes(c);
        return;
      case Quote::none:
        take_unquoted(c);
        return;
    }
  }

  void take_in_double_quotes(char c) {
    constexpr std::string_view k_escapable = "\"\\$`";
    if (c == '"') {
      close();
    } else if (c == '\\' && k_escapable.find(peek()) != std::string_view::npos) {
      add(m_line[++m_at]);
    } else if (c == '$') {
      take_variable();
    } else {
      add(c);
    }
  }

  void take_unquoted(char c) {
    if (c == ' ' || c == '\t' || c == '\n') {
      end_word();
      return;
    }
    if (c == '<' || c == '>') {
      take_redirection();
      return;
    }
    begin_word();
    if (c == '\'' || c == '"') {
      m_result.quote = c == '"' ? Quote::double_quotes : Quote::single_quotes;
    } else if (c == '\\') {
      if (m_at + 1 < m_line.size()) {
        add(m_line[++m_at]);
      }
    } else if (c == '$') {
      take_variable();
    } else if (c == '~' && m_plain.empty() && (peek() == '/' || is_last())) {
      m_plain += c;
      m_word.text += m_environment == nullptr ? "~" : expanded_word("~", *m_environment);
    } else {
      add(c);
    }
  }

  // The digits before it are the number of a descriptor; ">>", ">&" and ">|" are one sign.
  void take_redirection() {
    if (m_has_word && std::all_of(m_plain.begin(), m_plain.end(), is_digit)) {
      m_has_word = false;
    }
    end_word();
    while (peek() == '>' || peek() == '<' || peek() == '&' || peek() == '|') {
      ++m_at;
    }
    m_is_redirected = true;
  }

  void take_variable() {
    begin_word();
    std::string_view behind;
    const std::string_view rest = m_line.substr(m_at + 1);
    const std::string_view name = variable_at(rest, behind);
    if (name.empty()) {
      add('$');
      return;
    }
    const std::size_t length = rest.size() - behind.size();
    m_plain += '$';
    m_plain += rest.substr(0, length);
    if (m_environment != nullptr) {
      m_word.text += m_environment->get(name).value_or("");
    }
    m_at += length;
  }

  void begin_word() {
    if (!m_has_word) {
      m_has_word = true;
      m_word = {{}, std::min(m_at, m_line.size())};
      m_plain.clear();
    }
  }

  void end_word() {
    if (m_has_word && !m_is_redirected) {
      m_result.words.push_back(m_word);
    }
    m_is_redirected = m_is_redirected && !m_has_word;
    m_has_word = false;
  }

  void add(char c) {
    m_plain += c;
    m_word.text += c;
  }
  void close() { m_result.quote = Quote::none; }
  char peek() const { return m_at + 1 < m_line.size() ? m_line[m_at + 1] : '\0'; }
  bool is_last() const { return m_at + 1 == m_line.size(); }

  std::string_view m_line;
  const Environment* m_environment;
  std::size_t m_at = 0;
  ShellLine m_result;
  ShellWord m_word;
  std::string m_plain;  // the word with its variables as they are written
  bool m_has_word = false;
  bool m_is_redirected = false;
};

}  // namespace

ShellLine split_shell_line(std::string_view line, const Environment& environment) {
  return Splitter(line, &environment).split();
}

std::string unquoted_word(std::string_view word) {
  return Splitter(word, nullptr).split().words.back().text;
}

std::string expanded_word(std::string_view word, const Environment& environment) {
  std::string text;
  if (word == "~" || word.starts_with("~/")) {
    text = environment.get("HOME").value_or("~");
    word.remove_prefix(1);
  }
  while (!word.empty()) {
    std::string_view behind;
    const std::string_view name =
        word.front() == '$' ? variable_at(word.substr(1), behind) : std::string_view{};
    if (name.empty()) {
      text += word.front();
      word.remove_prefix(1);
    } else {
      text += environment.get(name).value_or("");
      word = behind;
    }
  }
  return text;
}

std::string quoted_for_bash(std::string_view text, Quote quote) {
  constexpr std::string_view k_plain = "%+,-./:=@^_~";
  constexpr std::string_view k_special_in_double_quotes = "\"\\$`";
  std::string quoted;
  for (const char c : text) {
    const bool is_first = quoted.empty();
    if (quote == Quote::single_quotes) {
      quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
      continue;
    }
    const bool is_special =
        quote == Quote::double_quotes
            ? k_special_in_double_quotes.find(c) != std::string_view::npos
            : !(is_letter(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80 ||
                (k_plain.find(c) != std::string_view::npos && !(c == '~' && is_first)));
    quoted += is_special ? fmt::format("\\{}", c) : std::string(1, c);
  }
  return quoted;
}

}  // namespace otelctl
