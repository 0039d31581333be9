// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/small_json.hpp"

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::query;
using Names = std::vector<std::string>;

TEST_CASE("services come sorted from either dialect") {
  CHECK(read_services_v3(R"({"services":["b","a","b"]})").value() == Names{"a", "b"});
  CHECK(read_services_v3("{}").value().empty());
  CHECK(read_services_legacy(R"({"data":["b","a"],"total":2})").value() == Names{"a", "b"});
  CHECK(read_services_legacy(R"({"data":null})").value().empty());
}

TEST_CASE("one dialect's services are not the other's") {
  CHECK(read_services_v3(R"({"data":["a"]})").error().kind == ErrorKind::not_understood);
  CHECK(read_services_legacy(R"({"services":["a"]})").error().kind == ErrorKind::not_understood);
  CHECK_FALSE(read_services_v3("[]").has_value());
  CHECK_FALSE(read_services_v3("{").has_value());
  CHECK_FALSE(read_services_legacy("").has_value());
}

TEST_CASE("operations are named once whatever their kinds") {
  CHECK(read_operations(R"({"operations":[{"name":"b","spanKind":"server"},{"name":"a"},)"
                        R"({"name":"b","spanKind":"client"}]})")
            .value() == Names{"a", "b"});
  CHECK(read_operations(R"({"data":[{"name":"x"}]})").value() == Names{"x"});
  CHECK(read_operations("{}").value().empty());
}

TEST_CASE("summaries are read with what is absent as zero") {
  const auto summaries = read_summaries(
      R"({"summaries":[{"traceId":"0af7651916cd43dd8448eb211c80319c","rootServiceName":"checkout",)"
      R"("rootOperationName":"POST /orders","minStartTimeUnixNano":"1787220000123456789",)"
      R"("maxEndTimeUnixNano":"1787220000336456789","spanCount":3,"errorSpanCount":1,)"
      R"("services":[{"name":"checkout","spanCount":1},{"name":"payment","spanCount":2}]},)"
      R"({"traceId":"02"},{"traceId":"not an id"},7]})");
  REQUIRE(summaries.has_value());
  REQUIRE(summaries->size() == 2);
  const trace::Summary& first = summaries->front();
  CHECK(to_hex(first.id) == "0af7651916cd43dd8448eb211c80319c");
  CHECK(first.root_service == "checkout");
  CHECK(first.root_name == "POST /orders");
  CHECK(first.duration == std::chrono::milliseconds(213));
  CHECK(first.span_count == 3);
  CHECK(first.error_count == 1);
  CHECK(first.services == std::vector<trace::ServiceCount>{{"payment", 2}, {"checkout", 1}});
  CHECK(summaries->back().error_count == 0);
  CHECK(summaries->back().duration == nanoseconds{0});
}

TEST_CASE("no summaries are an empty object, and another answer is none") {
  CHECK(read_summaries("{}").value().empty());
  CHECK_FALSE(read_summaries(R"({"error":"x"})").has_value());
  CHECK_FALSE(read_summaries("<html>").has_value());
}

TEST_CASE("an error's message is found in either dialect") {
  CHECK(read_error_message(R"({"error":{"httpCode":404,"message":"No traces found"}})") ==
        "No traces found");
  CHECK(read_error_message(R"({"data":null,"errors":[{"code":400,"msg":"bad"}]})") == "bad");
  CHECK(read_error_message(R"({"code":5,"message":"gone"})") == "gone");
  CHECK(read_error_message(R"({"error":"plain"})") == "plain");
  CHECK_FALSE(read_error_message("404 page not found").has_value());
  CHECK_FALSE(read_error_message("{}").has_value());
}
