// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/base64.hpp"

#include <cstdint>

namespace otelctl {
namespace {

std::optional<std::uint32_t> digit_of(char c) {
  constexpr std::string_view k_digits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  const auto place = k_digits.find(c);
  if (place == std::string_view::npos) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(place);
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
  while (text.ends_with('=')) {
    text.remove_suffix(1);
  }
  if (text.size() % 4 == 1) {
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

}  // namespace otelctl
