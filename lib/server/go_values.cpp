// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/go_values.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <system_error>

#include <boost/json/parse.hpp>
#include <boost/json/stream_parser.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "base/text.hpp"

namespace otelctl::server::go {
namespace {

constexpr std::size_t k_max_json_depth = 32;

tl::unexpected<Error> refuse(std::string message) {
  return otelctl::fail(ErrorKind::usage, std::move(message));
}

tl::unexpected<Error> refuse_number(std::string_view function, std::string_view text,
                                    std::string_view why) {
  return refuse(fmt::format("strconv.{}: parsing {}: {}", function, quote(text), why));
}

template <typename T>
struct Parsed {
  T value{};
  bool is_syntax = false;
  bool is_range = false;
};

template <typename T>
Parsed<T> parse_number(std::string_view text, int base) {
  Parsed<T> parsed;
  const char* const end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, parsed.value, base);
  parsed.is_syntax = at == end && !text.empty() && error != std::errc::invalid_argument;
  parsed.is_range = error == std::errc::result_out_of_range;
  return parsed;
}

struct Unit {
  std::string_view name;
  std::int64_t nanoseconds;
};
constexpr std::array<Unit, 8> k_units{{{"ns", 1},
                                       {"us", 1'000},
                                       {"\u00B5s", 1'000},
                                       {"\u03BCs", 1'000},
                                       {"ms", 1'000'000},
                                       {"s", 1'000'000'000},
                                       {"m", 60'000'000'000},
                                       {"h", 3'600'000'000'000}}};

std::string_view take_while(std::string_view& text, bool (*wanted)(char)) {
  const auto end = std::find_if_not(text.begin(), text.end(), wanted);
  const auto length = static_cast<std::size_t>(end - text.begin());
  const std::string_view taken = text.substr(0, length);
  text.remove_prefix(length);
  return taken;
}

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_unit_letter(char c) {
  return !is_digit(c) && c != '.';
}

std::string_view kind_of(const boost::json::value& value) {
  switch (value.kind()) {
    case boost::json::kind::array:
      return "array";
    case boost::json::kind::object:
      return "object";
    case boost::json::kind::bool_:
      return "bool";
    case boost::json::kind::string:
      return "string";
    default:
      return "number";
  }
}

}  // namespace

std::string quote(std::string_view text) {
  return '"' + escape_for_terminal(text) + '"';
}

std::optional<bool> parse_bool(std::string_view text) {
  constexpr std::array<std::string_view, 6> k_true{"1", "t", "T", "TRUE", "true", "True"};
  constexpr std::array<std::string_view, 6> k_false{"0", "f", "F", "FALSE", "false", "False"};
  if (std::find(k_true.begin(), k_true.end(), text) != k_true.end()) {
    return true;
  }
  if (std::find(k_false.begin(), k_false.end(), text) != k_false.end()) {
    return false;
  }
  return std::nullopt;
}

Result<std::int64_t> parse_int(std::string_view text, int bits) {
  // from_chars knows no plus.
  const std::string_view number = text.substr(text.starts_with('+') ? 1 : 0);
  const auto parsed = parse_number<std::int64_t>(number, 10);
  if (!parsed.is_syntax || text.starts_with("+-")) {
    return refuse_number("ParseInt", text, "invalid syntax");
  }
  const std::int64_t most = std::numeric_limits<std::int64_t>::max() >> (64 - bits);
  if (parsed.is_range || parsed.value > most || parsed.value < -most - 1) {
    return refuse_number("ParseInt", text, "value out of range");
  }
  return parsed.value;
}

Result<std::uint64_t> parse_uint(std::string_view text, int base, int bits) {
  const auto parsed = parse_number<std::uint64_t>(text, base);
  if (!parsed.is_syntax) {
    return refuse_number("ParseUint", text, "invalid syntax");
  }
  if (parsed.is_range || parsed.value > std::numeric_limits<std::uint64_t>::max() >> (64 - bits)) {
    return refuse_number("ParseUint", text, "value out of range");
  }
  return parsed.value;
}

Result<nanoseconds> parse_duration(std::string_view text) {
  const auto invalid = [&] { return refuse("time: invalid duration " + quote(text)); };
  std::string_view rest = text;
  const bool is_negative = rest.starts_with('-');
  if (is_negative || rest.starts_with('+')) {
    rest.remove_prefix(1);
  }
  if (rest == "0") {
    return nanoseconds(0);
  }
  if (rest.empty()) {
    return invalid();
  }
  double total = 0;
  while (!rest.empty()) {
    const std::string_view start = rest;
    const std::string_view whole = take_while(rest, is_digit);
    std::string_view fraction;
    if (rest.starts_with('.')) {
      rest.remove_prefix(1);
      fraction = take_while(rest, is_digit);
    }
    if (whole.empty() && fraction.empty()) {
      return invalid();
    }
    const std::string_view number = start.substr(0, start.size() - rest.size());
    const std::string_view unit = take_while(rest, is_unit_letter);
    if (unit.empty()) {
      return refuse("time: missing unit in duration " + quote(text));
    }
    const auto* const known = std::find_if(k_units.begin(), k_units.end(),
                                           [&](const Unit& one) { return one.name == unit; });
    if (known == k_units.end()) {
      return refuse(fmt::format("time: unknown unit {} in duration {}", quote(unit), quote(text)));
    }
    double value = 0;
    if (std::from_chars(number.data(), number.data() + number.size(), value).ec != std::errc{}) {
      return invalid();
    }
    total += value * static_cast<double>(known->nanoseconds);
  }
  if (total > static_cast<double>(std::numeric_limits<std::int64_t>::max() / 2)) {
    return invalid();
  }
  const auto count = static_cast<std::int64_t>(total + 0.5);
  return nanoseconds(is_negative ? -count : count);
}

Result<Time> parse_time(std::string_view text) {
  if (const auto time = parse_rfc3339(text)) {
    return *time;
  }
  return refuse(
      fmt::format("parsing time {} as \"2006-01-02T15:04:05.999999999Z07:00\": cannot parse {} as "
                  "\"2006\"",
                  quote(text), quote(text)));
}

Result<std::map<std::string, std::string>> parse_string_map(std::string_view json) {
  boost::json::parse_options options;
  options.max_depth = k_max_json_depth;
  boost::json::stream_parser parser({}, options);
  boost::json::error_code error;
  const std::size_t used = parser.write_some(json.data(), json.size(), error);
  if (error || used < json.size()) {
    return refuse(fmt::format("invalid character '{}' {}",
                              escape_for_terminal(json.substr(std::min(used, json.size() - 1), 1)),
                              used == 0 ? "looking for beginning of value" : "in the JSON text"));
  }
  parser.finish(error);
  if (error) {
    return refuse("unexpected end of JSON input");
  }
  const boost::json::value document = parser.release();
  std::map<std::string, std::string> map;
  if (document.is_null()) {
    return map;
  }
  if (!document.is_object()) {
    return refuse(fmt::format("json: cannot unmarshal {} into Go value of type map[string]string",
                              kind_of(document)));
  }
  for (const auto& [key, value] : document.get_object()) {
    if (!value.is_string() && !value.is_null()) {
      return refuse(
          fmt::format("json: cannot unmarshal {} into Go value of type string", kind_of(value)));
    }
    const std::string text =
        value.is_null() ? std::string()
                        : std::string(value.get_string().data(), value.get_string().size());
    map[std::string(key.data(), key.size())] = text;
  }
  return map;
}

}  // namespace otelctl::server::go
