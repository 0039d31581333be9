// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/summary.hpp"

#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::Status;

std::string summary_of(const Request& request) {
  std::string json;
  append_summary(json, request.bytes());
  return json;
}

TEST_CASE("a summary counts spans, errors, orphans and services") {
  Request request;
  request.add_service("web").add_span(trace_id(1), 1, "GET /", 1000, 9000);
  Span& failed = request.add_service("cart").add_span(trace_id(1), 2, "cart", 2000, 9500);
  failed.set_parent_span_id(std::string(span_id(1).view()));
  failed.mutable_status()->set_code(Status::STATUS_CODE_ERROR);
  request.add_span(trace_id(1), 3, "lost", 1500, 1600)
      .set_parent_span_id(std::string(span_id(99).view()));
  CHECK(summary_of(request) ==
        R"({"traceId":"5a000000000000000000000000000001","rootServiceName":"web",)"
        R"("rootOperationName":"GET /","minStartTimeUnixNano":"1000","maxEndTimeUnixNano":"9500",)"
        R"("spanCount":3,"errorSpanCount":1,"orphanSpanCount":1,"services":[)"
        R"({"name":"cart","spanCount":2,"errorSpanCount":1},{"name":"web","spanCount":1}]})");
}

TEST_CASE("of several roots the earliest counts, and without one its names are left out") {
  Request request;
  request.add_service("late").add_span(trace_id(1), 1, "b", 2000, 3000);
  request.add_service("early").add_span(trace_id(1), 2, "a", 1000, 1500);
  CHECK(summary_of(request).find(R"("rootServiceName":"early","rootOperationName":"a")") !=
        std::string::npos);

  Request orphan;
  orphan.add_service("cart")
      .add_span(trace_id(1), 1, "x", 0, 0)
      .set_parent_span_id(std::string(span_id(99).view()));
  CHECK(summary_of(orphan) ==
        R"({"traceId":"5a000000000000000000000000000001","spanCount":1,"orphanSpanCount":1,)"
        R"("services":[{"name":"cart","spanCount":1}]})");
}

}  // namespace
}  // namespace otelctl::server
