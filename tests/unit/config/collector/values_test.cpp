// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "config/collector/go_duration.hpp"
#include "config/collector/go_url.hpp"
#include "config/collector/id.hpp"
#include "config/collector/value.hpp"

using namespace otelctl::config::collector;

TEST_CASE("plain text has the type that go-yaml gives it") {
  struct Row {
    std::string_view text;
    ValueType type;
    double number = 0;
  };
  const std::vector<Row> rows{
      {"", ValueType::null},
      {"~", ValueType::null},
      {"NULL", ValueType::null},
      {"True", ValueType::boolean},
      {"yes", ValueType::text},
      {"off", ValueType::text},
      {"tRue", ValueType::text},
      {"12", ValueType::integer, 12},
      {"-7", ValueType::integer, -7},
      {"010", ValueType::integer, 8},
      {"0o17", ValueType::integer, 15},
      {"0x1F", ValueType::integer, 31},
      {"0b101", ValueType::integer, 5},
      {"8_192", ValueType::integer, 8192},
      {"08", ValueType::number, 8},
      {"1.5", ValueType::number, 1.5},
      {"1e3", ValueType::number, 1000},
      {".5", ValueType::number, 0.5},
      {"2026-11-20", ValueType::date},
      {"2026-11-20T10:00:00Z", ValueType::date},
      {"2026-11", ValueType::text},
      {"12:30", ValueType::text},
      {"1.2.3", ValueType::text},
      {"-", ValueType::text},
      {"0xZZ", ValueType::text},
      {"5s", ValueType::text},
  };
  for (const Row& row : rows) {
    CAPTURE(row.text);
    const Value value = typed(row.text);
    CHECK(words_of(value.type) == words_of(row.type));
    CHECK(value.type == row.type);
    CHECK(value.number == doctest::Approx(row.number));
  }
}

TEST_CASE("durations are Go's") {
  CHECK(read_go_duration("1m30s") == doctest::Approx(90));
  CHECK(read_go_duration("-1.5h") == doctest::Approx(-5400));
  CHECK(read_go_duration("+200ms") == doctest::Approx(0.2));
  CHECK(read_go_duration("3\u00b5s") == doctest::Approx(3e-6));
  CHECK(read_go_duration("0") == doctest::Approx(0));
  for (const std::string_view text : {"", "5", "1d", "5 s", "s", "1.s.", "-", "1m30", "1e3s"}) {
    CAPTURE(text);
    CHECK_FALSE(read_go_duration(text).has_value());
  }
}

TEST_CASE("URLs are what Go takes for one") {
  for (const std::string_view text :
       {"http://backend:4318", "localhost:4318", "collector-1:4318", "/otlp", "", "backend",
        "https://[::1]:4318/x?y#z", "http://user:pass@backend/%20", "http://backend:99999"}) {
    CAPTURE(text);
    CHECK(flaw_of_url(text) == "");
  }
  for (const std::string_view text :
       {"127.0.0.1:4318", "my_host:4318", ":4318", "http://backend:port", "http://a b",
        "http://[::1", "http://backend/%zz", "http://back\tend"}) {
    CAPTURE(text);
    CHECK(flaw_of_url(text) != "");
  }
}

TEST_CASE("addresses are split as Go splits them") {
  REQUIRE(split_host_port("[::1]:4317").has_value());
  CHECK(split_host_port("[::1]:4317")->host == "::1");
  CHECK(split_host_port(":4317")->host == "");
  CHECK(split_host_port("a:b")->port == "b");
  for (const std::string_view text : {"backend", "::1", "[::1]", "a:1:2", "[a:1"}) {
    CAPTURE(text);
    CHECK_FALSE(split_host_port(text).has_value());
  }
  CHECK(read_port("4317") == 4317);
  CHECK_FALSE(read_port("4317/v1").has_value());
  CHECK_FALSE(read_port("").has_value());
}

TEST_CASE("names of components are type/name, spaces around the parts not counted") {
  CHECK(read_id(" debug / a ").text() == "debug/a");
  for (const std::string_view text : {"otlp", "otlp/2", "debug/a.b-c_d:e/f", "k8s_events/\u00e4"}) {
    CAPTURE(text);
    CHECK(flaw_of_id(text) == "");
  }
  for (const std::string_view text : {"", " ", "/x", "otlp/", "otlp-http", "2otlp", "otlp/a b",
                                      "otlp/a+b", "otlp/${env:A}", "otlp/\u20ac"}) {
    CAPTURE(text);
    CHECK(flaw_of_id(text) != "");
  }
}
