// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/trace_file.hpp"

#include <random>
#include <string>

#include <doctest/doctest.h>

#include "net/gzip.hpp"
#include "otlp/json_codec.hpp"
#include "tests/support/read_traces.hpp"
#include "tests/support/trace_dump.hpp"

using namespace otelctl;
using query::TraceFile;
using query::TraceFormat;
using test::dump;

namespace {

struct Read {
  std::vector<trace::Trace> traces;
  std::optional<TraceFormat> format;
  std::vector<std::string> notes;
};

Result<Read> read(std::string_view bytes, std::size_t piece = std::string_view::npos) {
  trace::TraceBuilder builder;
  TraceFile file(builder, "f");
  auto traces = test::read_traces(builder, file, bytes, piece);
  if (!traces) {
    return fail(std::move(traces).error());
  }
  return Read{std::move(*traces), file.format(), file.notes()};
}

std::string message_of(const Result<Read>& read) {
  return read ? "read" : read.error().message;
}

std::string full() {
  return test::test_data("traces/full.otlp.json");
}

std::string payload() {
  return otlp::json_to_payload(Signal::traces, full()).value();
}

std::string framed(std::string_view message) {
  std::string bytes;
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    bytes += static_cast<char>(message.size() >> (shift - 8));
  }
  return bytes += message;
}

const std::string k_jaeger =
    R"({"total":0,"errors":null,"data":[{"traceID":"1","spans":[{"traceID":"1","spanID":"2",)"
    R"("operationName":"a","flags":1,"tags":[{"key":"w3c.tracestate","value":"x=y"}]}]}]})";
const std::string k_zipkin =
    R"([{"tags":{"a":"b"},"id":"2","name":"n","traceId":"1","timestamp":5}])";
const std::string k_line =
    R"({"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00000000000000000000000000000001",)"
    R"("spanId":"0000000000000002"}]}]}]})"
    "\n";

}  // namespace

TEST_CASE("every form of a trace is read the same, in pieces of any size") {
  const std::string expected = dump(read(full()).value().traces);
  CHECK(expected.find("'POST /orders'") != std::string::npos);
  for (const std::string& bytes :
       {full(), "\n" + full(), "\xEF\xBB\xBF" + full(), "[" + full() + "]",
        R"({"trace":)" + full() + "}", R"({"result":)" + full() + "}", net::gzip(full()), payload(),
        framed(payload()), framed("") + framed(payload()), net::gzip(framed(payload()))}) {
    for (const std::size_t piece :
         {std::size_t{1}, std::size_t{7}, std::size_t{4096}, std::string_view::npos}) {
      CAPTURE(bytes.substr(0, 20));
      CAPTURE(piece);
      const auto found = read(bytes, piece);
      REQUIRE_MESSAGE(found.has_value(), message_of(found));
      CHECK(dump(found->traces) == expected);
      CHECK(found->notes.empty());
    }
  }
}

TEST_CASE("the format is told by the keys, in any order") {
  CHECK(read(k_jaeger).value().format == TraceFormat::jaeger_json);
  CHECK(dump(read(k_jaeger).value().traces).find("state='x=y' flags=0x1") != std::string::npos);
  CHECK(read(k_zipkin).value().format == TraceFormat::zipkin_json);
  CHECK(dump(read(k_zipkin, 1).value().traces).find("a=\"b\"") != std::string::npos);
  CHECK(read("[" + k_zipkin + "]").value().traces.size() == 1);
  CHECK(read(payload()).value().format == TraceFormat::otlp_protobuf);
  CHECK(read(k_line).value().format == TraceFormat::otlp_json);
  // Texts of several formats after each other.
  const auto mixed = read(k_line + k_jaeger + k_zipkin);
  REQUIRE_MESSAGE(mixed.has_value(), message_of(mixed));
  CHECK(mixed->traces.front().spans.size() == 3);
}

TEST_CASE("what holds no traces is well-formed") {
  for (const char* text :
       {"[]", "{}", "[[]]", "[{}]", R"({"resourceSpans":[]})", R"({"data":[]})", "{}\n{}\n"}) {
    CAPTURE(text);
    const auto found = read(text);
    REQUIRE_MESSAGE(found.has_value(), message_of(found));
    CHECK(found->traces.empty());
  }
}

TEST_CASE("other signals are passed over, and counted") {
  const std::string metrics = R"({"schema_url":"x","resourceMetrics":[{"scopeMetrics":[]}]})"
                              "\n";
  const std::string logs = R"({"resource_logs":[]})"
                           "\n";
  for (const std::size_t piece : {std::size_t{1}, std::string_view::npos}) {
    const auto found = read(metrics + k_line + logs + metrics + k_line, piece);
    REQUIRE_MESSAGE(found.has_value(), message_of(found));
    CHECK(found->traces.front().spans.size() == 2);
    REQUIRE(found->notes.size() == 1);
    CHECK(found->notes[0] == "f: 2 documents of metrics, 1 document of logs passed over");
  }
  const auto array = read("[" + metrics + "," + k_line + "]");
  REQUIRE_MESSAGE(array.has_value(), message_of(array));
  CHECK(array->traces.size() == 1);
  CHECK(message_of(read(metrics + logs)) ==
        "f: no traces, only 1 document of metrics, 1 document of logs");
  const std::string log_payload =
      otlp::json_to_payload(Signal::logs, R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[)"
                                          R"({"timeUnixNano":"5","severityText":"INFO"}]}]}]})")
          .value();
  CHECK(message_of(read(log_payload)).find("f: no traces, only 1 record") == 0);
  const auto framed_both = read(framed(log_payload) + framed(payload()));
  REQUIRE_MESSAGE(framed_both.has_value(), message_of(framed_both));
  CHECK(framed_both->notes.size() == 1);
}

TEST_CASE("the end of a file that is cut off does not lose what is before it") {
  const std::string two = k_line + k_line;
  for (std::size_t size = k_line.size() + 1; size < two.size() - 1; ++size) {
    const auto found = read(std::string_view(two).substr(0, size));
    REQUIRE_MESSAGE(found.has_value(), message_of(found));
    REQUIRE(found->notes.size() == 1);
    CHECK(found->notes[0].starts_with("f:2: cut off"));
    CHECK(!found->traces.empty());
  }
  const std::string messages = framed(payload()) + framed(payload());
  const auto found = read(std::string_view(messages).substr(0, messages.size() - 3), 100);
  REQUIRE_MESSAGE(found.has_value(), message_of(found));
  REQUIRE(found->notes.size() == 1);
  CHECK(found->notes[0].find(fmt::format("byte {}: the last message is cut off",
                                         messages.size() / 2)) != std::string::npos);
}

TEST_CASE("what is no file of traces is refused with its place") {
  CHECK(message_of(read("")) == "f: the file is empty");
  CHECK(message_of(read(" \n\t\n")) == "f: the file is empty");
  CHECK(message_of(read("{\"resourceSpans\":[\n\n  x")) ==
        "f:3:3: the file is not JSON (syntax error)");
  CHECK(message_of(read(k_line + "\n\n {]", 1)) == "f:4:3: the file is not JSON (syntax error)");
  CHECK(message_of(read("{\"resourceSpans\":[\n{")) == "f:2: the file is cut short after 20 bytes");
  CHECK(message_of(read(k_line + "{\"a\":1,\"b\":[{\"resourceSpans\":1}]}\n")) ==
        "f:2: neither OTLP nor Jaeger nor Zipkin: its keys are 'a', 'b'");
  CHECK(message_of(read("[1,2]")).find("it is no object") != std::string::npos);
  CHECK(message_of(read("<html>")) == "f: neither JSON nor OTLP protobuf: it begins with '<html>'");
  CHECK(message_of(read("\nsome text")).find("neither JSON") != std::string::npos);
  CHECK(message_of(read(std::string("\x7F\x45\x00", 3))).find("neither JSON") != std::string::npos);
  CHECK(message_of(read("\x28\xB5\x2F\xFD")) == "f: compressed with zstd");
  CHECK(message_of(read(std::string("\xFF\xFE{\0", 4))) == "f: UTF-16, not UTF-8");
  CHECK(message_of(read("\x1F\x8B rubbish")) == "f: the gzip data is damaged");
  const std::string packed = net::gzip(full());
  CHECK(message_of(read(packed.substr(0, packed.size() - 9))) == "f: the gzip data is cut short");
  CHECK(message_of(read(payload().substr(0, 200))) == "f: the file is cut short after 200 bytes");
  CHECK(message_of(read(framed(payload()).substr(0, 200))) == "f: is cut short after 200 bytes");
  CHECK(message_of(read(framed(payload()) + std::string("\x7F\xFF\xFF\xFF\x0A", 5)))
            .find("a message of 2147483647 bytes, more than") != std::string::npos);
  CHECK(message_of(read(R"([{"schema":"otelctl.trace/1"}])")).find("a report of otelctl") !=
        std::string::npos);
  CHECK(message_of(read(std::string(5000, '['))).find("nested deeper than 256 levels") !=
        std::string::npos);
}

TEST_CASE("what tells nothing for long is given up") {
  std::string text = "[{\"x\":[1";
  for (int count = 0; count < 20'000; ++count) {
    text += ",1";
  }
  CHECK(message_of(read(text)) == "f:1: nothing in its first values tells what it is");
  // As /dev/zero is: messages of no bytes.
  CHECK(read(std::string(4000, '\0') + framed(payload())).has_value());
  CHECK(message_of(read(std::string(1'000'000, '\0'))) ==
        "f: byte 400000: more than 100000 empty messages in a row");
}

TEST_CASE("damaged files never do harm, and are judged the same in any pieces") {
  std::mt19937 random(11);
  for (const std::string& whole :
       {k_line + k_jaeger + k_zipkin, framed(payload()) + framed(payload()), payload(), full()}) {
    for (int round = 0; round < 300; ++round) {
      std::string bytes = whole;
      for (auto change = random() % 3 + 1; change > 0; --change) {
        bytes[random() % bytes.size()] = static_cast<char>(random());
      }
      const auto at_once = read(bytes);
      const auto in_pieces = read(bytes, random() % 50 + 1);
      CAPTURE(message_of(at_once));
      CAPTURE(message_of(in_pieces));
      REQUIRE(at_once.has_value() == in_pieces.has_value());
      if (at_once) {
        REQUIRE(dump(at_once->traces) == dump(in_pieces->traces));
      }
    }
  }
}
