// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/convert/pair_text.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/convert/values.hpp"

namespace otelctl::config::convert {
namespace {

// The length of the reference, or of the escaped dollar sign, at the front; 0 for other text.
std::size_t reference_length(std::string_view text) {
  if (text.starts_with("$$")) {
    return 2;
  }
  const std::size_t close = text.starts_with("${") ? text.substr(0, k_longest_reference).find('}')
                                                   : std::string_view::npos;
  return close == std::string_view::npos ? 0 : close + 1;
}

// Where the text has this character outside of references.
std::size_t find_outside(std::string_view text, char wanted, std::size_t from = 0) {
  while (from < text.size()) {
    const std::size_t length = reference_length(text.substr(from));
    if (length == 0 && text[from] == wanted) {
      return from;
    }
    from += std::max<std::size_t>(length, 1);
  }
  return std::string_view::npos;
}

std::optional<std::string> decoded(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t length = reference_length(text);
    if (length > 0) {
      plain += text.substr(0, length);
      text.remove_prefix(length);
    } else if (text.front() == '%') {
      unsigned value = 0;
      const std::string_view digits = text.substr(1, 2);
      const auto [stop, error] =
          std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
      if (digits.size() != 2 || error != std::errc() || stop != digits.data() + 2) {
        return std::nullopt;
      }
      // A dollar sign that was escaped is not the beginning of a reference.
      plain += value == '$' ? "$$" : std::string(1, static_cast<char>(value));
      text.remove_prefix(3);
    } else {
      plain += text.front();
      text.remove_prefix(1);
    }
  }
  return is_valid_utf8(plain) ? std::optional(std::move(plain)) : std::nullopt;
}

// W3C Baggage, "baggage-octet" without what divides items.
bool stays(char c) {
  return c > 0x20 && c < 0x7F && std::string_view("\",;\\%=").find(c) == std::string_view::npos;
}

std::string encoded(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const std::size_t length = reference_length(text);
    if (length > 0) {
      result += text.substr(0, length);
      text.remove_prefix(length);
      continue;
    }
    const char c = text.front();
    result += stays(c) ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    text.remove_prefix(1);
  }
  return result;
}

bool is_name_start(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
}

}  // namespace

std::optional<std::vector<TextPair>> split_pairs(std::string_view text) {
  std::vector<TextPair> pairs;
  while (!text.empty()) {
    const std::size_t comma = find_outside(text, ',');
    const std::string_view item = trim(text.substr(0, comma));
    text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    if (item.empty()) {
      continue;
    }
    const std::size_t equals = find_outside(item, '=');
    if (equals == std::string_view::npos || equals == 0) {
      return std::nullopt;
    }
    auto name = decoded(trim(item.substr(0, equals)));
    auto value = decoded(trim(item.substr(equals + 1)));
    if (!name || !value) {
      return std::nullopt;
    }
    pairs.push_back({std::move(*name), std::move(*value)});
  }
  return pairs;
}

std::string join_pairs(const std::vector<TextPair>& pairs) {
  std::vector<std::string> items;
  items.reserve(pairs.size());
  std::transform(pairs.begin(), pairs.end(), std::back_inserter(items), [](const TextPair& pair) {
    return encoded(pair.name) + "=" + encoded(pair.value);
  });
  return join(items, ",");
}

std::string from_env_value(std::string_view value, bool is_literal) {
  std::string text;
  while (!value.empty()) {
    const std::size_t length = is_literal ? 0 : reference_length(value);
    if (length > 0) {
      text += value.substr(0, length);
      value.remove_prefix(length);
      continue;
    }
    const bool is_dollar = value.front() == '$';
    const bool is_naked = is_dollar && !is_literal && value.size() > 1 && is_name_start(value[1]);
    if (is_naked) {
      const auto* const end = std::find_if_not(value.begin() + 1, value.end(), [](char c) {
        return is_name_start(c) || (c >= '0' && c <= '9');
      });
      const auto name_length = static_cast<std::size_t>(end - value.begin()) - 1;
      text += fmt::format("${{{}}}", value.substr(1, name_length));
      value.remove_prefix(name_length + 1);
    } else {
      text += is_dollar ? "$$" : std::string(1, value.front());
      value.remove_prefix(1);
    }
  }
  return text;
}

bool fits_a_line(std::string_view text) {
  while (!text.empty()) {
    const CodePoint next = first_code_point(text);
    const bool is_control = next.value < 0x20 || (next.value >= 0x7F && next.value < 0xA0);
    if (is_control && std::string_view("\t\n\r").find(text.front()) == std::string_view::npos) {
      return false;
    }
    text.remove_prefix(next.length);
  }
  return true;
}

std::string to_env_value(std::string_view text) {
  constexpr std::string_view k_special = " \t\n\r\"'#\\`";
  // A dollar sign that begins no reference would begin one here.
  std::string value;
  while (!text.empty()) {
    const std::size_t length = std::max<std::size_t>(reference_length(text), 1);
    value += length == 1 && text.front() == '$' ? "$$" : std::string(text.substr(0, length));
    text.remove_prefix(length);
  }
  if (value.find_first_of(k_special) == std::string::npos) {
    return value;
  }
  std::string quoted = "\"";
  for (const char c : value) {
    quoted += c == '"'    ? "\\\""
              : c == '\\' ? "\\\\"
              : c == '\n' ? "\\n"
              : c == '\r' ? "\\r"
                          : std::string(1, c);
  }
  return quoted + "\"";
}

}  // namespace otelctl::config::convert
