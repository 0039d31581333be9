// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/trace.hpp"

#include <limits>

#include <doctest/doctest.h>

using namespace otelctl::trace;

TEST_CASE("kinds and statuses have the names that the JSON shapes use") {
  CHECK(name_of(SpanKind::unspecified) == "unspecified");
  CHECK(name_of(SpanKind::internal) == "internal");
  CHECK(name_of(SpanKind::server) == "server");
  CHECK(name_of(SpanKind::client) == "client");
  CHECK(name_of(SpanKind::producer) == "producer");
  CHECK(name_of(SpanKind::consumer) == "consumer");
  CHECK(name_of(SpanStatus::unset) == "unset");
  CHECK(name_of(SpanStatus::ok) == "ok");
  CHECK(name_of(SpanStatus::error) == "error");
}

TEST_CASE("a kind is read by its name in any case") {
  CHECK(parse_span_kind("server") == SpanKind::server);
  CHECK(parse_span_kind("CONSUMER") == SpanKind::consumer);
  CHECK_FALSE(parse_span_kind("sever").has_value());
}

TEST_CASE("a value keeps every bit") {
  CHECK(Value::of_integer(std::numeric_limits<std::int64_t>::min()).integer() ==
        std::numeric_limits<std::int64_t>::min());
  CHECK(Value::of_integer(-1).integer() == -1);
  CHECK(Value::of_real(-0.1).real() == -0.1);
  CHECK(Value::of_boolean(true).boolean());
  CHECK_FALSE(Value::of_boolean(false).boolean());
  CHECK(Value::of_text(Text{7}).text() == Text{7});
  CHECK(Value::of_text(Text{7}) != Value::of_integer(7));
  CHECK(Value().type() == ValueType::empty);
}

TEST_CASE("an id is short where its upper half is zero") {
  const auto shortened = [](const char* hex) {
    return short_hex(otelctl::parse_hex<otelctl::TraceId>(hex).value());
  };
  CHECK(shortened("0af7651916cd43dd8448eb211c80319c") == "0af7651916cd43dd8448eb211c80319c");
  CHECK(shortened("00000000000000018448eb211c80319c") == "00000000000000018448eb211c80319c");
  CHECK(shortened("8448eb211c80319c") == "8448eb211c80319c");
  CHECK(shortened("1") == "0000000000000001");
}
