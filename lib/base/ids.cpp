// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include <algorithm>

namespace otelctl {
namespace {

constexpr std::string_view k_digits = "0123456789abcdef";

std::optional<std::uint8_t> nibble(char digit) {
  if (digit >= '0' && digit <= '9') {
    return static_cast<std::uint8_t>(digit - '0');
  }
  if (digit >= 'a' && digit <= 'f') {
    return static_cast<std::uint8_t>(digit - 'a' + 10);
  }
  if (digit >= 'A' && digit <= 'F') {
    return static_cast<std::uint8_t>(digit - 'A' + 10);
  }
  return std::nullopt;
}

}  // namespace

std::string bytes_to_hex(std::string_view raw) {
  std::string hex;
  hex.reserve(raw.size() * 2);
  for (const char byte : raw) {
    const auto value = static_cast<unsigned char>(byte);
    hex += k_digits[value >> 4U];
    hex += k_digits[value & 0xFU];
  }
  return hex;
}

template <std::size_t Size>
std::string_view Id<Size>::view() const {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

template <std::size_t Size>
std::string to_hex(const Id<Size>& id) {
  return bytes_to_hex(id.view());
}

template <typename IdType>
std::optional<IdType> parse_hex(std::string_view text) {
  IdType id;
  const std::size_t digits = id.bytes.size() * 2;
  if (text.empty() || text.size() > digits) {
    return std::nullopt;
  }
  std::size_t place = digits - text.size();
  for (const char digit : text) {
    const auto value = nibble(digit);
    if (!value) {
      return std::nullopt;
    }
    std::uint8_t& byte = id.bytes[place / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | *value);
    ++place;
  }
  return id;
}

template <typename IdType>
std::optional<IdType> from_bytes(std::string_view raw) {
  IdType id;
  if (raw.size() != id.bytes.size()) {
    return std::nullopt;
  }
  std::transform(raw.begin(), raw.end(), id.bytes.begin(),
                 [](char byte) { return static_cast<std::uint8_t>(byte); });
  return id;
}

template struct Id<16>;
template struct Id<8>;
template std::string to_hex(const TraceId& id);
template std::string to_hex(const SpanId& id);
template std::optional<TraceId> parse_hex(std::string_view text);
template std::optional<SpanId> parse_hex(std::string_view text);
template std::optional<TraceId> from_bytes(std::string_view raw);
template std::optional<SpanId> from_bytes(std::string_view raw);

}  // namespace otelctl
