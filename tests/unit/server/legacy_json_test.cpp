// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/legacy_json.hpp"

#include <cmath>

#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::Status;

std::string legacy(const Request& request) {
  std::string json;
  append_legacy_trace(json, request.bytes());
  return json;
}

TEST_CASE("a span in full is written as Jaeger translates it") {
  Request request;
  Span& span =
      request.add_service("checkout", "io.otel.http")
          .add_span(trace_id(1), 2, "POST <orders>", 1485467191639875123, 1485467191639881999);
  request.message().mutable_resource_spans(0)->mutable_scope_spans(0)->mutable_scope()->set_version(
      "1.2");
  add_attribute(*request.message().mutable_resource_spans(0)->mutable_resource(), "host.name")
      .set_string_value("h");
  span.set_parent_span_id(std::string(span_id(1).view()));
  span.set_trace_state("a=b");
  span.set_kind(Span::SPAN_KIND_SERVER);
  span.mutable_status()->set_code(Status::STATUS_CODE_ERROR);
  span.mutable_status()->set_message("boom");
  add_attribute(span, "text").set_string_value("\"");
  add_attribute(span, "n").set_int_value(200);
  add_attribute(span, "big").set_int_value(9223372036854775222);
  add_attribute(span, "real").set_double_value(0.5);
  add_attribute(span, "nan").set_double_value(std::nan(""));
  add_attribute(span, "truth").set_bool_value(true);
  add_attribute(span, "blob").set_bytes_value(std::string("\x00\x00\x30\x39", 4));
  add_attribute(span, "list").mutable_array_value()->add_values()->set_string_value("x");
  add_attribute(span, "none");
  auto* const event = span.add_events();
  event->set_name("exception");
  event->set_time_unix_nano(1485467191639876999);
  add_attribute(*event, "why").set_string_value("because");
  auto* const link = span.add_links();
  link->set_trace_id(std::string(trace_id(9).view()));
  link->set_span_id(std::string(span_id(9).view()));
  CHECK(
      legacy(request) ==
      R"({"traceID":"5a000000000000000000000000000001","spans":[)"
      R"({"traceID":"5a000000000000000000000000000001","spanID":"0000000000000002",)"
      R"("operationName":"POST <orders>","references":[)"
      R"({"refType":"CHILD_OF","traceID":"5a000000000000000000000000000001",)"
      R"("spanID":"0000000000000001"},)"
      R"({"refType":"FOLLOWS_FROM","traceID":"5a000000000000000000000000000009",)"
      R"("spanID":"0000000000000009"}],"startTime":1485467191639875,"duration":6,"tags":[)"
      R"({"key":"otel.scope.name","type":"string","value":"io.otel.http"},)"
      R"({"key":"otel.scope.version","type":"string","value":"1.2"},)"
      R"({"key":"text","type":"string","value":"\""},{"key":"n","type":"int64","value":200},)"
      R"({"key":"big","type":"int64","value":"9223372036854775222"},)"
      R"({"key":"real","type":"float64","value":0.5},{"key":"nan","type":"float64","value":"NaN"},)"
      R"({"key":"truth","type":"bool","value":true},)"
      R"({"key":"blob","type":"binary","value":"AAAwOQ=="},)"
      R"({"key":"list","type":"string","value":"[\"x\"]"},)"
      R"({"key":"none","type":"string","value":""},)"
      R"({"key":"span.kind","type":"string","value":"server"},)"
      R"({"key":"otel.status_code","type":"string","value":"ERROR"},)"
      R"({"key":"error","type":"bool","value":true},)"
      R"({"key":"otel.status_description","type":"string","value":"boom"},)"
      R"({"key":"w3c.tracestate","type":"string","value":"a=b"}],"logs":[)"
      R"({"timestamp":1485467191639876,"fields":[)"
      R"({"key":"event","type":"string","value":"exception"},)"
      R"({"key":"why","type":"string","value":"because"}]}],"processID":"p1","warnings":null}],)"
      R"("processes":{"p1":{"serviceName":"checkout","tags":[)"
      R"({"key":"host.name","type":"string","value":"h"}]}},"warnings":null})");
}

TEST_CASE("a bare span has lists that are empty, and a negative duration is none") {
  Request request;
  request.add_span(trace_id(1), 1, "", 5000, 1000);
  CHECK(legacy(request) ==
        R"({"traceID":"5a000000000000000000000000000001","spans":[)"
        R"({"traceID":"5a000000000000000000000000000001","spanID":"0000000000000001",)"
        R"("operationName":"","references":[],"startTime":5,"duration":0,"tags":[],"logs":[],)"
        R"("processID":"p1","warnings":null}],"processes":{"p1":)"
        R"({"serviceName":"missing-service-name","tags":[]}},"warnings":null})");
}

TEST_CASE("equal processes are one, others are counted on") {
  Request request;
  request.add_service("a").add_span(trace_id(1), 1);
  request.add_service("b").add_span(trace_id(1), 2);
  request.add_service("a", "scope").add_span(trace_id(1), 3);
  const std::string json = legacy(request);
  CHECK(json.find(R"("processes":{"p1":{"serviceName":"a","tags":[]},"p2":{"serviceName":"b",)") !=
        std::string::npos);
  CHECK(json.find(R"("spanID":"0000000000000003")") < json.rfind(R"("processID":"p1")"));
}

TEST_CASE("a link to the parent gives the reference to it its type") {
  Request request;
  Span& span = request.add_service("a").add_span(trace_id(1), 2);
  span.set_parent_span_id(std::string(span_id(1).view()));
  auto* const link = span.add_links();
  link->set_trace_id(span.trace_id());
  link->set_span_id(span.parent_span_id());
  CHECK(
      legacy(request).find(R"("references":[{"refType":"FOLLOWS_FROM","traceID":")"
                           R"(5a000000000000000000000000000001","spanID":"0000000000000001"}])") !=
      std::string::npos);
  add_attribute(*link, "opentracing.ref_type").set_string_value("child_of");
  CHECK(legacy(request).find("FOLLOWS_FROM") == std::string::npos);
}

TEST_CASE("a trace id whose first half is zero loses it") {
  TraceId id = trace_id(7);
  CHECK(legacy_trace_id(id.view()) == "5a000000000000000000000000000007");
  id.bytes[0] = 0;
  CHECK(legacy_trace_id(id.view()) == "0000000000000007");
}

TEST_CASE("pretty printing changes white space only") {
  CHECK(indented(R"({"a":[1,{"b":"x,\"{}:"}],"c":[],"d":{}})") ==
        "{\n    \"a\": [\n        1,\n        {\n            \"b\": \"x,\\\"{}:\"\n        }\n"
        "    ],\n    \"c\": [],\n    \"d\": {}\n}");
}

}  // namespace
}  // namespace otelctl::server
