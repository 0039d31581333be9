// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/backend.hpp"

#include <limits>
#include <sstream>
#include <utility>

#include <doctest/doctest.h>

#include "query/case_folding.hpp"
#include "query/otlp_json.hpp"
#include "tests/support/make_trace.hpp"
#include "tests/support/read_traces.hpp"

using namespace otelctl;
using namespace otelctl::query;

namespace {

const trace::Trace& checkout() {
  static const trace::Trace trace =
      test::read_traces<OtlpJsonReader>(test::test_data("jaeger/checkout_v3.json")).value().front();
  return trace;
}

bool with_tag(const std::string& key, const std::string& value) {
  SpanFilter filter;
  filter.tags = {{key, value}};
  return matches(checkout(), filter);
}

}  // namespace

TEST_CASE("a trace matches by one of its spans") {
  SpanFilter filter;
  CHECK(matches(checkout(), filter));
  filter.service = "payment";
  CHECK(matches(checkout(), filter));
  filter.operation = "POST /charge";
  CHECK(matches(checkout(), filter));
  filter.must_have_failed = true;
  CHECK(matches(checkout(), filter));
  // That operation is another service's.
  filter.operation = "POST /orders";
  CHECK_FALSE(matches(checkout(), filter));
}

TEST_CASE("tags are found on spans, resources and events, whatever their type") {
  CHECK(with_tag("http.route", "/orders"));
  CHECK(with_tag("http.response.status_code", "500"));
  CHECK(with_tag("sampled", "true"));
  CHECK(with_tag("host.name", "node-1"));
  CHECK(with_tag("exception.type", "PaymentDeclined"));
  CHECK_FALSE(with_tag("http.route", "/order"));
  CHECK_FALSE(with_tag("route", "/orders"));
}

TEST_CASE("numbers match as the text that Jaeger makes of them, and as they are shown") {
  trace::TraceBuilder builder;
  const std::pair<const char*, trace::Value> values[] = {
      {"big", trace::Value::of_integer(9007199254740993)},
      {"whole", trace::Value::of_real(2)},
      {"nan", trace::Value::of_real(std::numeric_limits<double>::quiet_NaN())}};
  trace::Span span;
  span.id = test::span_id(1);
  for (const auto& [key, value] : values) {
    builder.columns().attributes.push_back({builder.intern(key), value});
    ++span.attributes.count;
  }
  builder.add(test::trace_id(1), span);
  const trace::Trace trace = std::move(builder.finish().front());
  const std::pair<std::string, std::string> tags[] = {
      {"big", "9007199254740993"}, {"whole", "2"}, {"whole", "2.0"}, {"nan", "NaN"}};
  for (const auto& tag : tags) {
    CAPTURE(tag.second);
    SpanFilter filter;
    filter.tags = {tag};
    CHECK(matches(trace, filter));
  }
}

TEST_CASE("error=true is a failed span, and names may be compared in any case") {
  CHECK(with_tag("error", "true"));
  SpanFilter filter;
  filter.tags = {{"error", "true"}};
  filter.operation = "GET /cart";
  filter.service = "PAYMENT";
  CHECK_FALSE(matches(checkout(), filter, NameCase::ignored));
  filter.operation = "post /CHARGE";
  CHECK(matches(checkout(), filter, NameCase::ignored));
  CHECK_FALSE(matches(checkout(), filter));
}

TEST_CASE("case is that of every script") {
  CHECK(equals_but_for_case("ÜNÏCÖDÉ-日本", "ünïcödé-日本"));
  CHECK(equals_but_for_case("ΟΔΟΣ", "οδος"));
  CHECK_FALSE(equals_but_for_case("ÜNÏ", "uni"));
  CHECK_FALSE(equals_but_for_case("a", "ab"));
}

TEST_CASE("tags must all be on the same span") {
  SpanFilter filter;
  filter.tags = {{"http.route", "/orders"}, {"exception.type", "PaymentDeclined"}};
  CHECK_FALSE(matches(checkout(), filter));
  filter.tags = {{"http.route", "/orders"}, {"host.name", "node-1"}};
  CHECK(matches(checkout(), filter));
}

TEST_CASE("a server of a kind needs a URL") {
  settings::QuerySettings settings;
  settings.kind = settings::BackendKind::zipkin;
  std::istringstream input;
  const auto backend = open_backend(settings, input);
  REQUIRE_FALSE(backend.has_value());
  CHECK(backend.error().kind == ErrorKind::usage);
}
