// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

// The protobuf wire format as far as the encoder needs it
// (https://protobuf.dev/programming-guides/encoding/). Fields are written in the order of their
// numbers, which is what protobuf's own serialiser does: its output for the same data is the same.
namespace otelctl::synth {

// Bytes of a base-128 varint: 1 to 10.
constexpr std::size_t varint_size(std::uint64_t value) {
  return (static_cast<std::size_t>(std::bit_width(value | 1U)) + 6) / 7;
}

// Writes a varint and returns the place behind it; there must be room for 10 bytes.
inline char* put_varint(char* at, std::uint64_t value) {
  while (value >= 0x80) {
    *at++ = static_cast<char>(value | 0x80);
    value >>= 7U;
  }
  *at++ = static_cast<char>(value);
  return at;
}

// The word in memory, least significant byte first. A copy and not byte by byte: compilers make one
// move of that too, but take two side by side for a reason to shuffle (a third of the encoder's
// time went there).
template <typename Word>
void put_little_endian(char* at, Word value) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(at, &value, sizeof value);
  } else {
    for (unsigned byte = 0; byte < sizeof value; ++byte) {
      at[byte] = static_cast<char>(value >> (8 * byte));
    }
  }
}

inline void put_fixed64(char* at, std::uint64_t value) {
  put_little_endian(at, value);
}

inline void put_fixed32(char* at, std::uint32_t value) {
  put_little_endian(at, value);
}

// The word whose fixed64 is this one's bytes, most significant first: how an id's number becomes
// its bytes.
constexpr std::uint64_t big_endian(std::uint64_t value) {
  return __builtin_bswap64(value);
}

inline void put_big_endian(char* at, std::uint64_t value) {
  put_fixed64(at, big_endian(value));
}

// A varint's groups of 7 bits, a byte each, without the bits that say that more follow; of a value
// below 2^56, or 2^28.
constexpr std::uint64_t varint_groups(std::uint64_t value) {
  value = (value & 0x000000000FFFFFFFU) | ((value & 0x00FFFFFFF0000000U) << 4U);
  value = (value & 0x00003FFF00003FFFU) | ((value & 0x0FFFC0000FFFC000U) << 2U);
  return (value & 0x007F007F007F007FU) | ((value & 0x3F803F803F803F80U) << 1U);
}
constexpr std::uint32_t varint_groups(std::uint32_t value) {
  value = (value & 0x00003FFFU) | ((value & 0x0FFFC000U) << 2U);
  return (value & 0x007F007FU) | ((value & 0x3F803F80U) << 1U);
}

enum class WireType : unsigned { varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5 };

inline void append_varint(std::string& message, std::uint64_t value) {
  std::array<char, 10> buffer{};
  message.append(buffer.data(), put_varint(buffer.data(), value));
}

inline void append_tag(std::string& message, unsigned field, WireType type) {
  append_varint(message, field << 3U | static_cast<unsigned>(type));
}

inline void append_varint_field(std::string& message, unsigned field, std::uint64_t value) {
  append_tag(message, field, WireType::varint);
  append_varint(message, value);
}

inline void append_bytes_field(std::string& message, unsigned field, std::string_view bytes) {
  append_tag(message, field, WireType::bytes);
  append_varint(message, bytes.size());
  message += bytes;
}

inline void append_fixed64_field(std::string& message, unsigned field, std::uint64_t value) {
  append_tag(message, field, WireType::fixed64);
  message.append(8, '\0');
  put_fixed64(message.data() + message.size() - 8, value);
}

inline void append_fixed32_field(std::string& message, unsigned field, std::uint32_t value) {
  append_tag(message, field, WireType::fixed32);
  message.append(4, '\0');
  put_fixed32(message.data() + message.size() - 4, value);
}

}  // namespace otelctl::synth
