// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/ids.hpp"

#include <algorithm>
#include <array>

namespace otelctl {
namespace {

constexpr std::string_view k_digits = "0123456789abcdef";

constexpr std::uint8_t k_no_digit = 0xF0;  // the only values with these bits

// What a character is as a digit. A hundred thousand spans have six million of them, so none of it
// is decided by a branch.
constexpr std::array<std::uint8_t, 256> digit_values() {
  std::array<std::uint8_t, 256> values{};
  values.fill(k_no_digit);
  for (std::uint8_t value = 0; value < 16; ++value) {
    values[static_cast<unsigned char>(k_digits[value])] = value;
    values[static_cast<unsigned char>("0123456789ABCDEF"[value])] = value;
  }
  return values;
}

constexpr std::array<std::uint8_t, 256> k_values = digit_values();

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
  unsigned seen = 0;
  for (const char digit : text) {
    const std::uint8_t value = k_values[static_cast<unsigned char>(digit)];
    seen |= value;
    std::uint8_t& byte = id.bytes[place / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | value);
    ++place;
  }
  if ((seen & k_no_digit) != 0) {
    return std::nullopt;
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
