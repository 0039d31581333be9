// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "base/duration.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace std::chrono_literals;

TEST_CASE("durations are read with their units") {
  CHECK(parse_duration("250ms") == 250ms);
  CHECK(parse_duration("1m30s") == 90s);
  CHECK(parse_duration("1h") == 1h);
  CHECK(parse_duration("2d") == 48h);
  CHECK(parse_duration("1.5s") == 1500ms);
  CHECK(parse_duration("3us") == 3us);
  CHECK(parse_duration("3µs") == 3us);
  CHECK(parse_duration("17ns") == 17ns);
  CHECK(parse_duration("0") == 0ns);
}

TEST_CASE("a duration without a unit shows both readings") {
  const auto result = parse_duration("10");
  REQUIRE(!result);
  CHECK(result.error().kind == ErrorKind::usage);
  CHECK(result.error().message == "'10' has no unit");
  CHECK(result.error().hint == "write 10s for seconds or 10ms for milliseconds");
}

TEST_CASE("what is not a duration is refused") {
  for (const char* text : {"", "s", "10x", "1m30", "-1s", "1e3s", "nan", "inf", "1 s", "ten"}) {
    CAPTURE(text);
    CHECK(!parse_duration(text));
  }
  CHECK(!parse_duration("400000d"));
}

TEST_CASE("durations are shown with three digits and one unit") {
  CHECK(format_duration(0ns) == "0ns");
  CHECK(format_duration(999ns) == "999ns");
  CHECK(format_duration(1234ns) == "1.23us");
  CHECK(format_duration(12'345ns) == "12.3us");
  CHECK(format_duration(213ms) == "213ms");
  CHECK(format_duration(1234ms) == "1.23s");
  CHECK(format_duration(63s) == "1m 3s");
  CHECK(format_duration(125min) == "2h 5m");
  CHECK(format_duration(76h) == "3d 4h");
  CHECK(format_duration(-5ms) == "-5.00ms");
  CHECK(format_duration(std::chrono::nanoseconds::max()) == "106751d 23h");
  CHECK(format_duration(std::chrono::nanoseconds::min()) == "-106751d 23h");
}

TEST_CASE("rounding never leaves a unit behind") {
  CHECK(format_duration(999'999ns) == "1.00ms");
  CHECK(format_duration(999'960us) == "1.00s");
  CHECK(format_duration(59'999ms) == "1m 0s");
}

TEST_CASE("the exact form is read back as it was") {
  for (const auto duration : {0ns, 1ns, 90'000'000'000ns, 250'000'000ns, 86'400'000'000'001ns}) {
    CHECK(parse_duration(format_duration_exact(duration)) == duration);
  }
}

TEST_CASE("sizes are read with their units and shown in binary ones") {
  CHECK(parse_size("64KiB") == 65536U);
  CHECK(parse_size("10MB") == 10'000'000U);
  CHECK(parse_size("1.5MiB") == 1'572'864U);
  CHECK(parse_size("12B") == 12U);
  CHECK(!parse_size("10"));
  CHECK(!parse_size("10mib"));
  CHECK(format_size(256U << 20U) == "256MiB");
  CHECK(format_size(1536) == "1.5KiB");
  CHECK(format_size(17) == "17B");
}
