// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/record_text.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::otlp;

TEST_CASE("a severity is a name, for the first of its numbers, or a number") {
  CHECK(*parse_severity("trace") == 1);
  CHECK(*parse_severity("debug") == 5);
  CHECK(*parse_severity("info") == 9);
  CHECK(*parse_severity("WARN") == 13);
  CHECK(*parse_severity("Error") == 17);
  CHECK(*parse_severity("fatal") == 21);
  CHECK(*parse_severity("1") == 1);
  CHECK(*parse_severity("24") == 24);
}

TEST_CASE("what is no severity is refused with what there is") {
  for (const std::string_view text : {"", "0", "25", "-1", "9.5", "9 ", "loud", "99999999999"}) {
    CAPTURE(text);
    const auto severity = parse_severity(text);
    REQUIRE(!severity);
    CHECK(severity.error().kind == ErrorKind::usage);
    CHECK(severity.error().hint ==
          "use trace, debug, info, warn, error, fatal, or a number from 1 to 24");
  }
  CHECK(parse_severity("eror").error().hint == "did you mean 'error'?");
}

TEST_CASE("a severity has the short name that the specification gives it") {
  CHECK(severity_name(1) == "TRACE");
  CHECK(severity_name(9) == "INFO");
  CHECK(severity_name(10) == "INFO2");
  CHECK(severity_name(16) == "WARN4");
  CHECK(severity_name(24) == "FATAL4");
}

TEST_CASE("a value is an integer when it is written as one, else a double") {
  using Value = std::variant<std::int64_t, double>;
  CHECK(*parse_number("3") == Value(std::int64_t{3}));
  CHECK(*parse_number("-1") == Value(std::int64_t{-1}));
  CHECK(*parse_number("9223372036854775807") == Value(std::numeric_limits<std::int64_t>::max()));
  CHECK(*parse_number("3.0") == Value(3.0));
  CHECK(*parse_number("-0.5") == Value(-0.5));
  CHECK(*parse_number("1e3") == Value(1000.0));
}

TEST_CASE("a value that is none, not finite or too large is refused") {
  for (const std::string_view text : {"", "one", "1,5", "0x10", "3 ", "nan", "inf", "-", "1e999"}) {
    CAPTURE(text);
    const auto value = parse_number(text);
    REQUIRE(!value);
    CHECK(value.error().kind == ErrorKind::usage);
    CHECK(value.error().message == "'" + std::string(text) + "' is not a number");
  }
  CHECK(parse_number("9223372036854775808").error().message ==
        "9223372036854775808 does not fit into 64 bits");
}
