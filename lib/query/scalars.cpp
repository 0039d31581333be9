// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/scalars.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "base/text.hpp"
#include "trace/value_json.hpp"

namespace otelctl::query {
namespace {

using Type = JsonScalar::Type;

template <typename Number>
std::optional<Number> parse(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::string_view without(std::string_view prefix, std::string_view text) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

}  // namespace

std::uint64_t to_unsigned(const JsonScalar& value) {
  switch (value.type) {
    case Type::integer:
      return value.integer < 0 ? 0 : static_cast<std::uint64_t>(value.integer);
    case Type::large_integer:
      return value.large_integer;
    case Type::real:
      // 2^64: from there on the conversion is undefined.
      return value.real >= 0 && value.real < 18446744073709551616.0
                 ? static_cast<std::uint64_t>(value.real)
                 : 0;
    case Type::text:
      return parse<std::uint64_t>(value.text).value_or(0);
    case Type::null:
    case Type::boolean:
      return 0;
  }
  return 0;
}

std::uint32_t to_count(const JsonScalar& value) {
  constexpr std::uint64_t k_most = std::numeric_limits<std::uint32_t>::max();
  return static_cast<std::uint32_t>(std::min(to_unsigned(value), k_most));
}

std::optional<std::int64_t> to_integer(const JsonScalar& value) {
  switch (value.type) {
    case Type::integer:
      return value.integer;
    case Type::text:
      return parse<std::int64_t>(value.text);
    case Type::real:
      if (value.real >= -9.2e18 && value.real <= 9.2e18 &&
          static_cast<double>(static_cast<std::int64_t>(value.real)) == value.real) {
        return static_cast<std::int64_t>(value.real);
      }
      return std::nullopt;
    case Type::null:
    case Type::boolean:
    case Type::large_integer:
      return std::nullopt;
  }
  return std::nullopt;
}

std::optional<double> to_real(const JsonScalar& value) {
  switch (value.type) {
    case Type::real:
      return value.real;
    case Type::integer:
      return static_cast<double>(value.integer);
    case Type::large_integer:
      return static_cast<double>(value.large_integer);
    case Type::text:
      // from_chars reads "nan" and "inf" too, in any case.
      if (value.text == "Infinity" || value.text == "-Infinity") {
        const double infinity = std::numeric_limits<double>::infinity();
        return value.text.front() == '-' ? -infinity : infinity;
      }
      return parse<double>(value.text);
    case Type::null:
    case Type::boolean:
      return std::nullopt;
  }
  return std::nullopt;
}

bool to_boolean(const JsonScalar& value) {
  switch (value.type) {
    case Type::boolean:
      return value.boolean;
    case Type::text:
      return equals_ignoring_case(value.text, "true") || value.text == "1";
    case Type::integer:
      return value.integer != 0;
    case Type::null:
    case Type::large_integer:
    case Type::real:
      return false;
  }
  return false;
}

std::string to_text(const JsonScalar& value) {
  switch (value.type) {
    case Type::null:
      return {};
    case Type::boolean:
      return value.boolean ? "true" : "false";
    case Type::integer:
      return fmt::format("{}", value.integer);
    case Type::large_integer:
      return fmt::format("{}", value.large_integer);
    case Type::real:
      return trace::real_json(value.real);
    case Type::text:
      return std::string(value.text);
  }
  return {};
}

std::uint64_t from_microseconds(std::uint64_t count) {
  return count > std::numeric_limits<std::uint64_t>::max() / 1000
             ? std::numeric_limits<std::uint64_t>::max()
             : count * 1000;
}

trace::SpanKind to_span_kind(const JsonScalar& value) {
  if (value.type == Type::text && !parse<std::int64_t>(value.text)) {
    return trace::parse_span_kind(without("SPAN_KIND_", value.text))
        .value_or(trace::SpanKind::unspecified);
  }
  const std::int64_t number = to_integer(value).value_or(0);
  return number >= 0 && number <= 5 ? static_cast<trace::SpanKind>(number)
                                    : trace::SpanKind::unspecified;
}

trace::SpanStatus to_span_status(const JsonScalar& value) {
  if (value.type == Type::text && !parse<std::int64_t>(value.text)) {
    const std::string_view name = without("STATUS_CODE_", value.text);
    return equals_ignoring_case(name, "error") ? trace::SpanStatus::error
           : equals_ignoring_case(name, "ok")  ? trace::SpanStatus::ok
                                               : trace::SpanStatus::unset;
  }
  const std::int64_t number = to_integer(value).value_or(0);
  return number >= 0 && number <= 2 ? static_cast<trace::SpanStatus>(number)
                                    : trace::SpanStatus::unset;
}

}  // namespace otelctl::query
