// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/header_mask.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/base64.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

constexpr std::size_t k_shortest = 4;
// A shorter value is hidden only where it stands as a word of its own.
constexpr std::size_t k_surely_secret = 8;
constexpr char k_cover = '*';

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool stands_alone(std::string_view text, std::size_t at, std::size_t size) {
  const bool joins_left = at > 0 && is_word(text[at - 1]) && is_word(text[at]);
  const std::size_t end = at + size;
  const bool joins_right = end < text.size() && is_word(text[end]) && is_word(text[end - 1]);
  return !joins_left && !joins_right;
}

// The credentials behind the scheme of an authorization header, and what Basic's are made of.
std::vector<std::string> parts_of(std::string_view value) {
  std::vector<std::string> parts{std::string(value)};
  const auto space = value.find(' ');
  if (space == std::string_view::npos) {
    return parts;
  }
  const std::string credentials(trim(value.substr(space)));
  parts.push_back(credentials);
  const bool is_basic = equals_ignoring_case(value.substr(0, space), "basic");
  if (const auto login = is_basic ? decode_base64(credentials) : std::nullopt) {
    parts.push_back(*login);
    const auto colon = login->find(':');
    if (colon != std::string::npos) {
      parts.push_back(login->substr(colon + 1));
    }
  }
  return parts;
}

// The query as it stands in the URL, and of its values those that are no mere words.
std::vector<std::string> parts_of_query(std::string_view query) {
  std::vector<std::string> parts{std::string(query)};
  for (const std::string_view pair : split(query, '&')) {
    const std::string_view value = pair.substr(pair.find('=') + 1);
    if (value.size() >= k_surely_secret) {
      parts.emplace_back(value);
    }
  }
  return parts;
}

std::string without_stars(std::string_view text) {
  std::string safe;
  while (!text.empty()) {
    const std::size_t stars = std::min(text.find_first_not_of(k_cover), text.size());
    if (stars >= k_shortest) {
      safe += k_redacted;
    } else {
      safe += text.substr(0, stars);
    }
    text.remove_prefix(stars);
    const std::size_t plain = std::min(text.find(k_cover), text.size());
    safe += text.substr(0, plain);
    text.remove_prefix(plain);
  }
  return safe;
}

}  // namespace

HeaderMask::HeaderMask(const std::vector<net::Header>& headers, std::string_view query) {
  std::vector<std::string> parts = parts_of_query(query);
  for (const net::Header& header : headers) {
    std::vector<std::string> more = parts_of(header.value);
    std::move(more.begin(), more.end(), std::back_inserter(parts));
  }
  std::copy_if(std::make_move_iterator(parts.begin()), std::make_move_iterator(parts.end()),
               std::back_inserter(m_values),
               [](const std::string& part) { return part.size() >= k_shortest; });
  std::sort(m_values.begin(), m_values.end(),
            [](const auto& left, const auto& right) { return left.size() > right.size(); });
}

void HeaderMask::cover(std::string& bytes) const {
  for (const std::string& value : m_values) {
    for (auto at = bytes.find(value); at != std::string::npos;
         at = bytes.find(value, at + value.size())) {
      if (value.size() >= k_surely_secret || stands_alone(bytes, at, value.size())) {
        std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), value.size(), k_cover);
      }
    }
  }
}

std::string HeaderMask::hide(std::string text) const {
  cover(text);
  return without_stars(text);
}

}  // namespace otelctl::otlp
