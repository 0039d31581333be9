// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/interpolation.hpp"

#include <algorithm>
#include <optional>

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

class Interpolator {
 public:
  Interpolator(std::string_view text, const Lookup& lookup, std::size_t most_inserted)
      : m_text(text),
        m_lookup(lookup),
        m_most_inserted(most_inserted),
        m_left_to_scan(k_scans * text.size()) {}

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
    const auto close =
        rest.starts_with('{') ? closing_brace(dollar + 2) : std::optional<std::size_t>();
    if (close && read_braces(dollar, *close)) {
      return *close + 1;
    }
    if (m_result.malformed.size() < k_most_problems) {
      m_result.malformed.push_back(dollar);
    }
    m_result.text += '$';
    return dollar + 1;
  }

  // The offset of the brace that closes the one before `begin`, braces inside counted. Only braces
  // that close nothing are looked through again from the next one on: of text that is made of them
  // the rest is left as it is.
  std::optional<std::size_t> closing_brace(std::size_t begin) {
    std::size_t open = 1;
    for (std::size_t i = begin; i < m_text.size() && m_left_to_scan > 0; ++i, --m_left_to_scan) {
      if (m_text[i] == '{') {
        ++open;
      } else if (m_text[i] == '}' && --open == 0) {
        return i;
      }
    }
    return std::nullopt;
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

  static constexpr std::size_t k_scans = 16;

  std::string_view m_text;
  const Lookup& m_lookup;
  std::size_t m_most_inserted;
  std::size_t m_left_to_scan;
  Interpolation m_result;
};

}  // namespace

Interpolation interpolate(std::string_view text, const Lookup& lookup, std::size_t most_inserted) {
  return Interpolator(text, lookup, most_inserted).run();
}

}  // namespace otelctl::settings
