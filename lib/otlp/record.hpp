// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/traceparent.hpp"
#include "otlp/attribute.hpp"

// One record of each signal, encoded as a whole Export*ServiceRequest of one resource and one scope
// ("otelctl", with its version): the span of `exec` and the canaries of `test-connection`; what
// send-* send comes from synth's templates. Texts that are not UTF-8 get U+FFFD, as protobuf
// carries text only.
namespace otelctl::otlp {

// opentelemetry/proto/trace/v1/trace.proto, enum SpanKind.
enum class SpanKind { internal = 1, server = 2, client = 3, producer = 4, consumer = 5 };
// The same file, Status.StatusCode.
enum class SpanStatus { unset = 0, ok = 1, error = 2 };

struct SpanRecord {
  std::vector<Attribute> resource;  // with service.name
  TraceId trace_id;
  SpanId span_id;
  std::optional<SpanId> parent_span_id = std::nullopt;
  // Whether the parent was named by another process; sets Span.flags' bit 0x200.
  bool is_parent_remote = false;
  std::uint8_t trace_flags = k_flag_sampled | k_flag_random;
  std::string trace_state = {};
  std::string name;
  SpanKind kind = SpanKind::internal;
  Time start;
  Time end;
  std::vector<Attribute> attributes = {};
  SpanStatus status = SpanStatus::unset;
  std::string status_message = {};
};
std::string encode_record(const SpanRecord& span);

// A data point of a gauge.
struct MetricRecord {
  std::vector<Attribute> resource;
  std::string name;
  std::string description = {};
  std::string unit = {};  // UCUM: "1", "ms", "{request}"
  std::int64_t value = 0;
  Time time;
  std::vector<Attribute> attributes = {};
};
std::string encode_record(const MetricRecord& metric);

struct LogRecord {
  std::vector<Attribute> resource;
  Time time;  // observed then too
  // 1 to 24: TRACE from 1, DEBUG from 5, INFO from 9, WARN from 13, ERROR from 17, FATAL from 21;
  // 0 is none (opentelemetry/proto/logs/v1/logs.proto, enum SeverityNumber).
  int severity = 9;
  std::string severity_text = {};
  std::string body;
  std::vector<Attribute> attributes = {};
};
std::string encode_record(const LogRecord& log);

}  // namespace otelctl::otlp
