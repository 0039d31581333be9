// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/redact_text.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Of a name or a key, as "x-api-key" and "db_password" are.
bool is_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-' ||
         c == '.';
}

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

bool is_quote(char c) {
  return c == '"' || c == '\'';
}

// Goes over a text word by word and copies it, but for its secrets.
class Redaction {
 public:
  explicit Redaction(std::string_view text) : m_text(text) {}

  std::string run() {
    while (m_at < m_text.size()) {
      if (m_text.substr(m_at).starts_with("://")) {
        take_authority();
      } else if (is_word(m_text[m_at])) {
        take_word();
      } else {
        take(1);
      }
    }
    return std::move(m_safe);
  }

 private:
  void take(std::size_t count) {
    m_safe += m_text.substr(m_at, count);
    m_at += count;
  }

  template <typename Is>
  std::size_t skip(std::size_t from, Is is) const {
    while (from < m_text.size() && is(m_text[from])) {
      ++from;
    }
    return from;
  }

  // What stands before an @ in a URL.
  void take_authority() {
    take(3);
    // No user and password are longer; text full of "://" shall not be looked through each time.
    constexpr std::size_t k_longest = 512;
    const std::string_view ahead = m_text.substr(m_at, k_longest);
    const auto* const end = std::find_if(ahead.begin(), ahead.end(), [](char c) {
      return static_cast<unsigned char>(c) <= ' ' || is_quote(c);
    });
    const std::size_t length =
        userinfo_length(ahead.substr(0, static_cast<std::size_t>(end - ahead.begin())));
    if (length > 0) {
      m_safe += k_redacted;
      m_at += length;
    }
  }

  void take_word() {
    const std::size_t end = skip(m_at, is_word);
    const std::string_view word = m_text.substr(m_at, end - m_at);
    constexpr std::size_t k_shortest_key = 16;
    if (word.size() >= k_shortest_key && looks_secret(word)) {
      m_safe += k_redacted;
      m_at = end;
      return;
    }
    take(word.size());
    if (equals_ignoring_case(word, "bearer") || equals_ignoring_case(word, "basic")) {
      take_credentials();
    } else if (is_secret_name(word)) {
      take_value();
    }
  }

  // "Basic needs" is no secret, and "Bearer" may end a sentence.
  void take_credentials() {
    constexpr std::size_t k_shortest = 8;
    const std::size_t first = skip(m_at, is_space);
    if (first == m_at) {
      return;
    }
    const std::size_t end = skip(
        first, [](char c) { return is_word(c) || c == '+' || c == '/' || c == '=' || c == '~'; });
    const std::string_view value = m_text.substr(first, end - first);
    if (value.size() >= k_shortest &&
        (std::any_of(value.begin(), value.end(), is_digit) || value.back() == '=')) {
      take(first - m_at);
      m_safe += k_redacted;
      m_at = end;
    }
  }

  // After a name that says so: = and any value, or : and what is quoted or holds a digit.
  void take_value() {
    std::size_t sign = m_at;
    const bool is_quoted_name = sign < m_text.size() && is_quote(m_text[sign]);
    sign = skip(sign + (is_quoted_name ? 1 : 0), is_space);
    if (sign >= m_text.size() || (m_text[sign] != '=' && m_text[sign] != ':')) {
      return;
    }
    std::size_t first = skip(sign + 1, is_space);
    const char quote = first < m_text.size() && is_quote(m_text[first]) ? m_text[first] : '\0';
    first += quote != '\0' ? 1 : 0;
    const auto goes_on = [quote](char c) {
      return quote != '\0' ? c != quote
                           : static_cast<unsigned char>(c) > ' ' && c != '&' && c != ';' &&
                                 c != ',' && c != ')' && c != '}' && !is_quote(c);
    };
    if (m_text[sign] != '=' && !is_quoted_name && !has_digit(first, goes_on)) {
      return;
    }
    const std::size_t end = skip(first, goes_on);
    const std::string_view value = m_text.substr(first, end - first);
    // "authorization: Bearer ..." is seen when its second word is.
    const bool is_scheme =
        equals_ignoring_case(value, "bearer") || equals_ignoring_case(value, "basic");
    if (!is_scheme && !value.empty()) {
      take(first - m_at);
      m_safe += k_redacted;
      m_at = end;
    }
  }

  // In the value that begins there. Not far behind its beginning: of "token:token:token:..." every
  // word has the rest of the text as its value.
  template <typename GoesOn>
  bool has_digit(std::size_t from, GoesOn goes_on) const {
    constexpr std::size_t k_far = 1024;
    const std::string_view ahead = m_text.substr(from, k_far);
    const auto* const end = std::find_if_not(ahead.begin(), ahead.end(), goes_on);
    return std::any_of(ahead.begin(), end, is_digit);
  }

  std::string_view m_text;
  std::size_t m_at = 0;
  std::string m_safe;
};

}  // namespace

std::string redact_text(std::string_view text) {
  return Redaction(text).run();
}

}  // namespace otelctl
