// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "otlp/wire_reader.hpp"

namespace otelctl::server {

// Which value an AnyValue holds, by its field numbers.
enum class ValueType : std::uint32_t {
  none = 0,
  text = 1,
  boolean = 2,
  integer = 3,
  real = 4,
  array = 5,
  map = 6,
  bytes = 7,
};

// An AnyValue taken apart: the field that is set, which of several is the last.
struct Value {
  ValueType type = ValueType::none;
  otlp::WireField field{};

  std::int64_t integer() const { return static_cast<std::int64_t>(field.value); }
  double real() const;
};

Value value_of(std::string_view any_value);

// The value as text, as Jaeger compares tags and shows lists (pdata's Value.AsString): text as it
// is, numbers in Go's JSON form, bytes in base64, arrays and maps as JSON with sorted keys.
std::string text_of(const Value& value);

}  // namespace otelctl::server
