// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/id_text.hpp"

#include <cstdint>

namespace otelctl::query {
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

template <typename IdType>
std::optional<IdType> read_id(std::string_view text) {
  if (auto id = parse_hex<IdType>(text)) {
    return id;
  }
  // Longer text cannot be one: 16 bytes are 24 characters.
  if (text.size() > 24) {
    return std::nullopt;
  }
  const auto raw = decode_base64(text);
  return raw ? from_bytes<IdType>(*raw) : std::nullopt;
}

template std::optional<TraceId> read_id<TraceId>(std::string_view);
template std::optional<SpanId> read_id<SpanId>(std::string_view);

}  // namespace otelctl::query
