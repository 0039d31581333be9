// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "otlp/wire_reader.hpp"

namespace otelctl::otlp {

constexpr std::size_t varint_size(std::uint64_t value) {
  std::size_t size = 1;
  for (; value >= 0x80; value >>= 7U) {
    ++size;
  }
  return size;
}

inline void append_varint(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7U) {
    out += static_cast<char>(value | 0x80U);
  }
  out += static_cast<char>(value);
}

inline void append_tag(std::string& out, std::uint32_t field, WireType type) {
  append_varint(out, (field << 3U) | static_cast<std::uint32_t>(type));
}

// The value of a field that is no `length`, from its bits; of fixed32 the lower ones.
inline void append_number(std::string& out, WireType type, std::uint64_t bits) {
  if (type == WireType::varint) {
    append_varint(out, bits);
    return;
  }
  const std::size_t size = type == WireType::fixed64 ? 8 : 4;
  for (std::size_t byte = 0; byte < size; ++byte) {
    out += static_cast<char>(bits >> (8 * byte));
  }
}

// The head of a field of wire type length; its content follows.
inline void append_head(std::string& out, std::uint32_t field, std::uint64_t length) {
  append_tag(out, field, WireType::length);
  append_varint(out, length);
}

// The same where the length is only known when the content has been written: one byte is left for
// it, whose place is returned, and end_length() moves the content up where it needs more.
inline std::size_t begin_length(std::string& out, std::uint32_t field) {
  append_head(out, field, 0);
  return out.size() - 1;
}

inline void end_length(std::string& out, std::size_t at) {
  std::string length;
  append_varint(length, out.size() - at - 1);
  out.replace(at, 1, length);
}

// What such a field takes as a whole.
constexpr std::uint64_t field_size(std::uint32_t field, std::uint64_t length) {
  return varint_size(field << 3U) + varint_size(length) + length;
}

// A field of wire type length, left out when it is empty.
inline void append_nonempty(std::string& out, std::uint32_t field, std::string_view content) {
  if (!content.empty()) {
    append_head(out, field, content.size());
    out += content;
  }
}

}  // namespace otelctl::otlp
