// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/zipkin_json.hpp"

#include <doctest/doctest.h>

#include "tests/unit/server/make_request.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;
using opentelemetry::proto::trace::v1::Status;

std::string zipkin_of(const Request& request) {
  std::string json;
  append_zipkin_trace(json, request.bytes());
  return json;
}

TEST_CASE("a plain span has what Zipkin has fields for") {
  Request request;
  Span& span = request.add_service("Shop").add_span(trace_id(1), 2, "GET /Cart", 1'000'000'999,
                                                    1'000'001'500);
  span.set_kind(Span::SPAN_KIND_CLIENT);
  span.set_parent_span_id(std::string(span_id(1).view()));
  CHECK(zipkin_of(request) ==
        R"([{"traceId":"5a000000000000000000000000000001","id":"0000000000000002",)"
        R"("parentId":"0000000000000001","kind":"CLIENT","name":"get /cart","timestamp":1000000,)"
        R"("duration":1,"localEndpoint":{"serviceName":"shop"},"annotations":[],"tags":{}}])");
}

TEST_CASE("what Zipkin has no field for goes into tags and annotations") {
  Request request;
  Span& span = request.add_service("shop", "lib").add_span(trace_id(1), 1, "work", 0, 0);
  auto* const host =
      request.message().mutable_resource_spans(0)->mutable_resource()->add_attributes();
  host->set_key("host.name");
  host->mutable_value()->set_string_value("node-1");
  span.set_kind(Span::SPAN_KIND_INTERNAL);
  span.set_trace_state("a=b");
  span.mutable_status()->set_code(Status::STATUS_CODE_ERROR);
  span.mutable_status()->set_message("no \"card\"");
  add_attribute(span, "n").set_int_value(3);
  add_attribute(span, "error").set_bool_value(false);
  add_attribute(span, "list").mutable_array_value()->add_values()->set_bool_value(true);
  auto* const plain = span.add_events();
  plain->set_name("tick");
  plain->set_time_unix_nano(5'000);
  auto* const event = span.add_events();
  event->set_name("exception");
  add_attribute(*event, "type").set_string_value("E");
  event->set_dropped_attributes_count(2);
  auto* const link = span.add_links();
  link->set_trace_id(std::string(trace_id(9).view()));
  link->set_span_id(std::string(span_id(8).view()));
  link->set_trace_state("c=d");
  CHECK(zipkin_of(request) ==
        R"([{"traceId":"5a000000000000000000000000000001","id":"0000000000000001","name":"work",)"
        R"("localEndpoint":{"serviceName":"shop"},"annotations":[{"timestamp":5,"value":"tick"},)"
        R"({"timestamp":0,"value":"exception|{\"type\":\"E\"}|2"}],"tags":{"host.name":"node-1",)"
        R"("n":"3","list":"[true]","span.kind":"internal","otel.scope.name":"lib",)"
        R"("w3c.tracestate":"a=b","otel.status_code":"ERROR",)"
        R"("otel.status_description":"no \"card\"","error":"true",)"
        R"("otlp.link.0":"5a000000000000000000000000000009|0000000000000008|c=d|{}|0"}}])");
}

TEST_CASE("a span's attribute hides its resource's of the same key") {
  Request request;
  Span& span = request.add_service("shop").add_span(trace_id(1), 1, "work", 0, 0);
  for (const char* value : {"resource", "other"}) {
    auto* const attribute =
        request.message().mutable_resource_spans(0)->mutable_resource()->add_attributes();
    attribute->set_key(value);
    attribute->mutable_value()->set_string_value("r");
  }
  add_attribute(span, "resource").set_string_value("s");
  CHECK(zipkin_of(request).find(R"("tags":{"other":"r","resource":"s"})") != std::string::npos);
}

}  // namespace
}  // namespace otelctl::server
