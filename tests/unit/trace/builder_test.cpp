// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/builder.hpp"

#include <limits>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;

namespace {

Span span_with_id(std::uint64_t id) {
  Span span;
  span.id = test::span_id(id);
  return span;
}

}  // namespace

TEST_CASE("spans of several traces are sorted into their traces") {
  TraceBuilder builder;
  builder.add(test::trace_id(1), span_with_id(1));
  builder.add(test::trace_id(2), span_with_id(2));
  builder.add(test::trace_id(1), span_with_id(3));
  CHECK(builder.span_count() == 3);
  const auto traces = builder.finish();
  REQUIRE(traces.size() == 2);
  CHECK(traces[0].id == test::trace_id(1));
  CHECK(traces[0].spans.size() == 2);
  CHECK(traces[1].spans.size() == 1);
  CHECK(traces[0].columns == traces[1].columns);
}

TEST_CASE("a builder is empty once it has given its traces away") {
  TraceBuilder builder;
  builder.add(test::trace_id(1), span_with_id(1));
  CHECK(builder.finish().size() == 1);
  CHECK(builder.span_count() == 0);
  CHECK(builder.finish().empty());
}

TEST_CASE("spans without a valid id are counted and left out") {
  TraceBuilder builder;
  builder.add(TraceId{}, span_with_id(1));
  builder.add(test::trace_id(1), Span{});
  CHECK(builder.invalid_spans() == 2);
  CHECK(builder.finish().empty());
}

TEST_CASE("a warning about a trace that has no spans makes no trace") {
  TraceBuilder builder;
  builder.warn(test::trace_id(1), "trace not found");
  CHECK(builder.finish().empty());
}

TEST_CASE("the service is taken from the resource's attributes") {
  TraceBuilder builder;
  const auto index = builder.add_resource();
  auto& columns = builder.columns();
  builder.resource(index).attributes = {0, 2};
  columns.attributes.push_back({builder.intern("host.name"), Value::of_text(builder.intern("a"))});
  columns.attributes.push_back(
      {builder.intern("service.name"), Value::of_text(builder.intern("checkout"))});
  builder.finish_resource(index);
  CHECK(columns.texts[builder.resource(index).service] == "checkout");

  const auto without = builder.add_resource();
  builder.resource(without).attributes = {0, 1};
  builder.finish_resource(without);
  CHECK(builder.resource(without).service == Text::empty);
}

TEST_CASE("times that make no sense become times that do, with a warning") {
  TraceBuilder builder;
  Span span = span_with_id(1);
  SUBCASE("an end before the start") {
    builder.set_times(span, 100, 50);
    CHECK(span.duration.count() == 0);
    REQUIRE(span.warnings.count == 1);
    CHECK(builder.columns().texts[builder.columns().warnings[0]] ==
          "the span ends before it starts");
  }
  SUBCASE("no end") {
    builder.set_times(span, 100, 0);
    CHECK(span.duration.count() == 0);
    REQUIRE(span.warnings.count == 1);
    CHECK(builder.columns().texts[builder.columns().warnings[0]] == "the span has no end");
  }
  SUBCASE("beyond what 64 signed bits hold") {
    builder.set_times(span, 100, std::numeric_limits<std::uint64_t>::max());
    CHECK(span.duration.count() == std::numeric_limits<std::int64_t>::max() - 100);
    CHECK(span.warnings.count == 0);
  }
}

TEST_CASE("a span ends before time does") {
  TraceBuilder builder;
  Span late = span_with_id(1);
  late.start = Time::max() - nanoseconds(5);
  late.duration = nanoseconds::max();
  builder.add(test::trace_id(1), late);
  CHECK(builder.finish().front().spans.front().duration == nanoseconds(5));
}
