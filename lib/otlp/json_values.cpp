// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/json_values.hpp"

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

}  // namespace otelctl::otlp
