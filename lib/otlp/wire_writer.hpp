// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

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

// The head of a field of wire type length; its content follows.
inline void append_head(std::string& out, std::uint32_t field, std::uint64_t length) {
  append_varint(out, (field << 3U) | 2U);
  append_varint(out, length);
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
