// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string_view>
#include <utility>

#include "trace/builder.hpp"
#include "trace/trace.hpp"

namespace otelctl::test {

inline SpanId span_id(std::uint64_t number) {
  SpanId id;
  for (std::size_t place = id.bytes.size(); place-- > 0; number >>= 8U) {
    id.bytes[place] = static_cast<std::uint8_t>(number);
  }
  return id;
}

inline TraceId trace_id(std::uint64_t number) {
  TraceId id;
  for (std::size_t place = id.bytes.size(); place-- > 8; number >>= 8U) {
    id.bytes[place] = static_cast<std::uint8_t>(number);
  }
  return id;
}

// A span written down shortly: ids are small numbers, times count from the trace's zero.
struct ShortSpan {
  std::uint64_t id = 0;
  std::uint64_t parent = 0;  // 0: none
  std::uint64_t start = 0;
  std::uint64_t end = 0;
  std::string_view name = "span";
  std::string_view service = "service";
  trace::SpanKind kind = trace::SpanKind::internal;
  trace::SpanStatus status = trace::SpanStatus::unset;
  // One attribute, where its key is not empty.
  std::string_view key = {};
  std::string_view value = {};
};

// 2026-08-20T10:00:00Z in nanoseconds.
inline constexpr std::uint64_t k_zero = 1787220000000000000;

template <typename Spans>
trace::Trace make_trace(const Spans& spans, std::uint64_t number = 1, std::uint64_t zero = k_zero) {
  trace::TraceBuilder builder;
  for (const ShortSpan& from : spans) {
    trace::Span span;
    span.id = span_id(from.id);
    if (from.parent != 0) {
      span.parent_id = span_id(from.parent);
    }
    builder.set_times(span, zero + from.start, zero + from.end);
    span.name = builder.intern(from.name);
    span.resource = builder.add_resource();
    builder.resource(span.resource).service = builder.intern(from.service);
    span.kind = from.kind;
    span.status = from.status;
    if (!from.key.empty()) {
      span.attributes = {static_cast<std::uint32_t>(builder.columns().attributes.size()), 1};
      builder.columns().attributes.push_back(
          {builder.intern(from.key), trace::Value::of_text(builder.intern(from.value))});
    }
    builder.add(trace_id(number), span);
  }
  auto traces = builder.finish();
  if (traces.empty()) {
    trace::Trace empty;
    empty.id = trace_id(number);
    empty.columns = std::make_shared<trace::Columns>();
    return empty;
  }
  return std::move(traces.front());
}

inline trace::Trace make_trace(std::initializer_list<ShortSpan> spans, std::uint64_t number = 1,
                               std::uint64_t zero = k_zero) {
  return make_trace<std::initializer_list<ShortSpan>>(spans, number, zero);
}

}  // namespace otelctl::test
