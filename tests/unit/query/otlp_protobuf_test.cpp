// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_protobuf.hpp"

#include <algorithm>
#include <random>
#include <string>

#include <doctest/doctest.h>

#include "otlp/json_codec.hpp"
#include "otlp/wire_writer.hpp"
#include "query/otlp_json.hpp"
#include "tests/support/read_traces.hpp"
#include "tests/support/trace_dump.hpp"

using namespace otelctl;
using query::OtlpMessage;
using query::OtlpProtobufReader;
using test::dump;

namespace {

using Traces = std::vector<trace::Trace>;

Result<Traces> read(std::string_view bytes, std::size_t piece = std::string_view::npos,
                    OtlpMessage message = OtlpMessage::traces_data) {
  trace::TraceBuilder builder;
  OtlpProtobufReader reader(builder, message);
  return test::read_traces(builder, reader, bytes, piece);
}

std::string payload() {
  return otlp::json_to_payload(Signal::traces, test::test_data("traces/full.otlp.json")).value();
}

std::string fixed64(char tag, std::uint64_t value) {
  std::string bytes(1, tag);
  for (unsigned shift = 0; shift < 64; shift += 8) {
    bytes += static_cast<char>(value >> shift);
  }
  return bytes;
}

std::string field(std::uint32_t number, std::string_view content) {
  std::string bytes;
  otlp::append_head(bytes, number, content.size());
  return bytes += content;
}

std::string varint(std::uint32_t number, std::uint64_t value) {
  std::string bytes;
  otlp::append_varint(bytes, number << 3U);
  otlp::append_varint(bytes, value);
  return bytes;
}

const std::string k_trace_id = "0123456789abcdef";
const std::string k_span_id = "01234567";
const std::string k_ids = field(1, k_trace_id) + field(2, k_span_id);

// A request with one span (or what stands in its place) of these fields.
std::string request(const std::string& span) {
  return field(1, field(2, field(2, span)));
}

std::string message_of(const Result<Traces>& read) {
  return read ? "read" : read.error().message;
}

}  // namespace

TEST_CASE("protobuf and JSON of the same trace are read the same, in pieces of any size") {
  const std::string json = test::test_data("traces/full.otlp.json");
  const auto wanted = test::read_traces<query::OtlpJsonReader>(json);
  REQUIRE(wanted.has_value());
  const std::string expected = dump(*wanted);
  for (const std::string_view part :
       {"state='vendor=a:1,other=b' flags=0x301 dropped=2,4,6",
        "event 2026-08-20T10:00:00.200000001Z 'exception' dropped=3",
        "link 4bf92f3577b34da6a3ce929d0e0e4736 00f067aa0ba902b7 state='x=y' flags=0x101 dropped=5",
        "scope 'shop.http' '1.2' {scope.stability=\"beta\";}"}) {
    CAPTURE(part);
    CAPTURE(expected);
    CHECK(expected.find(part) != std::string::npos);
  }
  for (const std::size_t piece :
       {std::size_t{1}, std::size_t{7}, std::size_t{4096}, std::string_view::npos}) {
    CAPTURE(piece);
    const auto traces = read(payload(), piece);
    REQUIRE_MESSAGE(traces.has_value(), message_of(traces));
    CHECK(dump(*traces) == expected);
  }
}

TEST_CASE("fields may come in any order, and a message in several parts") {
  const std::string attribute = field(9, field(1, "k") + field(2, field(1, "v")));
  const std::string event =
      field(11, field(3, field(1, "e") + field(2, varint(3, 7))) + fixed64(9, 5));
  const std::string span =
      attribute + event + attribute + fixed64(0x41, 1) + fixed64(0x39, 0) + k_ids;
  const std::string resource =
      field(1, field(1, field(1, "service.name") + field(2, field(1, "s"))));
  const std::string other = field(1, field(1, field(2, varint(2, 1)) + field(1, "r")));
  const auto traces =
      read(field(1, field(2, field(2, span) + field(1, field(1, "scope"))) + other + resource));
  REQUIRE_MESSAGE(traces.has_value(), message_of(traces));
  const std::string text = dump(*traces);
  CHECK(text.find("{k=\"v\";k=\"v\";}") != std::string::npos);
  CHECK(text.find("{e=7;}") != std::string::npos);
  CHECK(text.find("resource 's' {r=true;service.name=\"s\";}") != std::string::npos);
  CHECK(text.find("scope 'scope'") != std::string::npos);
}

TEST_CASE("what is not known is passed over, groups too") {
  const std::string group =
      "\x9B\x06"
      "\x9B\x06"
      "\x08\x01"
      "\x9C\x06"
      "\x0A\x03"
      "abc"
      "\x9C\x06";
  const std::string unknown = field(99, "abc") + varint(98, 5) + field(97, "");
  const auto traces = read(group + unknown + request(unknown + group + k_ids + group) + unknown, 1);
  REQUIRE_MESSAGE(traces.has_value(), message_of(traces));
  REQUIRE(traces->size() == 1);
  CHECK(traces->front().spans.size() == 1);
}

TEST_CASE("scopes as they were before OTLP 1.0") {
  const auto traces = read(field(1, field(1000, field(1, field(1, "lib")) + field(2, k_ids))));
  REQUIRE(traces.has_value());
  REQUIRE(traces->size() == 1);
  CHECK(dump(*traces).find("scope 'lib'") != std::string::npos);
}

TEST_CASE("Tempo's answer wraps the trace and says whether it is whole") {
  const std::string answer =
      field(1, payload()) + field(2, "\x08\x01") + varint(3, 1) + field(4, "too large");
  for (const std::size_t piece : {std::size_t{1}, std::string_view::npos}) {
    trace::TraceBuilder builder;
    OtlpProtobufReader reader(builder, OtlpMessage::tempo_answer);
    const auto traces = test::read_traces(builder, reader, answer, piece);
    REQUIRE_MESSAGE(traces.has_value(), message_of(traces));
    CHECK(dump(*traces) == dump(read(payload()).value()));
    CHECK(reader.is_partial());
    CHECK(reader.message() == "too large");
  }
}

TEST_CASE("mistakes are named with their byte") {
  const auto fault = [](const std::string& bytes) { return message_of(read(bytes)); };
  CHECK(fault(request(k_ids + varint(7, 1))) ==
        "byte 34: Span.start_time_unix_nano has the wire type of a varint");
  CHECK(fault(request(k_ids + field(10, "\x01\x02"))) ==
        "byte 34: Span.dropped_attributes_count has the wire type of a text or a packed list");
  CHECK(fault(request(k_ids + fixed64(0x31, 1))) ==
        "byte 34: Span.kind has the wire type of a fixed64");
  CHECK(fault(request(k_ids + std::string("\x85\x01\x01", 3))) ==
        "byte 34: Span.flags runs past the end of its message");
  CHECK(fault(request(k_ids + "\x2A\x05"
                              "abc")) == "byte 34: Span.name runs past the end of its message");
  CHECK(fault(request(k_ids + std::string("\x30") + std::string(10, '\xFF') + "\x01")) ==
        "byte 34: Span.kind has a malformed varint");
  CHECK(fault(std::string("\x0A\xFF\xFF\xFF\xFF\xFF\x01")) ==
        "byte 0: TracesData.resource_spans has a malformed length");
  CHECK(fault(std::string(3, '\0')) == "byte 0: what stands there is a malformed tag");
  CHECK(fault("\x0E") == "byte 0: what stands there is a malformed tag");
  CHECK(fault("\x9C\x06") == "byte 0: field 99 ends a group that was not begun");
  CHECK(fault(field(1,
                    "\x9B\x06"
                    "\x08\x01")) == "byte 4: field 99 is a group without an end");
}

TEST_CASE("an answer that is cut short says so") {
  // Between two fields of the outermost message nothing tells that more was to come.
  const std::string whole = request(k_ids + field(5, "name") + fixed64(0x39, 1));
  for (std::size_t size = 1; size < whole.size(); ++size) {
    const auto traces = read(std::string_view(whole).substr(0, size), 5);
    REQUIRE_FALSE(traces.has_value());
    CHECK(traces.error().message == fmt::format("the answer is cut short after {} bytes", size));
    CHECK(traces.error().kind == ErrorKind::not_understood);
  }
}

TEST_CASE("log records and metrics are no spans") {
  // LogRecord: time and text; Metric: a name, a description, a unit, and points in a sum.
  const std::string log =
      fixed64(0x09, 1787220000000000000U) + field(3, "INFO") + field(5, field(1, "hello"));
  const std::string metric = field(1, "http.server.requ") + field(2, "how many") + field(3, "1") +
                             field(7, field(1, fixed64(0x19, 5)));
  const std::string counter = field(1, "requests") + field(5, field(1, fixed64(0x19, 5)));
  const std::string histogram =
      field(1, "http.server.requ") + field(9, field(1, fixed64(0x19, 5)) + varint(2, 2));
  for (const std::string& record : {log, counter, histogram}) {
    trace::TraceBuilder builder;
    OtlpProtobufReader reader(builder);
    const auto traces = test::read_traces(builder, reader, request(record) + request(k_ids), 5);
    REQUIRE_MESSAGE(traces.has_value(), message_of(traces));
    CHECK(traces->size() == 1);
    CHECK(reader.left_out() == 1);
  }
  CHECK(message_of(read(request(metric))).find("Span.start_time_unix_nano") != std::string::npos);
}

TEST_CASE("values nested without end are refused") {
  std::string value;
  for (int level = 0; level < 200; ++level) {
    value = field(5, field(1, value));
  }
  CHECK(message_of(read(request(k_ids + field(9, field(2, value)))))
            .find("nested deeper than 128 levels") != std::string::npos);
  std::string groups;
  for (int level = 0; level < 200; ++level) {
    groups += "\x9B\x06";
  }
  CHECK(message_of(read(groups)) == "byte 254: messages are nested deeper than 128 levels");
}

TEST_CASE("a text of gigabytes is refused before it comes") {
  CHECK(message_of(read("\x0A\xFF\xFF\xFF\xFF\x0F\x12\xFF\xFF\xFF\xFF\x0E\x12\xFF\xFF\xFF\xFF\x0D" +
                        k_ids + "\x2A\xFF\xFF\xFF\xFF\x03")) ==
        "byte 46: Span.name has 1073741823 bytes, more than 67108864");
}

TEST_CASE("damaged bytes never do harm, and are judged the same in any pieces") {
  std::mt19937 random(7);
  const std::string whole = payload();
  for (int round = 0; round < 3000; ++round) {
    std::string bytes = whole;
    for (unsigned change = random() % 4 + 1; change > 0; --change) {
      bytes[random() % bytes.size()] = static_cast<char>(random());
    }
    const auto at_once = read(bytes);
    const auto in_pieces = read(bytes, random() % 9 + 1);
    REQUIRE(at_once.has_value() == in_pieces.has_value());
    if (at_once) {
      REQUIRE(dump(*at_once) == dump(*in_pieces));
    } else {
      REQUIRE(at_once.error().message == in_pieces.error().message);
    }
  }
}
