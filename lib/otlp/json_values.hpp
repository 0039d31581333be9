// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "otlp/wire_schema.hpp"

namespace otelctl::otlp {

// A number as JSON gave it, in every reading that it has: 1e3 and 5.0 are integers too.
struct JsonNumber {
  std::optional<std::int64_t> integer = std::nullopt;
  std::optional<std::uint64_t> natural = std::nullopt;
  double real = 0;
};

JsonNumber number_of(std::int64_t value);
JsonNumber number_of(std::uint64_t value);
JsonNumber number_of(double value);

// Of a string that stands for a number, as OTLP/JSON writes 64-bit integers and what JSON has no
// number for: "NaN", "Infinity", "-Infinity".
std::optional<JsonNumber> number_in(std::string_view text);

// The nearest double of decimal digits; nothing for other text.
std::optional<double> real_in(std::string_view text);

// The bytes of hexadecimal digits in either case; nothing for an odd count or other characters.
std::optional<std::string> unhex(std::string_view hex);

// What stands on the wire for a number in a field of the kind: the bits of a double, zigzag for
// sint32. Nothing where the field cannot have it.
std::optional<std::uint64_t> wire_value_of(FieldKind kind, const JsonNumber& number);

// "an unsigned 32-bit integer": what a single value of the kind is in OTLP/JSON.
std::string_view form_of(FieldKind kind);

}  // namespace otelctl::otlp
