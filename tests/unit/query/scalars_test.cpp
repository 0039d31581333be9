// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/scalars.hpp"

#include <cmath>
#include <limits>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::query;
using trace::SpanKind;
using trace::SpanStatus;

namespace {

JsonScalar text(std::string_view content) {
  JsonScalar value{JsonScalar::Type::text};
  value.text = content;
  return value;
}

JsonScalar integer(std::int64_t number) {
  JsonScalar value{JsonScalar::Type::integer};
  value.integer = number;
  return value;
}

JsonScalar real(double number) {
  JsonScalar value{JsonScalar::Type::real};
  value.real = number;
  return value;
}

}  // namespace

TEST_CASE("times are read from strings and numbers") {
  CHECK(to_unsigned(text("1787220000123456789")) == 1787220000123456789U);
  CHECK(to_unsigned(integer(5)) == 5);
  CHECK(to_unsigned(integer(-5)) == 0);
  CHECK(to_unsigned(real(1.5e3)) == 1500);
  CHECK(to_unsigned(real(1e300)) == 0);
  CHECK(to_unsigned(real(std::nan(""))) == 0);
  CHECK(to_unsigned(text("soon")) == 0);
  CHECK(to_unsigned(text("-1")) == 0);
}

TEST_CASE("integers are read where they are exact") {
  CHECK(to_integer(text("-9223372036854775808")) == std::numeric_limits<std::int64_t>::min());
  CHECK(to_integer(real(7.0)) == 7);
  CHECK_FALSE(to_integer(real(7.5)).has_value());
  CHECK_FALSE(to_integer(real(1e19)).has_value());
  CHECK_FALSE(to_integer(text("12 apples")).has_value());
}

TEST_CASE("doubles include what JSON has no numbers for") {
  CHECK(to_real(text("Infinity")) == std::numeric_limits<double>::infinity());
  CHECK(to_real(text("-Infinity")) == -std::numeric_limits<double>::infinity());
  CHECK(std::isnan(to_real(text("NaN")).value()));
  CHECK(to_real(integer(2)) == 2.0);
  CHECK_FALSE(to_real(text("much")).has_value());
}

TEST_CASE("an error tag is true by its value, not by being there") {
  JsonScalar yes{JsonScalar::Type::boolean};
  yes.boolean = true;
  CHECK(to_boolean(yes));
  CHECK(to_boolean(text("true")));
  CHECK(to_boolean(integer(1)));
  CHECK_FALSE(to_boolean(text("unset")));
  CHECK_FALSE(to_boolean(JsonScalar{}));
}

TEST_CASE("kinds and statuses are numbers or names") {
  CHECK(to_span_kind(integer(2)) == SpanKind::server);
  CHECK(to_span_kind(text("SPAN_KIND_CONSUMER")) == SpanKind::consumer);
  CHECK(to_span_kind(text("client")) == SpanKind::client);
  CHECK(to_span_kind(text("3")) == SpanKind::client);
  CHECK(to_span_kind(integer(99)) == SpanKind::unspecified);
  CHECK(to_span_kind(integer(-1)) == SpanKind::unspecified);
  CHECK(to_span_status(integer(2)) == SpanStatus::error);
  CHECK(to_span_status(text("STATUS_CODE_OK")) == SpanStatus::ok);
  CHECK(to_span_status(text("ERROR")) == SpanStatus::error);
  CHECK(to_span_status(text("unset")) == SpanStatus::unset);
  CHECK(to_span_status(integer(3)) == SpanStatus::unset);
}

TEST_CASE("a scalar as text is its JSON form") {
  CHECK(to_text(integer(-3)) == "-3");
  CHECK(to_text(real(2.0)) == "2.0");
  CHECK(to_text(text("as it is")) == "as it is");
  CHECK(to_text(JsonScalar{}).empty());
}
