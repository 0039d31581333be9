// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/go_values.hpp"

#include <doctest/doctest.h>

namespace otelctl::server::go {
namespace {

using namespace std::chrono_literals;

template <typename T>
std::string fault_of(const Result<T>& result) {
  return result ? "none" : result.error().message;
}

TEST_CASE("durations are Go's: with units, fractions and signs") {
  CHECK(parse_duration("1.5s").value() == 1500ms);
  CHECK(parse_duration("1h2m3s4ms5us6ns").value() == 1h + 2min + 3s + 4ms + 5us + 6ns);
  CHECK(parse_duration("100\u00B5s").value() == 100us);
  CHECK(parse_duration("100\u03BCs").value() == 100us);
  CHECK(parse_duration("-2s").value() == -2s);
  CHECK(parse_duration("+.5s").value() == 500ms);
  CHECK(parse_duration("0").value() == 0s);
  CHECK(fault_of(parse_duration("100")) == "time: missing unit in duration \"100\"");
  CHECK(fault_of(parse_duration("5q")) == "time: unknown unit \"q\" in duration \"5q\"");
  CHECK(fault_of(parse_duration("zz")) == "time: invalid duration \"zz\"");
  CHECK(fault_of(parse_duration("")) == "time: invalid duration \"\"");
  CHECK(fault_of(parse_duration(".s")) == "time: invalid duration \".s\"");
  CHECK(fault_of(parse_duration("9999999999h")) == "time: invalid duration \"9999999999h\"");
  CHECK_FALSE(parse_duration(std::string(400, '9') + "s").has_value());
}

TEST_CASE("numbers are read within their bits") {
  CHECK(parse_int("-5", 32).value() == -5);
  CHECK(parse_int("+5", 32).value() == 5);
  CHECK(fault_of(parse_int("+-5", 32)) == "strconv.ParseInt: parsing \"+-5\": invalid syntax");
  CHECK(fault_of(parse_int("a", 32)) == "strconv.ParseInt: parsing \"a\": invalid syntax");
  CHECK(fault_of(parse_int("5 ", 32)) == "strconv.ParseInt: parsing \"5 \": invalid syntax");
  CHECK(fault_of(parse_int("2147483648", 32)) ==
        "strconv.ParseInt: parsing \"2147483648\": value out of range");
  CHECK(parse_int("-2147483648", 32).value() == -2147483648LL);
  CHECK(fault_of(parse_int("99999999999999999999", 64)) ==
        "strconv.ParseInt: parsing \"99999999999999999999\": value out of range");
  CHECK(parse_uint("ff", 16, 64).value() == 255);
  CHECK(fault_of(parse_uint("-1", 10, 32)) == "strconv.ParseUint: parsing \"-1\": invalid syntax");
  CHECK(fault_of(parse_uint("4294967296", 10, 32)) ==
        "strconv.ParseUint: parsing \"4294967296\": value out of range");
}

TEST_CASE("booleans are the twelve words that Go knows") {
  CHECK(parse_bool("true").value());
  CHECK(parse_bool("T").value());
  CHECK_FALSE(parse_bool("0").value());
  CHECK_FALSE(parse_bool("yes").has_value());
  CHECK_FALSE(parse_bool("").has_value());
}

TEST_CASE("times are RFC 3339, and others are refused in Go's words") {
  CHECK(parse_time("2026-08-20T10:00:00.5Z").has_value());
  CHECK(fault_of(parse_time("1")) ==
        "parsing time \"1\" as \"2006-01-02T15:04:05.999999999Z07:00\": cannot parse \"1\" as "
        "\"2006\"");
}

TEST_CASE("a map of strings is what JSON holds, and nothing else") {
  const auto map = parse_string_map(R"({"a":"1","b":null})").value();
  CHECK(map == std::map<std::string, std::string>{{"a", "1"}, {"b", ""}});
  CHECK(parse_string_map("null").value().empty());
  CHECK(fault_of(parse_string_map(R"({"a":1})")) ==
        "json: cannot unmarshal number into Go value of type string");
  CHECK(fault_of(parse_string_map(R"({"a":{}})")) ==
        "json: cannot unmarshal object into Go value of type string");
  CHECK(fault_of(parse_string_map("[]")) ==
        "json: cannot unmarshal array into Go value of type map[string]string");
  CHECK(fault_of(parse_string_map("w:x")) ==
        "invalid character 'w' looking for beginning of value");
  CHECK(fault_of(parse_string_map("{")) == "unexpected end of JSON input");
  CHECK(fault_of(parse_string_map("")) == "unexpected end of JSON input");
  CHECK_FALSE(parse_string_map(std::string(100'000, '[')).has_value());
}

}  // namespace
}  // namespace otelctl::server::go
