// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/interpolation.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace otelctl::settings {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_name_character(char c) {
  return is_letter(c) || (c >= '0' && c <= '9');
}

std::size_t name_length(std::string_view text) {
  if (text.empty() || !is_letter(text.front())) {
    return 0;
  }
  const auto* const end = std::find_if_not(text.begin(), text.end(), is_name_character);
  return static_cast<std::size_t>(end - text.begin());
}

// The braces of "${...}": where each opens and where it is closed, those inside counted.
struct Braces {
  std::size_t open = 0;
  std::size_t close = 0;
};

// All at once, in the order in which they open: of "${${${..." each would be looked for to the end.
std::vector<Braces> find_braces(std::string_view text) {
  std::vector<Braces> found;
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '{') {
      open.push_back(i);
    } else if (text[i] == '}' && !open.empty()) {
      const std::size_t begin = open.back();
      open.pop_back();
      if (begin > 0 && text[begin - 1] == '$') {
        found.push_back({begin, i});
      }
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Braces& left, const Braces& right) { return left.open < right.open; });
  return found;
}

class Interpolator {
 public:
  Interpolator(std::string_view text, const Lookup& lookup, std::size_t most_inserted)
      : m_text(text),
        m_lookup(lookup),
        m_most_inserted(most_inserted),
        m_braces(text.find("${") == std::string_view::npos ? std::vector<Braces>()
                                                           : find_braces(text)) {}

  Interpolation run() {
    std::size_t offset = 0;
    while (offset < m_text.size()) {
      const std::size_t dollar = std::min(m_text.find('$', offset), m_text.size());
      m_result.text += m_text.substr(offset, dollar - offset);
      offset = dollar == m_text.size() ? dollar : read_dollar(dollar);
    }
    m_result.is_known = m_result.is_known && m_result.malformed.empty();
    return std::move(m_result);
  }

 private:
  // Returns the offset behind what begins at the dollar sign.
  std::size_t read_dollar(std::size_t dollar) {
    const std::string_view rest = m_text.substr(dollar + 1);
    if (rest.starts_with('$')) {
      m_result.text += '$';
      return dollar + 2;
    }
    if (const std::size_t length = name_length(rest); length > 0) {
      insert(dollar, dollar + 1 + length, rest.substr(0, length), {});
      return dollar + 1 + length;
    }
    const auto braces =
        std::lower_bound(m_braces.begin(), m_braces.end(), dollar + 1,
                         [](const Braces& each, std::size_t at) { return each.open < at; });
    if (braces != m_braces.end() && braces->open == dollar + 1 &&
        read_braces(dollar, braces->close)) {
      return braces->close + 1;
    }
    if (m_result.malformed.size() < k_most_problems) {
      m_result.malformed.push_back(dollar);
    }
    m_result.text += '$';
    return dollar + 1;
  }

  bool read_braces(std::size_t dollar, std::size_t close) {
    const std::string_view inside = m_text.substr(dollar + 2, close - dollar - 2);
    const std::size_t length = name_length(inside);
    const std::string_view rest = inside.substr(length);
    const std::string_view sign = rest.starts_with(':') ? rest.substr(1) : rest;
    const bool is_plain = rest.empty();
    if (length == 0 || (!is_plain && (sign.empty() || std::string_view("-+?").find(sign.front()) ==
                                                          std::string_view::npos))) {
      return false;
    }
    insert(dollar, close + 1, inside.substr(0, length), rest);
    return true;
  }

  // `rest` is what stands behind the name: empty, or ":-default" and its like.
  void insert(std::size_t begin, std::size_t end, std::string_view name, std::string_view rest) {
    m_result.has_reference = true;
    auto value = m_lookup(name);
    const bool counts_empty_as_unset = rest.starts_with(':');
    if (value && value->empty() && counts_empty_as_unset) {
      value = std::nullopt;
    }
    const std::string_view operation = counts_empty_as_unset ? rest.substr(1) : rest;
    const std::string_view word = operation.empty() ? operation : operation.substr(1);
    if (operation.starts_with('+')) {
      m_result.text += value ? word : std::string_view();
      m_result.is_known = m_result.is_known && (!value || word.find('$') == std::string_view::npos);
    } else if (value) {
      insert_value(*value);
    } else if (operation.starts_with('-')) {
      m_result.text += word;
      m_result.is_known = m_result.is_known && word.find('$') == std::string_view::npos;
    } else {
      if (m_result.unset.size() < k_most_problems) {
        m_result.unset.push_back({begin, end, std::string(name)});
      }
      m_result.is_known = false;
    }
  }

  void insert_value(std::string_view value) {
    if (value.size() > m_most_inserted - m_result.inserted) {
      m_result.is_known = false;
      return;
    }
    m_result.text += value;
    m_result.inserted += value.size();
  }

  std::string_view m_text;
  const Lookup& m_lookup;
  std::size_t m_most_inserted;
  std::vector<Braces> m_braces;
  Interpolation m_result;
};

}  // namespace

Interpolation interpolate(std::string_view text, const Lookup& lookup, std::size_t most_inserted) {
  return Interpolator(text, lookup, most_inserted).run();
}

}  // namespace otelctl::settings
