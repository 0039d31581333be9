// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/json_values.hpp"

#include <bit>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>

#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

template <typename T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, value);
  return error == std::errc() && at == end ? std::optional(value) : std::nullopt;
}

}  // namespace

JsonNumber number_of(std::int64_t value) {
  JsonNumber number{value, std::nullopt, static_cast<double>(value)};
  if (value >= 0) {
    number.natural = static_cast<std::uint64_t>(value);
  }
  return number;
}

JsonNumber number_of(std::uint64_t value) {
  JsonNumber number{std::nullopt, value, static_cast<double>(value)};
  if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    number.integer = static_cast<std::int64_t>(value);
  }
  return number;
}

// Beyond 2^53 a double no longer says which integer it is.
JsonNumber number_of(double value) {
  constexpr double k_exact = 9007199254740992.0;
  if (std::trunc(value) == value && std::abs(value) <= k_exact) {
    JsonNumber number = number_of(static_cast<std::int64_t>(value));
    number.real = value;  // which may be -0
    return number;
  }
  return {std::nullopt, std::nullopt, value};
}

std::optional<JsonNumber> number_in(std::string_view text) {
  if (const auto natural = parse_number<std::uint64_t>(text)) {
    return number_of(*natural);
  }
  if (const auto integer = parse_number<std::int64_t>(text)) {
    return number_of(*integer);
  }
  if (text == "NaN") {
    return JsonNumber{std::nullopt, std::nullopt, std::numeric_limits<double>::quiet_NaN()};
  }
  if (text == "Infinity" || text == "-Infinity") {
    const double infinity = std::numeric_limits<double>::infinity();
    return JsonNumber{std::nullopt, std::nullopt, text[0] == '-' ? -infinity : infinity};
  }
  if (const auto real = parse_number<double>(text); real && std::isfinite(*real)) {
    return number_of(*real);
  }
  return std::nullopt;
}

std::optional<double> real_in(std::string_view text) {
  return parse_number<double>(text);
}

std::optional<std::string> unhex(std::string_view hex) {
  const auto digit = [](char c) -> int {
    const auto at = std::string_view("0123456789abcdef").find(to_lower({&c, 1})[0]);
    return at == std::string_view::npos ? -1 : static_cast<int>(at);
  };
  std::string raw;
  for (std::size_t at = 0; at + 1 < hex.size(); at += 2) {
    const int high = digit(hex[at]);
    const int low = digit(hex[at + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    raw += static_cast<char>(high * 16 + low);
  }
  return hex.size() % 2 == 0 ? std::optional(raw) : std::nullopt;
}

std::optional<std::uint64_t> wire_value_of(FieldKind kind, const JsonNumber& number) {
  const auto integer_in = [&](std::int64_t least, std::int64_t most) {
    return number.integer && *number.integer >= least && *number.integer <= most
               ? std::optional(static_cast<std::uint64_t>(*number.integer))
               : std::nullopt;
  };
  using Signed = std::numeric_limits<std::int32_t>;
  using Wide = std::numeric_limits<std::int64_t>;
  switch (kind) {
    case FieldKind::enumeration:
    case FieldKind::int32:
      return integer_in(Signed::min(), Signed::max());
    case FieldKind::sint32: {
      const auto integer = integer_in(Signed::min(), Signed::max());
      const auto value = static_cast<std::int32_t>(integer.value_or(0));
      const auto zigzag =
          (static_cast<std::uint32_t>(value) << 1U) ^ static_cast<std::uint32_t>(value >> 31);
      return integer ? std::optional<std::uint64_t>(zigzag) : std::nullopt;
    }
    case FieldKind::uint32:
    case FieldKind::fixed32:
      return integer_in(0, std::numeric_limits<std::uint32_t>::max());
    case FieldKind::int64:
    case FieldKind::sfixed64:
      return integer_in(Wide::min(), Wide::max());
    case FieldKind::uint64:
    case FieldKind::fixed64:
      return number.natural;
    case FieldKind::real:
      return std::bit_cast<std::uint64_t>(number.real);
    default:
      return std::nullopt;
  }
}

std::string_view form_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::boolean:
      return "a boolean";
    case FieldKind::enumeration:
      return "a value of the enum";
    case FieldKind::int32:
    case FieldKind::sint32:
      return "a 32-bit integer";
    case FieldKind::uint32:
    case FieldKind::fixed32:
      return "an unsigned 32-bit integer";
    case FieldKind::int64:
    case FieldKind::sfixed64:
      return "a 64-bit integer";
    case FieldKind::uint64:
    case FieldKind::fixed64:
      return "an unsigned 64-bit integer";
    case FieldKind::real:
      return "a number";
    case FieldKind::text:
      return "a string";
    case FieldKind::bytes:
      return "base64";
    case FieldKind::id:
      return "hex";
    case FieldKind::message:
    case FieldKind::unknown:
      break;
  }
  return "an object";
}

}  // namespace otelctl::otlp
