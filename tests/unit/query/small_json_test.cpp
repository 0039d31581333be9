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
  CHECK(read_operations(R"({"data":["b","a"],"total":2})").value() == Names{"a", "b"});
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

TEST_CASE("an error of Jaeger is told from one of what stands before it") {
  for (const char* text : {R"({"error":{"httpCode":404,"message":"No traces found"}})",
                           R"({"error":"trace not found","code":5,"message":"trace not found"})",
                           R"({"data":null,"errors":[{"code":404,"msg":"trace not found"}]})"}) {
    CAPTURE(text);
    CHECK(is_jaeger_error(text));
  }
  for (const char* text : {R"({"message":"no Route matched with those values"})",
                           R"({"status":404,"error":"Not Found","path":"/api/v3/trace-summaries"})",
                           R"({"detail":"Not Found"})", "404 page not found", "[]", "{}"}) {
    CAPTURE(text);
    CHECK_FALSE(is_jaeger_error(text));
  }
}

TEST_CASE("Zipkin's names are an array, and nothing else") {
  CHECK(read_zipkin_names(R"(["b","a","b"])").value() == std::vector<std::string>{"a", "b"});
  CHECK(read_zipkin_names("[]")->empty());
  CHECK_FALSE(read_zipkin_names("{}"));
  CHECK_FALSE(read_zipkin_names("[\"a\""));
}

TEST_CASE("Tempo's values come with types or without") {
  const std::vector<std::string> names = {"a", "b"};
  CHECK(read_tempo_values(R"({"tagValues":["b","a"]})").value() == names);
  CHECK(
      read_tempo_values(R"({"tagValues":[{"type":"string","value":"b"},{"value":"a"}]})").value() ==
      names);
  CHECK(read_tempo_values("{}")->empty());
  CHECK(read_tempo_values(R"({"metrics":{"inspectedBytes":"5"}})")->empty());
  CHECK_FALSE(read_tempo_values(R"({"data":[]})"));
  CHECK_FALSE(read_tempo_values("[]"));
}

TEST_CASE("Tempo's search gives ids without zeros, whole milliseconds and counts by service") {
  const auto found = read_tempo_search(
      R"({"traces":[{"traceID":"f1a","rootServiceName":"shop","rootTraceName":"GET /",)"
      R"("startTimeUnixNano":"1755684000123456789","durationMs":213,"serviceStats":)"
      R"({"shop":{"spanCount":3,"errorCount":1},"bank":{"spanCount":4}}}],"metrics":{}})",
      false);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
  const trace::Summary& summary = found->front();
  CHECK(to_hex(summary.id) == "00000000000000000000000000000f1a");
  CHECK(summary.root_service == "shop");
  CHECK(summary.root_name == "GET /");
  CHECK(summary.start.time_since_epoch().count() == 1755684000123456789);
  CHECK(summary.duration == std::chrono::milliseconds(213));
  CHECK(summary.span_count == 7);
  CHECK(summary.error_count == 1);
  REQUIRE(summary.services.size() == 2);
  CHECK(summary.services[0].name == "bank");
}

TEST_CASE("what an older Tempo does not say is unknown, and what its spans tell is taken") {
  const std::string text =
      R"({"traces":[{"traceID":"1","rootServiceName":"<root span not yet received>",)"
      R"("startTimeUnixNano":"1000000","spanSets":[{"spans":[{"spanID":"1",)"
      R"("startTimeUnixNano":"1000500","durationNanos":"2500"}],"matched":3}]}]})";
  const auto found = read_tempo_search(text, false);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
  CHECK(found->front().root_service.empty());
  CHECK(found->front().duration.count() == 3000);
  CHECK(found->front().span_count == 0);
  CHECK(found->front().error_count == 0);
  CHECK(read_tempo_search(text, true)->front().error_count == 3);
  CHECK(read_tempo_search(R"({"traces":[{"traceID":"1"},{"traceID":"x y"}]})", true)
            ->front()
            .error_count == 1);
}

TEST_CASE("a trace of Tempo ends before time does, whatever duration is said") {
  const auto found =
      read_tempo_search(R"({"traces":[{"traceID":"1","startTimeUnixNano":"1755684000123456789",)"
                        R"("durationMs":9223372036854775807}]})",
                        false);
  REQUIRE(found.has_value());
  CHECK(found->front().duration == Time::max() - found->front().start);
}

TEST_CASE("a Tempo answer of nothing is empty, another one is not understood") {
  CHECK(read_tempo_search(R"({"traces":null})", false)->empty());
  CHECK(read_tempo_values(R"({"tagValues":null})")->empty());
  CHECK(read_tempo_search("{}", false)->empty());
  CHECK(read_tempo_search(R"({"traces":[],"metrics":{}})", false)->empty());
  CHECK(read_tempo_search(R"({"metrics":{}})", false)->empty());
  CHECK_FALSE(read_tempo_search(R"({"data":[]})", false));
  CHECK_FALSE(read_tempo_search("[]", false));
}
