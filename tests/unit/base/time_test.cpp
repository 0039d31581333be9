// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/time.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace std::chrono_literals;

TEST_CASE("times are written in RFC 3339 with as many digits as wanted") {
  const Time time{1'755'684'000'123'456'789ns};
  CHECK(format_rfc3339(time) == "2025-08-20T10:00:00.123456789Z");
  CHECK(format_rfc3339(time, 3) == "2025-08-20T10:00:00.123Z");
  CHECK(format_rfc3339(time, 0) == "2025-08-20T10:00:00Z");
  CHECK(format_rfc3339(Time{-1ns}) == "1969-12-31T23:59:59.999999999Z");
  CHECK(format_rfc3339(Time::min()) == "1677-09-21T00:12:43.145224192Z");
  CHECK(format_rfc3339(Time::max()) == "2262-04-11T23:47:16.854775807Z");
}

TEST_CASE("RFC 3339 is read back with every offset") {
  CHECK(parse_rfc3339("2025-08-20T10:00:00.123456789Z") == Time{1'755'684'000'123'456'789ns});
  CHECK(parse_rfc3339("2025-08-20T12:00:00+02:00") == Time{1'755'684'000s});
  CHECK(parse_rfc3339("2025-08-20T09:30:00-00:30") == Time{1'755'684'000s});
  CHECK(parse_rfc3339("2025-08-20t10:00:00z") == Time{1'755'684'000s});
}

TEST_CASE("what is not RFC 3339 is nothing") {
  for (const char* text :
       {"", "2025-08-20", "2025-02-30T00:00:00Z", "2025-08-20T24:00:00Z", "2025-08-20T10:00:00",
        "2025-08-20T10:00:00.Z", "2025-08-20T10:00:00+2:00", "2025-08-20T10:00:00Zx",
        "1500-01-01T00:00:00Z", "-025-08-20T10:00:00Z", "2025-08-20T10:00:00.1234567890Z"}) {
    CAPTURE(text);
    CHECK(!parse_rfc3339(text));
  }
}

TEST_CASE("a moment may be a duration ago") {
  const Time now{1'755'684'000s};
  CHECK(parse_time("1h", now) == now - 1h);
  CHECK(parse_time("2025-08-20T09:00:00Z", now) == now - 1h);
  const auto wrong = parse_time("yesterday", now);
  REQUIRE(!wrong);
  CHECK(wrong.error().message == "'yesterday' is not a time");
}
