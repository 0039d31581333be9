// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_parameters.hpp"

#include <doctest/doctest.h>

#include "tests/support/make_trace.hpp"

using namespace otelctl;
using namespace otelctl::query;

namespace {

Search everything() {
  Search search;
  search.filter.service = "shop";
  search.filter.operation = "GET /";
  search.filter.tags = {{"a\"b", "c:d"}};
  search.filter.must_have_failed = true;
  search.min_span_duration = nanoseconds{1'500'001};
  search.max_span_duration = nanoseconds{2'500'001};
  search.start = Time{nanoseconds{test::k_zero + 1}};
  search.end = Time{nanoseconds{test::k_zero + 1001}};
  search.limit = 7;
  return search;
}

std::string joined(const std::vector<Parameter>& parameters) {
  std::string text;
  for (const Parameter& parameter : parameters) {
    text += parameter.name + "=" + parameter.value + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("api_v3 gets every name that a parameter ever had") {
  CHECK(joined(v3_parameters(everything())) ==
        "query.startTimeMin=2026-08-20T10:00:00.000000001Z\n"
        "query.start_time_min=2026-08-20T10:00:00.000000001Z\n"
        "query.startTimeMax=2026-08-20T10:00:00.000001001Z\n"
        "query.start_time_max=2026-08-20T10:00:00.000001001Z\n"
        "query.searchDepth=7\nquery.search_depth=7\nquery.num_traces=7\n"
        "query.serviceName=shop\nquery.service_name=shop\n"
        "query.operationName=GET /\nquery.operation_name=GET /\n"
        "query.durationMin=1500us\nquery.duration_min=1500us\n"
        "query.durationMax=2501us\nquery.duration_max=2501us\n"
        "query.attributes={\"a\\\"b\":\"c:d\",\"error\":\"true\"}\n");
}

TEST_CASE("the legacy API gets microseconds that hold all of the time") {
  CHECK(joined(legacy_parameters(everything())) ==
        "start=1787220000000000\nend=1787220000000002\nlimit=7\nservice=shop\noperation=GET /\n"
        "minDuration=1500us\nmaxDuration=2501us\ntags={\"a\\\"b\":\"c:d\",\"error\":\"true\"}\n");
}

TEST_CASE("what is not asked for is not sent") {
  Search search;
  search.limit = 1;
  CHECK(v3_parameters(search).size() == 7);
  CHECK(legacy_parameters(search).size() == 3);
}
