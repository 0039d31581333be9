// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "trace/string_pool.hpp"

namespace otelctl::trace {

// The types of OTLP's AnyValue (opentelemetry/proto/common/v1/common.proto).
enum class ValueType : std::uint8_t { empty, text, boolean, integer, real, bytes, array, map };

// One attribute value in 12 bytes. Texts lie in the trace's pool; bytes lie there in base64, arrays
// and maps as nested_value.hpp packs them, because nobody looks into them but to show them.
class Value {
 public:
  Value() = default;
  static Value of_text(Text text) { return {ValueType::text, static_cast<std::uint32_t>(text)}; }
  static Value of_boolean(bool truth) { return {ValueType::boolean, truth ? 1U : 0U}; }
  static Value of_integer(std::int64_t number) {
    return {ValueType::integer, std::bit_cast<std::uint64_t>(number)};
  }
  static Value of_real(double number) {
    return {ValueType::real, std::bit_cast<std::uint64_t>(number)};
  }
  static Value of_bytes(Text base64) {
    return {ValueType::bytes, static_cast<std::uint32_t>(base64)};
  }
  static Value of_array(Text packed) {
    return {ValueType::array, static_cast<std::uint32_t>(packed)};
  }
  static Value of_map(Text packed) { return {ValueType::map, static_cast<std::uint32_t>(packed)}; }

  ValueType type() const { return m_type; }
  bool boolean() const { return m_words[0] != 0; }
  std::int64_t integer() const { return std::bit_cast<std::int64_t>(bits()); }
  double real() const { return std::bit_cast<double>(bits()); }
  // Of text, bytes, array and map.
  Text text() const { return Text{m_words[0]}; }

  friend bool operator==(const Value&, const Value&) = default;

 private:
  Value(ValueType type, std::uint64_t bits)
      : m_words{static_cast<std::uint32_t>(bits), static_cast<std::uint32_t>(bits >> 32U)},
        m_type(type) {}

  std::uint64_t bits() const { return m_words[0] | std::uint64_t{m_words[1]} << 32U; }

  // Two halves, so that the alignment is 4 and an Attribute takes 16 bytes.
  std::array<std::uint32_t, 2> m_words{};
  ValueType m_type = ValueType::empty;
};

struct Attribute {
  Text key = Text::empty;
  Value value;

  friend bool operator==(const Attribute&, const Attribute&) = default;
};
static_assert(sizeof(Attribute) == 16);

}  // namespace otelctl::trace
