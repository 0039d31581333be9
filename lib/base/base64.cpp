// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <cstdint>

namespace otelctl {
namespace {

constexpr std::string_view k_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::optional<std::uint32_t> digit_of(char c) {
  // RFC 4648, 5: the two digits that differ for URLs and file names.
  const auto place = k_digits.find(c == '-' ? '+' : c == '_' ? '/' : c);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(place);
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  const std::size_t written = text.size();
  text = text.substr(0, text.find_last_not_of('=') + 1);
  const bool is_padded = text.size() < written;
  if (text.size() % 4 == 1 || (is_padded && (written % 4 != 0 || written - text.size() > 2))) {
    return std::nullopt;
  }
  std::string raw;
  std::uint32_t bits = 0;
  unsigned bit_count = 0;
  for (const char c : text) {
    const auto digit = digit_of(c);
    if (!digit) {
      return std::nullopt;
    }
    bits = (bits << 6U) | *digit;
    bit_count += 6;
    if (bit_count >= 8) {
      bit_count -= 8;
      raw += static_cast<char>((bits >> bit_count) & 0xFFU);
    }
  }
  return raw;
}

std::string encode_base64(std::string_view bytes) {
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    const std::string_view group = bytes.substr(at, 3);
    std::uint32_t bits = 0;
    for (std::size_t index = 0; index < 3; ++index) {
      bits = (bits << 8U) | (index < group.size() ? static_cast<unsigned char>(group[index]) : 0U);
    }
    for (std::size_t digit = 0; digit < 4; ++digit) {
      text += digit <= group.size() ? k_digits[(bits >> (18 - 6 * digit)) & 0x3FU] : '=';
    }
  }
  return text;
}

}  // namespace otelctl
