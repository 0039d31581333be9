// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_json.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "tests/support/read_traces.hpp"
#include "trace/tree.hpp"
#include "trace/value_json.hpp"

using namespace otelctl;
using query::OtlpJsonReader;
using test::read_traces;
using test::test_data;
using trace::Trace;

namespace {

Trace read_one(std::string_view text, std::size_t piece = std::string_view::npos) {
  auto traces = read_traces<OtlpJsonReader>(text, piece);
  REQUIRE(traces.has_value());
  REQUIRE(traces->size() == 1);
  return std::move(traces->front());
}

std::string attribute(const Trace& trace, trace::Range range, std::string_view key) {
  for (const auto& each : trace.attributes(range)) {
    if (trace.text(each.key) == key) {
      return trace::value_json(trace.columns->texts, each.value);
    }
  }
  return "nothing";
}

// A span with these members beside its ids, as a whole answer.
std::string answer_with(const std::string& members) {
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",)"
         R"("spanId":"b7ad6b7169203331",)" +
         members + "}]}]}]}";
}

std::string value_of(const std::string& value) {
  const Trace trace = read_one(answer_with(R"("attributes":[{"key":"k","value":)" + value + "}]"));
  return attribute(trace, trace.spans[0].attributes, "k");
}

}  // namespace

TEST_CASE("everything that a span has is read") {
  const Trace trace = read_one(test_data("jaeger/checkout_v3.json"));
  CHECK(to_hex(trace.id) == "0af7651916cd43dd8448eb211c80319c");
  REQUIRE(trace.spans.size() == 3);
  const trace::Span& root = trace.spans[0];
  CHECK(to_hex(root.id) == "b7ad6b7169203331");
  CHECK_FALSE(root.parent_id.is_valid());
  CHECK(trace.text(root.name) == "POST /orders");
  CHECK(trace.service(root) == "checkout");
  CHECK(root.kind == trace::SpanKind::server);
  CHECK(format_rfc3339(root.start) == "2026-08-20T10:00:00.123456000Z");
  CHECK(root.duration == std::chrono::milliseconds(213));
  CHECK(root.status == trace::SpanStatus::error);
  CHECK(trace.text(root.status_message) == "card declined");
  CHECK(trace.text(trace.columns->scopes[root.scope].name) == "shop.http");
  CHECK(trace.text(trace.columns->scopes[root.scope].version) == "1.2");
  CHECK(root.attributes.count == 4);
  CHECK(attribute(trace, root.attributes, "http.response.status_code") == "500");
  CHECK(attribute(trace, root.attributes, "http.route") == "\"/orders\"");
  CHECK(attribute(trace, root.attributes, "sampled") == "true");
  CHECK(attribute(trace, root.attributes, "ratio") == "0.25");
  CHECK(attribute(trace, trace.columns->resources[root.resource].attributes, "host.name") ==
        "\"node-1\"");

  const trace::Span& client = trace.spans[1];
  CHECK(client.parent_id == root.id);
  CHECK(client.kind == trace::SpanKind::client);
  CHECK(client.status == trace::SpanStatus::unset);
  CHECK(attribute(trace, client.attributes, "raw") == R"({"base64":"AAEC"})");
  REQUIRE(trace.links(client).size() == 1);
  CHECK(to_hex(trace.links(client)[0].trace_id) == "11111111111111111111111111111111");
  CHECK(to_hex(trace.links(client)[0].span_id) == "2222222222222222");

  const trace::Span& server = trace.spans[2];
  CHECK(trace.service(server) == "payment");
  CHECK(attribute(trace, server.attributes, "big") == "\"9223372036854775222\"");
}

TEST_CASE("what SDKs and propagation add to a span is kept") {
  const Trace trace = read_one(
      R"({"resourceSpans":[{"scopeSpans":[{"scope":{"name":"s","attributes":[)"
      R"({"key":"k","value":{"boolValue":true}}]},"spans":[{)"
      R"("traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"b7ad6b7169203331",)"
      R"("traceState":"a=b","flags":769,"droppedAttributesCount":1,"droppedEventsCount":2,)"
      R"("droppedLinksCount":4294967295,"events":[{"name":"e","droppedAttributesCount":3}],)"
      R"("links":[{"traceId":"11111111111111111111111111111111","spanId":"2222222222222222",)"
      R"("traceState":"c=d","flags":"257","droppedAttributesCount":99999999999}]}]}]}]})");
  const trace::Span& span = trace.spans[0];
  CHECK(trace.text(span.trace_state) == "a=b");
  CHECK(span.flags == 769);
  CHECK(span.dropped_attributes == 1);
  CHECK(span.dropped_events == 2);
  CHECK(span.dropped_links == 4294967295);
  CHECK(trace.events(span)[0].dropped_attributes == 3);
  const trace::Link& link = trace.links(span)[0];
  CHECK(trace.text(link.trace_state) == "c=d");
  CHECK(link.flags == 257);
  CHECK(link.dropped_attributes == 4294967295);
  CHECK(attribute(trace, trace.columns->scopes[span.scope].attributes, "k") == "true");
}

TEST_CASE("events stand in the order of time") {
  const Trace trace = read_one(test_data("jaeger/checkout_v3.json"));
  const auto events = trace.events(trace.spans[2]);
  REQUIRE(events.size() == 2);
  CHECK(trace.text(events[0].name) == "cache.miss");
  CHECK(trace.text(events[1].name) == "exception");
  CHECK(attribute(trace, events[1].attributes, "exception.type") == "\"PaymentDeclined\"");
  CHECK(events[0].attributes.count == 0);
}

TEST_CASE("an answer is read the same in pieces of any size") {
  const std::string text = test_data("jaeger/checkout_v3.json");
  const Trace whole = read_one(text);
  for (const std::size_t piece : {1U, 2U, 3U, 7U, 64U, 1000U}) {
    const Trace trace = read_one(text, piece);
    REQUIRE(trace.spans.size() == whole.spans.size());
    CHECK(trace.columns->attributes == whole.columns->attributes);
    CHECK(trace.text(trace.spans[2].name) == "POST /charge");
    CHECK(trace.spans[2].duration == whole.spans[2].duration);
  }
}

TEST_CASE("an answer that is cut anywhere is an error, not a crash and not a part") {
  const std::string text = test_data("jaeger/checkout_v3.json");
  const std::size_t end = text.find_last_of('}');
  for (std::size_t length = 1; length <= end; length += 13) {
    const auto traces = read_traces<OtlpJsonReader>(text.substr(0, length));
    REQUIRE_FALSE(traces.has_value());
    REQUIRE(traces.error().kind == ErrorKind::not_understood);
  }
}

TEST_CASE("an answer with bytes that are wrong is read or refused, and its tree can be built") {
  const std::string text = test_data("jaeger/checkout_v3.json");
  std::mt19937_64 random(3);
  constexpr std::string_view k_bytes = "{}[]\",:0123456789-.eE\\nul true\x01\xff";
  int accepted = 0;
  for (int round = 0; round < 3000; ++round) {
    std::string mutated = text;
    for (std::uint64_t change = 0; change <= random() % 4; ++change) {
      mutated[random() % mutated.size()] = k_bytes[random() % k_bytes.size()];
    }
    const auto traces = read_traces<OtlpJsonReader>(mutated, 1 + random() % 200);
    for (std::size_t index = 0; traces && index < traces->size(); ++index) {
      const trace::Tree tree = trace::build_tree((*traces)[index]);
      REQUIRE(tree.order.size() + tree.copies == (*traces)[index].spans.size());
      ++accepted;
    }
  }
  CHECK(accepted > 100);
}

TEST_CASE("objects and arrays in the wrong places are skipped") {
  const Trace trace = read_one(answer_with(
      R"("name":"x","kind":{"a":[1]},"attributes":{"key":"k"},"events":[[{"name":"no"}],5],)"
      R"("status":[{"code":2}],"unknown":{"traceId":"ffffffffffffffffffffffffffffffff"},)"
      R"("links":null)"));
  CHECK(trace.spans.size() == 1);
  CHECK(trace.text(trace.spans[0].name) == "x");
  CHECK(trace.spans[0].status == trace::SpanStatus::unset);
  CHECK(trace.spans[0].events.count == 0);
}

TEST_CASE("the wrappers of all versions are understood") {
  const std::string inner = answer_with(R"("name":"x")");
  CHECK(read_one("{\"result\":" + inner + "}").spans.size() == 1);
  CHECK(read_one("[{\"result\":" + inner + "},{\"result\":" + inner + "}]").spans.size() == 2);
  CHECK(read_one("{\"result\":" + inner + "}\n{\"result\":" + inner + "}").spans.size() == 2);
  const auto empty = read_traces<OtlpJsonReader>("{\"result\":{}}");
  REQUIRE(empty.has_value());
  CHECK(empty->empty());
}

TEST_CASE("base64 ids, enum names, numbers and snake case are understood") {
  const Trace trace = read_one(
      R"({"result":{"resource_spans":[{"instrumentation_library_spans":[{"spans":[{)"
      R"("trace_id":"CvdlGRbNQ92ESOshHIAxnA==","span_id":"t61rcWkgMzE=","parent_span_id":"",)"
      R"("name":"old","kind":"SPAN_KIND_SERVER","start_time_unix_nano":1787220000000000000,)"
      R"("end_time_unix_nano":1787220000000000100,"status":{"code":"STATUS_CODE_ERROR"},)"
      R"("attributes":[{"key":"n","value":{"int_value":7}}]}]}]}]}})");
  CHECK(to_hex(trace.id) == "0af7651916cd43dd8448eb211c80319c");
  const trace::Span& span = trace.spans[0];
  CHECK(to_hex(span.id) == "b7ad6b7169203331");
  CHECK_FALSE(span.parent_id.is_valid());
  CHECK(span.kind == trace::SpanKind::server);
  CHECK(span.status == trace::SpanStatus::error);
  CHECK(span.duration == nanoseconds{100});
  CHECK(attribute(trace, span.attributes, "n") == "7");
}

TEST_CASE("keys may come in any order") {
  const Trace trace = read_one(
      R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"value":{"stringValue":"v"},)"
      R"("key":"k"}],"name":"x","spanId":"01","traceId":"02"}],"scope":{"name":"s"}}],)"
      R"("resource":{"attributes":[{"key":"service.name","value":{"stringValue":"late"}}]}}]})");
  CHECK(trace.service(trace.spans[0]) == "late");
  CHECK(trace.text(trace.columns->scopes[trace.spans[0].scope].name) == "s");
  CHECK(attribute(trace, trace.spans[0].attributes, "k") == "\"v\"");
}

TEST_CASE("attribute values keep their types, also when nested") {
  CHECK(value_of(R"({"stringValue":"a\"b"})") == R"("a\"b")");
  CHECK(value_of(R"({"boolValue":false})") == "false");
  CHECK(value_of(R"({"intValue":"-7"})") == "-7");
  CHECK(value_of(R"({"intValue":"9007199254740993"})") == "\"9007199254740993\"");
  CHECK(value_of(R"({"intValue":"seven"})") == "\"seven\"");
  CHECK(value_of(R"({"doubleValue":2})") == "2.0");
  CHECK(value_of(R"({"doubleValue":"NaN"})") == "\"NaN\"");
  CHECK(value_of(R"({"doubleValue":"-Infinity"})") == "\"-Infinity\"");
  CHECK(value_of(R"({"bytesValue":"AAEC"})") == R"({"base64":"AAEC"})");
  CHECK(value_of("{}") == "null");
  CHECK(value_of("null") == "null");
  CHECK(value_of(R"({"arrayValue":{}})") == "[]");
  CHECK(value_of(R"({"kvlistValue":{"values":[]}})") == "{}");
  CHECK(value_of(R"({"arrayValue":{"values":[{"stringValue":"x"},{"intValue":"1"},{},)"
                 R"({"arrayValue":{"values":[{"boolValue":true}]}}]}})") ==
        R"(["x",1,null,[true]])");
  CHECK(value_of(R"({"kvlistValue":{"values":[{"key":"a","value":{"intValue":1}},)"
                 R"({"value":{"kvlistValue":{"values":[{"key":"c","value":{"doubleValue":1}}]}},)"
                 R"("key":"b"},{"key":"none"}]}})") == R"({"a":1,"b":{"c":1.0},"none":null})");
}

TEST_CASE("values nest as deep as an answer may") {
  std::string value = R"({"stringValue":"deep"})";
  for (int level = 0; level < 70; ++level) {
    value = R"({"arrayValue":{"values":[)" + value + "]}}";
  }
  CHECK(value_of(value) == std::string(70, '[') + "\"deep\"" + std::string(70, ']'));
}

TEST_CASE("what Jaeger says about a span becomes its warnings") {
  const Trace trace = read_one(
      answer_with(R"("attributes":[{"key":"@jaeger@warnings","value":{"arrayValue":{"values":[)"
                  R"({"stringValue":"clock skew"},{"stringValue":"and more"}]}}},)"
                  R"({"key":"internal.span.format","value":{"stringValue":"otlp"}},)"
                  R"({"key":"real","value":{"boolValue":true}}])"));
  const auto warnings = trace.warnings_of(trace.spans[0]);
  // The third: it has no end.
  REQUIRE(warnings.size() == 2);
  CHECK(trace.text(warnings[0]) == "clock skew");
  CHECK(trace.text(warnings[1]) == "and more");
  CHECK(trace.spans[0].attributes.count == 1);
}

TEST_CASE("a warning of another type is none") {
  const Trace trace = read_one(
      answer_with(R"("attributes":[{"key":"@jaeger@warnings","value":{"intValue":"99999999"}}])"));
  CHECK(trace.warnings_of(trace.spans[0]).empty());
}

TEST_CASE("spans without ids are left out and counted") {
  trace::TraceBuilder builder;
  OtlpJsonReader reader(builder);
  query::JsonFeed feed(reader);
  REQUIRE(feed.feed(R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"name":"a"},{"traceId":"01"},)"
                    R"({"traceId":"zz","spanId":"01"}]}]}]})"));
  REQUIRE(feed.finish());
  CHECK(builder.invalid_spans() == 3);
  CHECK(builder.finish().empty());
}
