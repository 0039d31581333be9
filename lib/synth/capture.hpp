// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"

// Telemetry that was captured in a file, as the Collector's file exporter, `serve --record` and
// `send-spans --dry-run` write it. The forms are told apart by content:
// - OTLP/JSON documents, one or many after each other, on one line each or on several;
// - the bytes of one protobuf message;
// - protobuf messages that each have their length in 4 bytes before them, most significant first
//   (the Collector's file exporter with `format: proto`).
// TracesData, MetricsData and LogsData are read as the Export*ServiceRequests of the same form.
namespace otelctl::synth {

// What a file may hold at most.
inline constexpr std::uint64_t k_max_capture_bytes = std::uint64_t{256} << 20U;

inline constexpr std::string_view k_capture_hint =
    "a capture is OTLP/JSON, one document or more, or OTLP as protobuf, as the Collector's file "
    "exporter writes both";

struct CapturedRequest {
  std::string_view payload{};  // an Export*ServiceRequest
  std::size_t at = 0;          // where in the file it begins, in bytes
};

struct Capture {
  std::vector<CapturedRequest> requests;  // those of the signal that was asked for
  std::deque<std::string> decoded;        // holds the payloads that were JSON
  bool is_json = false;
  // Messages of other signals, which are passed over; by Signal.
  std::array<std::uint64_t, 3> others{};
  std::uint64_t profiles = 0;
};

// Whether the bytes are such a capture, rather than text that somebody wrote (a scenario).
bool looks_like_capture(std::string_view bytes);

// Takes the file apart. `bytes` must outlive the result. Error kind: settings; the message begins
// with the place: "capture.jsonl:17: ..." or "capture.pb: byte 1234: ...".
Result<Capture> read_capture(std::string_view bytes, std::string_view name, Signal signal);

}  // namespace otelctl::synth
