// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace otelctl::otlp {

// The wire types of protobuf that proto3 still has; groups (3 and 4) are refused.
enum class WireType : std::uint8_t { varint = 0, fixed64 = 1, length = 2, fixed32 = 5 };

// One field as it stands in a message.
struct WireField {
  std::uint32_t number = 0;
  WireType type = WireType::varint;
  std::uint64_t value = 0;     // of varint, fixed64 and fixed32
  std::string_view content{};  // of length
  std::string_view record{};   // the whole field with its tag
};

// Takes a message apart field by field. It never reads past the end of what it was given; malformed
// bytes end it with failed().
class WireReader {
 public:
  WireReader() = default;
  explicit WireReader(std::string_view message)
      : m_at(message.data()), m_end(message.data() + message.size()) {}

  // False at the end of the message and when it is malformed.
  bool next(WireField& field) {
    if (m_at == m_end) {
      return false;
    }
    const char* const start = m_at;
    std::uint64_t tag = 0;
    if (!read_varint(tag) || m_at - start > k_longest_short_varint || (tag >> 3U) == 0 ||
        tag > 0xFFFFFFFFU) {
      return fail(start, "has a malformed tag");
    }
    field.number = static_cast<std::uint32_t>(tag >> 3U);
    field.type = static_cast<WireType>(tag & 7U);
    m_number = field.number;
    if (!read_content(field, start)) {
      return false;
    }
    field.record = {start, static_cast<std::size_t>(m_at - start)};
    return true;
  }

  bool failed() const { return m_fault != nullptr; }
  // What is wrong ("runs past the end of its message"), where, and in which field (0: not known).
  const char* fault() const { return m_fault; }
  const char* place() const { return m_place; }
  std::uint32_t field_number() const { return m_number; }

  bool read_varint(std::uint64_t& value) {
    if (m_at != m_end && static_cast<unsigned char>(*m_at) < 0x80) {
      value = static_cast<unsigned char>(*m_at++);
      return true;
    }
    value = 0;
    for (unsigned shift = 0; shift < 70 && m_at != m_end; shift += 7) {
      const auto byte = static_cast<unsigned char>(*m_at++);
      value |= static_cast<std::uint64_t>(byte & 0x7FU) << (shift & 63U);
      if (byte < 0x80) {
        return true;
      }
    }
    return false;
  }

  // One number without a tag, as packed fields hold them; false when it is cut short.
  bool read_value(WireType type, std::uint64_t& value) {
    switch (type) {
      case WireType::varint:
        return read_varint(value);
      case WireType::fixed64:
        return read_fixed<std::uint64_t>(value);
      case WireType::fixed32:
        return read_fixed<std::uint32_t>(value);
      case WireType::length:
        break;
    }
    return false;
  }

  bool at_end() const { return m_at == m_end; }

 private:
  bool read_content(WireField& field, const char* start) {
    switch (field.type) {
      case WireType::varint:
        return read_varint(field.value) || fail(start, "has a malformed varint");
      case WireType::fixed64:
        return read_fixed<std::uint64_t>(field.value) || fail(start, k_too_long);
      case WireType::fixed32:
        return read_fixed<std::uint32_t>(field.value) || fail(start, k_too_long);
      case WireType::length: {
        const char* const length_start = m_at;
        std::uint64_t length = 0;
        if (!read_varint(length) || m_at - length_start > k_longest_short_varint) {
          return fail(start, "has a malformed length");
        }
        if (length > static_cast<std::uint64_t>(m_end - m_at)) {
          return fail(start, k_too_long);
        }
        field.content = {m_at, length};
        m_at += length;
        return true;
      }
    }
    return fail(start, "has a wire type that proto3 lacks");
  }

  template <typename T>
  bool read_fixed(std::uint64_t& value) {
    static_assert(std::endian::native == std::endian::little);
    if (static_cast<std::size_t>(m_end - m_at) < sizeof(T)) {
      return false;
    }
    T raw = 0;
    std::memcpy(&raw, m_at, sizeof(T));
    value = raw;
    m_at += sizeof(T);
    return true;
  }

  bool fail(const char* place, const char* fault) {
    m_place = place;
    m_fault = fault;
    m_at = m_end;
    return false;
  }

  // Protobuf's parsers refuse tags and lengths that are padded to more bytes than 32 bits need.
  static constexpr std::ptrdiff_t k_longest_short_varint = 5;
  static constexpr const char* k_too_long = "runs past the end of its message";

  const char* m_at = nullptr;
  const char* m_end = nullptr;
  const char* m_place = nullptr;
  const char* m_fault = nullptr;
  std::uint32_t m_number = 0;
};

}  // namespace otelctl::otlp
