// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/json_codec.hpp"

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <doctest/doctest.h>
#include <google/protobuf/text_format.h>
#include <google/protobuf/util/message_differencer.h>

#include "otlp/wire_writer.hpp"
#include "tests/support/random_message.hpp"

namespace otelctl::otlp {
namespace {

namespace collector = opentelemetry::proto::collector;
using collector::trace::v1::ExportTraceServiceRequest;
using google::protobuf::Message;

// The message as text, in which -0 and the infinities differ as they should.
std::string shown(const Message& message) {
  std::string text;
  google::protobuf::TextFormat::PrintToString(message, &text);
  return text;
}

// The request that the JSON stands for, as text.
template <typename Request = ExportTraceServiceRequest>
Request decoded(std::string_view json, Signal signal = Signal::traces) {
  const auto payload = json_to_payload(signal, json);
  REQUIRE_MESSAGE(payload.has_value(), (payload ? "" : payload.error().message));
  Request request;
  REQUIRE(request.ParseFromString(*payload));
  return request;
}

opentelemetry::proto::trace::v1::Span only_span(std::string_view span) {
  const auto request =
      decoded(R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + std::string(span) + "]}]}]}");
  return request.resource_spans(0).scope_spans(0).spans(0);
}

std::string fault_of(std::string_view json, Signal signal = Signal::traces) {
  const auto payload = json_to_payload(signal, json);
  REQUIRE_FALSE(payload.has_value());
  CHECK(payload.error().kind == ErrorKind::not_understood);
  return payload.error().message;
}

std::string span_fault(std::string_view span) {
  return fault_of(R"({"resourceSpans":[{"scopeSpans":[{"spans":[)" + std::string(span) + "]}]}]}");
}

template <typename Request>
void check_round_trips(Signal signal) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    testing::RandomMessage random(seed);
    Request request;
    random.fill(request);
    const auto json = payload_to_json(signal, request.SerializeAsString());
    REQUIRE(json.has_value());
    const auto payload = json_to_payload(signal, *json);
    REQUIRE_MESSAGE(payload.has_value(), (payload ? *json : payload.error().message));
    Request back;
    REQUIRE(back.ParseFromString(*payload));
    CHECK(shown(back) == shown(request));
    CHECK(payload_to_json(signal, *payload).value() == *json);
  }
}

TEST_CASE("random requests of every signal survive the way to JSON and back") {
  check_round_trips<ExportTraceServiceRequest>(Signal::traces);
  check_round_trips<collector::metrics::v1::ExportMetricsServiceRequest>(Signal::metrics);
  check_round_trips<collector::logs::v1::ExportLogsServiceRequest>(Signal::logs);
}

TEST_CASE("a span is written as the specification's JSON mapping has it") {
  ExportTraceServiceRequest request;
  auto* const resource_spans = request.add_resource_spans();
  auto* attribute = resource_spans->mutable_resource()->add_attributes();
  attribute->set_key("service.name");
  attribute->mutable_value()->set_string_value("checkout");
  auto* const span = resource_spans->add_scope_spans()->add_spans();
  span->set_trace_id("\x0A\xF7\x65\x19\x16\xCD\x43\xDD\x84\x48\xEB\x21\x1C\x80\x31\x9C");
  span->set_span_id("\xB7\xAD\x6B\x71\x69\x20\x33\x31");
  span->set_name("POST /orders");
  span->set_kind(opentelemetry::proto::trace::v1::Span::SPAN_KIND_SERVER);
  span->set_start_time_unix_nano(1755684000123456789U);
  span->set_flags(257);
  attribute = span->add_attributes();
  attribute->set_key("n");
  attribute->mutable_value()->set_int_value(500);
  attribute = span->add_attributes();
  attribute->set_key("b");
  attribute->mutable_value()->set_bytes_value(std::string("\x00\x01\xFF", 3));
  attribute = span->add_attributes();
  attribute->set_key("zero");
  attribute->mutable_value()->set_bool_value(false);
  attribute = span->add_attributes();
  attribute->set_key("nothing");
  attribute->mutable_value();
  attribute = span->add_attributes();
  attribute->set_key("ratio");
  attribute->mutable_value()->set_double_value(std::nan(""));
  span->mutable_status()->set_code(opentelemetry::proto::trace::v1::Status::STATUS_CODE_ERROR);
  CHECK(
      payload_to_json(Signal::traces, request.SerializeAsString()).value() ==
      R"({"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":)"
      R"("checkout"}}]},"scopeSpans":[{"spans":[{"traceId":"0af7651916cd43dd8448eb211c80319c",)"
      R"("spanId":"b7ad6b7169203331","name":"POST /orders","kind":2,)"
      R"("startTimeUnixNano":"1755684000123456789","attributes":[{"key":"n","value":{"intValue":)"
      R"("500"}},{"key":"b","value":{"bytesValue":"AAH/"}},{"key":"zero","value":{"boolValue":false)"
      R"(}},{"key":"nothing","value":{}},{"key":"ratio","value":{"doubleValue":"NaN"}}],)"
      R"("status":{"code":2},"flags":257}]}]}]})");
}

TEST_CASE("an empty request is an empty object, both ways") {
  CHECK(payload_to_json(Signal::logs, "").value() == "{}");
  CHECK(json_to_payload(Signal::logs, "{}").value().empty());
}

TEST_CASE("fields that stand in any order and more than once are written as protobuf reads them") {
  ExportTraceServiceRequest request;
  std::string span;
  {
    opentelemetry::proto::trace::v1::Span part;
    part.set_name("first");
    part.mutable_status()->set_message("why");
    part.add_attributes()->set_key("a");
    span += part.SerializeAsString();
    part.Clear();
    part.set_name("last");
    part.mutable_status()->set_code(opentelemetry::proto::trace::v1::Status::STATUS_CODE_OK);
    part.add_attributes()->set_key("b");
    span += part.SerializeAsString();
  }
  auto* const scope = request.add_resource_spans()->add_scope_spans();
  REQUIRE(scope->add_spans()->ParseFromString(span));
  const std::string expected = *payload_to_json(Signal::traces, request.SerializeAsString());
  const auto wrap = [](std::string_view content, char tag) {
    return std::string{tag, static_cast<char>(content.size())} + std::string(content);
  };
  CHECK(payload_to_json(Signal::traces, wrap(wrap(wrap(span, 0x12), 0x12), 0x0A)).value() ==
        expected);
}

TEST_CASE("ids are read in either case, 64-bit integers as strings and as numbers") {
  const auto span = only_span(R"({"traceId":"0AF7651916cd43dd8448eb211c80319C","kind":3,
      "startTimeUnixNano":"1755684000123456789","endTimeUnixNano":1755684000336456789,
      "attributes":[{"key":"a","value":{"intValue":-5}},{"key":"b","value":{"intValue":"-6"}},
                    {"key":"c","value":{"intValue":1e3}}]})");
  CHECK(span.trace_id() == "\x0A\xF7\x65\x19\x16\xCD\x43\xDD\x84\x48\xEB\x21\x1C\x80\x31\x9C");
  CHECK(span.start_time_unix_nano() == 1755684000123456789U);
  CHECK(span.end_time_unix_nano() == 1755684000336456789U);
  CHECK(span.attributes(0).value().int_value() == -5);
  CHECK(span.attributes(1).value().int_value() == -6);
  CHECK(span.attributes(2).value().int_value() == 1000);
}

TEST_CASE("doubles are read from numbers and from the names of what JSON lacks") {
  const auto span = only_span(R"({"attributes":[{"value":{"doubleValue":1}},
      {"value":{"doubleValue":"-Infinity"}},{"value":{"doubleValue":"NaN"}},
      {"value":{"doubleValue":"0.5"}},{"value":{"doubleValue":1e-7}}]})");
  CHECK(span.attributes(0).value().double_value() == 1.0);
  CHECK(span.attributes(1).value().double_value() == -HUGE_VAL);
  CHECK(std::isnan(span.attributes(2).value().double_value()));
  CHECK(span.attributes(3).value().double_value() == 0.5);
  CHECK(span.attributes(4).value().double_value() == 1e-7);
}

TEST_CASE("other bytes are read from standard and from URL-safe base64") {
  const auto span = only_span(
      R"({"attributes":[{"value":{"bytesValue":"+/8="}},{"value":{"bytesValue":"-_8"}}]})");
  CHECK(span.attributes(0).value().bytes_value() == "\xFB\xFF");
  CHECK(span.attributes(1).value().bytes_value() == "\xFB\xFF");
}

TEST_CASE("names of enum values and snake_case keys are taken, as the Collector takes them") {
  const auto span = only_span(R"({"kind":"SPAN_KIND_CLIENT","start_time_unix_nano":"7"})");
  CHECK(span.kind() == opentelemetry::proto::trace::v1::Span::SPAN_KIND_CLIENT);
  CHECK(span.start_time_unix_nano() == 7);
}

TEST_CASE("unknown keys and nulls are passed over, whatever they hold") {
  const auto span = only_span(R"({"new":{"name":"no","deep":[[1,{"x":null}]]},"list":[1,"a",{}],
      "name":"yes","kind":null,"attributes":null,"links":[null,{"flags":2}]})");
  CHECK(span.name() == "yes");
  CHECK(span.attributes_size() == 0);
  REQUIRE(span.links_size() == 2);
  CHECK(span.links(1).flags() == 2);
}

TEST_CASE("a value that does not fit names its place") {
  CHECK(span_fault(R"({"name":"a"},{"startTimeUnixNano":"soon"})") ==
        "resourceSpans[0].scopeSpans[0].spans[1].startTimeUnixNano: 'soon' is not an unsigned "
        "64-bit integer");
  CHECK(span_fault(R"({"traceId":"xyz"})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].traceId: 'xyz' is not hex");
  CHECK(span_fault(R"({"name":5})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].name: 5 is not a string");
  CHECK(span_fault(R"({"attributes":{"a":1}})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].attributes: an object is not an array");
  CHECK(span_fault(R"({"status":[]})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].status: an array is not an object");
  CHECK(span_fault(R"({"kind":"SERVERISH"})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].kind: 'SERVERISH' is not a value of the enum");
  CHECK(span_fault(R"({"droppedAttributesCount":-1})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].droppedAttributesCount: -1 is not an unsigned "
        "32-bit integer");
  CHECK(span_fault(R"({"attributes":[{"value":{"boolValue":"true"}}]})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value.boolValue: 'true' is not a "
        "boolean");
  CHECK(span_fault(R"({"attributes":[{"value":{"bytesValue":"?"}}]})") ==
        "resourceSpans[0].scopeSpans[0].spans[0].attributes[0].value.bytesValue: '?' is not "
        "base64");
  CHECK(fault_of("[]") == "the document is an array, not an object");
  CHECK(fault_of("true") == "the document is a boolean, not an object");
}

TEST_CASE("what is not JSON names line and column") {
  CHECK(fault_of("{\"resourceSpans\":\n  [}") == "not JSON: line 2, column 4: syntax error");
  CHECK(fault_of("") == "not JSON: line 1, column 1: incomplete JSON");
  CHECK(fault_of("{}{}").starts_with("not JSON: line 1, column 3: "));
  CHECK(fault_of("{\"a\":\"\xFF\"}").starts_with("not JSON: line 1, column 7: "));
}

// A span's attribute whose value is an array in an array, so many times.
std::string nested_arrays(std::size_t depth) {
  std::string value;
  for (std::size_t level = 0; level < depth; ++level) {
    value += R"({"arrayValue":{"values":[)";
  }
  value += R"({"intValue":"1"})";
  for (std::size_t level = 0; level < depth; ++level) {
    value += "]}}";
  }
  return R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"attributes":[{"key":"a","value":)" +
         value + "}]}]}]}]}";
}

TEST_CASE("documents that follow each other are read one by one") {
  const std::string first = R"({"resourceSpans":[{"schemaUrl":"one"}]})";
  const std::string second = R"({"more":{"resourceSpans":1},"resourceLogs":[{}]})";
  const std::string text = first + "\r\n \n" + second + "\n{";
  const auto document = read_json_document(Signal::traces, text);
  REQUIRE(document);
  CHECK(document->payload == *json_to_payload(Signal::traces, first));
  CHECK(document->keys == std::vector<std::string>{"resourceSpans"});
  CHECK(text.substr(document->size) == second + "\n{");

  const auto next = read_json_document(Signal::traces, text.substr(document->size));
  REQUIRE(next);
  CHECK(next->payload.empty());
  CHECK(next->keys == std::vector<std::string>{"more", "resourceLogs"});
  const auto cut = read_json_document(Signal::traces, "{");
  REQUIRE_FALSE(cut);
  CHECK(cut.error().what == "not JSON: incomplete JSON");
  CHECK(cut.error().at == 1);

  const std::string wrong = "{\n\"resourceSpans\": 7}";
  const auto bad = read_json_document(Signal::traces, wrong);
  REQUIRE_FALSE(bad);
  CHECK(bad.error().what == "resourceSpans: a number is not an array");
  CHECK(bad.error().at >= wrong.find('7'));
  CHECK(bad.error().at <= wrong.size());
}

TEST_CASE("nesting is bounded both ways") {
  CHECK(fault_of(R"({"unknown":)" + std::string(100'000, '['))
            .starts_with("not JSON: line 1, column 267: "));
  CHECK(fault_of(nested_arrays(100)).starts_with("not JSON: "));

  const std::string sensible = nested_arrays(50);
  const auto payload = json_to_payload(Signal::traces, sensible);
  REQUIRE(payload.has_value());
  CHECK(payload_to_json(Signal::traces, *payload).value() == sensible);

  const auto deep = json_to_payload(Signal::traces, nested_arrays(70));
  REQUIRE(deep.has_value());
  const auto json = payload_to_json(Signal::traces, *deep);
  REQUIRE_FALSE(json.has_value());
  CHECK(json.error().message == "the protobuf message is nested too deep");
}

std::string field_of(std::uint32_t number, std::string_view content) {
  std::string bytes;
  append_head(bytes, number, content.size());
  return bytes.append(content);
}

// A span with an attribute whose array stands in two parts, the first of which holds the same.
std::string arrays_in_parts(std::size_t depth) {
  std::string value = field_of(1, std::string(1000, 'x'));
  for (std::size_t level = 0; level < depth; ++level) {
    value = field_of(5, field_of(1, value)) + field_of(5, "");
  }
  return field_of(1, field_of(2, field_of(2, field_of(9, field_of(2, value)))));
}

TEST_CASE("a message in parts is joined, but not parts within parts for ever") {
  const auto joined = payload_to_json(Signal::traces, arrays_in_parts(2));
  REQUIRE(joined.has_value());
  CHECK(joined->find(R"({"arrayValue":{"values":[{"arrayValue":{"values":[{"stringValue":"xx)") !=
        std::string::npos);
  const auto many = payload_to_json(Signal::traces, arrays_in_parts(40));
  REQUIRE_FALSE(many.has_value());
  CHECK(many.error().message ==
        "the protobuf message has too many parts of messages inside each other");
}

TEST_CASE("bytes that are no message are refused, not guessed at") {
  const auto json = payload_to_json(Signal::traces, "\x0A\x05zz");
  REQUIRE_FALSE(json.has_value());
  CHECK(json.error().message == "the protobuf message runs past the end of its message");
  CHECK_FALSE(payload_to_json(Signal::traces, "\x08\x01").has_value());
}

}  // namespace
}  // namespace otelctl::otlp
