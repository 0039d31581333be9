// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "yaml/scalar.hpp"

#include <cmath>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

using namespace otelctl::yaml;

TEST_CASE("plain scalars resolve as YAML 1.2 and as PyYAML read them") {
  using enum ScalarType;
  struct Row {
    std::string_view text;
    ScalarType core;
    ScalarType legacy;
  };
  const std::vector<Row> rows{
      {"true", boolean, boolean},
      {"FALSE", boolean, boolean},
      {"tRue", text, text},
      {"yes", text, boolean},
      {"Off", text, boolean},
      {"y", text, text},
      {"N", text, text},
      {"", null, null},
      {"~", null, null},
      {"NULL", null, null},
      {"nUll", text, text},
      {"0", integer, integer},
      {"-12", integer, integer},
      {"+7", integer, integer},
      {"017", integer, integer},
      {"08", integer, text},
      {"0o17", integer, text},
      {"0x1F", integer, integer},
      {"-0x1F", text, integer},
      {"0b101", text, integer},
      {"1_000", text, integer},
      {"12:30:45", text, integer},
      {"12:60", text, text},
      {"1.5", number, number},
      {".5", number, number},
      {"-.5", number, text},
      {"5.", number, number},
      {"1e3", number, text},
      {"1.0e+3", number, number},
      {"1.0e3", number, text},
      {"1.2.3", text, text},
      {".inf", number, number},
      {"-.INF", number, number},
      {".nan", number, number},
      {"-.nan", text, text},
      {"inf", text, text},
      {"2025-11-19", text, date},
      {"2025-1-9", text, text},
      {"2025-11-19 10:00:00", text, date},
      {"2025-11-19T10:00:00.5Z", text, date},
      {"2025-11", text, text},
      {"0,5", text, text},
      {"10%", text, text},
      {"10s", text, text},
      {"-", text, text},
      {"+", text, text},
      {".", text, text},
      {"1e", text, text},
      {"99999999999999999999", integer, integer},
      {"1:30.5", text, number},
      {"0.3.0", text, text},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Scalar scalar = resolve_plain(row.text);
    CHECK(static_cast<int>(scalar.core) == static_cast<int>(row.core));
    CHECK(static_cast<int>(scalar.legacy) == static_cast<int>(row.legacy));
  }
}

TEST_CASE("booleans of both generations are read in any case") {
  CHECK(read_boolean("true") == true);
  CHECK(read_boolean("tRUE") == true);
  CHECK(read_boolean("Yes") == true);
  CHECK(read_boolean("y") == true);
  CHECK(read_boolean("OFF") == false);
  CHECK(read_boolean("n") == false);
  CHECK_FALSE(read_boolean("1").has_value());
  CHECK_FALSE(read_boolean("enabled").has_value());
  CHECK_FALSE(read_boolean("").has_value());
}

TEST_CASE("integers of the core schema are read within 64 bits") {
  CHECK(read_integer("42") == 42);
  CHECK(read_integer("+42") == 42);
  CHECK(read_integer("-42") == -42);
  CHECK(read_integer("0x1F") == 31);
  CHECK(read_integer("0o17") == 15);
  CHECK(read_integer("9223372036854775807") == INT64_MAX);
  CHECK_FALSE(read_integer("9223372036854775808").has_value());
  CHECK_FALSE(read_integer("1.0").has_value());
  CHECK_FALSE(read_integer("1_000").has_value());
  CHECK_FALSE(read_integer("+-4").has_value());
}

TEST_CASE("numbers of the core schema are read") {
  CHECK(read_number("1.5") == 1.5);
  CHECK(read_number("+1.5") == 1.5);
  CHECK(read_number(".5") == 0.5);
  CHECK(read_number("5.") == 5.0);
  CHECK(read_number("1e3") == 1000.0);
  CHECK(read_number("7") == 7.0);
  CHECK(read_number(".inf") == INFINITY);
  CHECK(read_number("-.Inf") == -INFINITY);
  CHECK(std::isnan(read_number(".NaN").value()));
  CHECK_FALSE(read_number("1e400").has_value());
  CHECK_FALSE(read_number("0,5").has_value());
  CHECK_FALSE(read_number("inf").has_value());
}
