// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/record.hpp"

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "otlp/json_codec.hpp"

using namespace otelctl;
using namespace otelctl::otlp;

namespace {

const Time k_noon{std::chrono::seconds{1'755'684'000}};

std::string json_of(Signal signal, const std::string& payload) {
  const auto json = payload_to_json(signal, payload);
  REQUIRE(json);
  return *json;
}

bool holds(const std::string& text, std::string_view part) {
  CAPTURE(text);
  CAPTURE(part);
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a span carries ids, parent, times, typed attributes and status") {
  SeededRandom random(1);
  SpanRecord span;
  span.resource = {{"service.name", AttributeValue("ci")}};
  span.trace_id = random.trace_id();
  span.span_id = random.span_id();
  span.parent_span_id = random.span_id();
  span.is_parent_remote = true;
  span.trace_state = "vendor=1";
  span.name = "make test";
  span.start = k_noon;
  span.end = k_noon + std::chrono::nanoseconds(7);
  span.attributes = {{"text", AttributeValue("a\xffz")},
                     {"whole", AttributeValue(std::int64_t{9007199254740993})},
                     {"real", AttributeValue(0.1)},
                     {"truth", AttributeValue(false)},
                     {"list", AttributeValue(std::vector<std::string>{"a", "b"})}};
  span.status = SpanStatus::error;
  span.status_message = "exit status 2";
  const std::string json = json_of(Signal::traces, encode_record(span));
  for (const std::string& part :
       {std::string(R"("resource":{"attributes":[{"key":"service.name")"),
        std::string(R"("scope":{"name":"otelctl")"), R"("traceId":")" + to_hex(span.trace_id),
        R"("spanId":")" + to_hex(span.span_id),
        R"("parentSpanId":")" + to_hex(*span.parent_span_id),
        std::string(R"("traceState":"vendor=1")"), std::string(R"("flags":771)"),
        std::string(R"("name":"make test","kind":1)"),
        std::string(R"("startTimeUnixNano":"1755684000000000000")"),
        std::string(R"("endTimeUnixNano":"1755684000000000007")"),
        std::string("\"stringValue\":\"a\xef\xbf\xbdz\""),
        std::string(R"("intValue":"9007199254740993")"), std::string(R"("doubleValue":0.1)"),
        std::string(R"("boolValue":false)"), std::string(R"("arrayValue":{"values":[)"),
        std::string(R"("status":{"message":"exit status 2","code":2})")}) {
    CHECK(holds(json, part));
  }
}

TEST_CASE("a root has no parent and its flags say that none is remote") {
  SpanRecord span;
  span.name = "root";
  const std::string json = json_of(Signal::traces, encode_record(span));
  CHECK(json.find("parentSpanId") == std::string::npos);
  CHECK(holds(json, R"("flags":259)"));
  CHECK(json.find("status") == std::string::npos);
}

TEST_CASE("a metric is a gauge") {
  MetricRecord metric;
  metric.name = "jobs";
  metric.unit = "{job}";
  metric.value = -3;
  metric.time = k_noon;
  const std::string gauge = json_of(Signal::metrics, encode_record(metric));
  CHECK(holds(gauge, R"("gauge":{"dataPoints":[)"));
  CHECK(holds(gauge, R"("asInt":"-3")"));
  CHECK(gauge.find("startTimeUnixNano") == std::string::npos);
}

TEST_CASE("a log record has a body and a severity, and belongs to no span") {
  LogRecord log;
  log.time = k_noon;
  log.body = "done";
  log.severity_text = "INFO";
  const std::string json = json_of(Signal::logs, encode_record(log));
  CHECK(holds(json, R"("body":{"stringValue":"done"})"));
  CHECK(holds(json, R"("severityNumber":9)"));
  CHECK(json.find("traceId") == std::string::npos);
}
