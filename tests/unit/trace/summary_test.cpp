// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/summary.hpp"

#include <vector>

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::trace;
using test::make_trace;
using test::ShortSpan;

TEST_CASE("a summary names the root and counts spans, errors and services") {
  const std::vector<ShortSpan> spans = {
      {2, 1, 10, 50, "GET /cart", "cart", SpanKind::client, SpanStatus::error},
      {1, 0, 0, 100, "POST /orders", "checkout", SpanKind::server},
      {3, 2, 20, 120, "SELECT", "cart"},
      {4, 1, 20, 30, "mail", "a-mailer"},
  };
  const Summary summary = summarize(make_trace(spans, 5));
  CHECK(summary.id == test::trace_id(5));
  CHECK(summary.root_service == "checkout");
  CHECK(summary.root_name == "POST /orders");
  CHECK(summary.start == Time{nanoseconds{test::k_zero}});
  CHECK(summary.duration == nanoseconds{120});
  CHECK(summary.span_count == 4);
  CHECK(summary.error_count == 1);
  CHECK(summary.services ==
        std::vector<ServiceCount>{{"cart", 2}, {"a-mailer", 1}, {"checkout", 1}});
}

TEST_CASE("a root is preferred to an orphan that is earlier") {
  const Summary summary =
      summarize(make_trace({{2, 9, 0, 5, "lost"}, {1, 0, 10, 20, "root"}, {3, 9, 1, 2, "lost"}}));
  CHECK(summary.root_name == "root");
}

TEST_CASE("where all are orphans the earliest stands for the trace") {
  CHECK(summarize(make_trace({{2, 9, 7, 8, "late"}, {3, 9, 1, 2, "early"}})).root_name == "early");
}

TEST_CASE("an empty trace has an empty summary") {
  const Summary summary = summarize(make_trace({}));
  CHECK(summary.span_count == 0);
  CHECK(summary.services.empty());
}
