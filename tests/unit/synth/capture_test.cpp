// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/capture.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "tests/unit/synth/captured.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

std::string refusal(std::string_view bytes, Signal signal = Signal::traces) {
  const auto replay = Replay::read(bytes, "capture", signal, {});
  REQUIRE_FALSE(replay);
  CHECK(replay.error().kind == ErrorKind::settings);
  return replay.error().message;
}

}  // namespace

TEST_CASE("every form of a capture gives the same requests") {
  const std::string payload = captured().SerializeAsString();
  const std::string expected = encode_units(read(payload), 0, 2);
  const std::string json = json_of(payload);
  CHECK(spans_of(decode(expected)).size() == 5);
  CHECK(encode_units(read(json), 0, 2) == expected);
  CHECK(encode_units(read("\xEF\xBB\xBF\n " + json + "\n\n"), 0, 2) == expected);
  CHECK(encode_units(read(pretty(json)), 0, 2) == expected);
  CHECK(encode_units(read(with_length(payload)), 0, 2) == expected);

  SUBCASE("over several documents") {
    std::string lines;
    std::string pages;
    std::string messages;
    std::string joined;  // protobuf merges what stands one after the other
    const Request whole = captured();
    for (const auto& resource : whole.resource_spans()) {
      Request one;
      *one.add_resource_spans() = resource;
      lines += json_of(one.SerializeAsString()) + "\n";
      pages += pretty(json_of(one.SerializeAsString()));
      messages += with_length(one.SerializeAsString());
      joined += one.SerializeAsString();
    }
    CHECK(encode_units(read(lines), 0, 2) == expected);
    CHECK(encode_units(read(pages), 0, 2) == expected);
    CHECK(encode_units(read(messages), 0, 2) == expected);
    CHECK(encode_units(read(joined), 0, 2) == expected);
  }
}

TEST_CASE("a capture is told from a scenario") {
  const std::string payload = captured().SerializeAsString();
  CHECK(looks_like_capture(payload));
  CHECK(looks_like_capture(with_length(payload)));
  CHECK(looks_like_capture(json_of(payload)));
  CHECK(looks_like_capture(pretty(json_of(payload))));
  CHECK(looks_like_capture(R"({"resource_logs":[]})"));
  CHECK(looks_like_capture("{}\n{\"resourceMetrics\":[]}\n"));
  CHECK_FALSE(looks_like_capture(""));
  CHECK_FALSE(looks_like_capture("\n# resourceSpans\nservices: {}\n"));
  CHECK_FALSE(looks_like_capture("{name: mine, traces: []}"));
  CHECK_FALSE(looks_like_capture("{\"name\": \"mine\"}"));
  CHECK_FALSE(looks_like_capture(std::string_view("scenario: a\0b\n", 14)));
  CHECK_FALSE(looks_like_capture(std::string_view("\xFF\xFEs\0", 4)));
  CHECK(looks_like_capture(std::string_view("\x28\xB5\x2F\xFD\x00", 5)));
}

TEST_CASE("of a capture that was not written to its end it is said what is whole") {
  const auto hint = [](std::string_view bytes) {
    const auto replay = Replay::read(bytes, "capture", Signal::traces, {});
    REQUIRE_FALSE(replay);
    return replay.error().hint;
  };
  const std::string payload = captured().SerializeAsString();
  const std::string line = json_of(payload) + "\n";
  const auto head = [](std::size_t bytes) {
    return fmt::format(
        "it ends within what begins there, as when it is still being written; "
        "'head -c {} FILE' is what comes before",
        bytes);
  };
  CHECK(hint(line + line.substr(0, 100)) == head(line.size()));
  CHECK(hint(line + line.substr(0, 100) + "\n") == head(line.size()));
  const std::string message = with_length(payload);
  CHECK(hint(message + message.substr(0, 100)) == head(message.size()));
  CHECK(hint(line.substr(0, 100)) == k_capture_hint);
}

TEST_CASE("what cannot be replayed is refused with its place") {
  const std::string payload = captured().SerializeAsString();
  const std::string json = json_of(payload);
  CHECK(refusal("") == "capture: is empty");
  CHECK(refusal(" \n") == "capture: is empty");
  CHECK(refusal("hello") == "capture: is neither OTLP/JSON nor OTLP as protobuf");
  CHECK(refusal("{}\n{}\n") == "capture: holds no spans");
  CHECK(refusal(R"({"resourceLogs":[{}]})") == "capture: holds no spans");
  CHECK(refusal(json, Signal::logs) == "capture: holds no log records");
  CHECK(refusal(json + "\n{\"data\":[]}\n") ==
        "capture:2:1: no OTLP: neither resourceSpans nor resourceMetrics nor resourceLogs");
  CHECK(refusal(json + "\n" + json.substr(0, json.size() - 1)).starts_with("capture:2:"));
  CHECK(
      refusal("{\"resourceSpans\":[\n{\"scopeSpans\":[{\"spans\":[\n{\"traceId\":\"xy\"}]}]}]}") ==
      "capture:3:15: resourceSpans[0].scopeSpans[0].spans[0].traceId: 'xy' is not hex");
  CHECK(refusal(std::string("\x28\xB5\x2F\xFD\x00", 5)) == "capture: is compressed with zstd");
  CHECK(refusal(with_length(std::string("\x28\xB5\x2F\xFD\x00", 5))) ==
        "capture: is compressed with zstd");
  const std::string cut = with_length(payload) + with_length(payload).substr(0, 100);
  CHECK(refusal(cut) == "capture: byte " + std::to_string(payload.size() + 4) +
                            ": the length of a message is cut off, or more than follows");
  CHECK(refusal(payload.substr(0, payload.size() - 1)).starts_with("capture: byte "));
  // Span.attributes as a number.
  CHECK(refusal(with_length(std::string("\x0A\x09\x12\x07\x12\x05\x4D\0\0\0\0", 11))) ==
        "capture: byte 10: Span: attributes has another wire type than the schema gives it");
}
