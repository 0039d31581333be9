// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "synth/wire.hpp"

namespace otelctl::synth {

// Writes protobuf from a buffer's end to its beginning, the last field first: a message's length is
// known when its front is written, whatever lies in it. The caller has made the buffer large
// enough.
class BackwardWriter {
 public:
  explicit BackwardWriter(char* end) : m_at(end), m_end(end) {}

  // Bytes written so far.
  std::size_t size() const { return static_cast<std::size_t>(m_end - m_at); }
  std::string_view view() const { return {m_at, size()}; }
  // The place of what was written last.
  char* at() const { return m_at; }

  void put(std::string_view bytes) {
    m_at -= bytes.size();
    std::memcpy(m_at, bytes.data(), bytes.size());
  }

  void put_varint(std::uint64_t value) {
    m_at -= varint_size(value);
    synth::put_varint(m_at, value);
  }

  void put_tag(unsigned field, WireType type) {
    put_varint(field << 3U | static_cast<unsigned>(type));
  }

  void put_fixed64(std::uint64_t value) {
    m_at -= 8;
    synth::put_fixed64(m_at, value);
  }

  void put_fixed64_field(unsigned field, std::uint64_t value) {
    put_fixed64(value);
    put_tag(field, WireType::fixed64);
  }

  void put_fixed32_field(unsigned field, std::uint32_t value) {
    for (unsigned byte = 4; byte-- > 0;) {
      *--m_at = static_cast<char>(value >> (8 * byte));
    }
    put_tag(field, WireType::fixed32);
  }

  void put_double_field(unsigned field, double value) {
    put_fixed64_field(field, std::bit_cast<std::uint64_t>(value));
  }

  void put_varint_field(unsigned field, std::uint64_t value) {
    put_varint(value);
    put_tag(field, WireType::varint);
  }

  void put_bytes_field(unsigned field, std::string_view bytes) {
    put(bytes);
    close_field(field, size() - bytes.size());
  }

  // Makes all that was written since size() was `begin` a message in this field.
  void close_field(unsigned field, std::size_t begin) {
    put_varint(size() - begin);
    put_tag(field, WireType::bytes);
  }

 private:
  char* m_at;
  char* m_end;
};

}  // namespace otelctl::synth
