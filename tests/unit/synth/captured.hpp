// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "otlp/json_codec.hpp"
#include "synth/replay.hpp"
#include "tests/unit/synth/decode.hpp"

// A capture as a Collector would write it, in all its forms, and what a replay makes of one.
namespace otelctl::test {

// 2023-11-14, as captured.
inline constexpr std::uint64_t k_captured = 1'700'000'000'123'456'789;
inline const std::string k_first_trace = "first-trace-id--";
inline const std::string k_second_trace = "second-trace-id-";
inline const std::string k_foreign_trace = "foreign-trace-id";

inline ProtoSpan& add_span(opentelemetry::proto::trace::v1::ScopeSpans& scope,
                           const std::string& trace, const std::string& id,
                           const std::string& parent, std::uint64_t start) {
  ProtoSpan& span = *scope.add_spans();
  span.set_trace_id(trace);
  span.set_span_id(id);
  span.set_parent_span_id(parent);
  span.set_name("span " + id);
  span.set_start_time_unix_nano(k_captured + start);
  span.set_end_time_unix_nano(k_captured + start + 1001);
  span.set_flags(0x101);
  span.set_trace_state("vendor=1");
  return span;
}

// As a Collector writes it: the spans of two traces mixed, resources in several entries. The second
// trace begins first.
inline Request captured() {
  Request request;
  auto& front = *request.add_resource_spans();
  front.set_schema_url("https://opentelemetry.io/schemas/1.37.0");
  auto& service = *front.mutable_resource()->add_attributes();
  service.set_key("service.name");
  service.mutable_value()->set_string_value("front");
  auto& scope = *front.add_scope_spans();
  scope.mutable_scope()->set_name("tracer");
  scope.set_schema_url("https://opentelemetry.io/schemas/1.30.0");
  add_span(scope, k_first_trace, "root-1--", "", 5000);
  add_span(scope, k_second_trace, "root-2--", "", 0);

  auto& back = *request.add_resource_spans();
  back.mutable_resource()->set_dropped_attributes_count(1);
  auto& other = *back.add_scope_spans();
  ProtoSpan& child = add_span(other, k_first_trace, "child-1-", "root-1--", 5100);
  auto& event = *child.add_events();
  event.set_time_unix_nano(k_captured + 5200);
  event.set_name("an event");
  child.add_events()->set_name("without a time");
  auto& link = *child.add_links();
  link.set_trace_id(k_second_trace);
  link.set_span_id("root-2--");
  link.set_trace_state("linked=1");
  link.set_flags(0x301);
  auto& foreign = *child.add_links();
  foreign.set_trace_id(k_foreign_trace);
  foreign.set_span_id("foreign-");
  add_span(other, k_second_trace, "orphan--", "missing-", 100);

  // The front's entry once more, as the next batch of the same program brings it.
  auto& again = *request.add_resource_spans();
  again = front;
  again.mutable_scope_spans(0)->clear_spans();
  add_span(*again.mutable_scope_spans(0), k_first_trace, "child-2-", "child-1-", 5300);
  return request;
}

inline std::string json_of(const std::string& payload, Signal signal = Signal::traces) {
  return *otlp::payload_to_json(signal, payload);
}

// A line for each value.
inline std::string pretty(const std::string& json) {
  std::string text;
  bool is_in_string = false;
  for (const char byte : json) {
    text += byte;
    is_in_string = byte == '"' ? !is_in_string : is_in_string;
    if (!is_in_string && (byte == ',' || byte == '{' || byte == '[')) {
      text += "\r\n  ";
    }
  }
  return text + "\n";
}

inline std::string with_length(const std::string& payload) {
  std::string bytes;
  for (unsigned shift = 32; shift > 0; shift -= 8) {
    bytes += static_cast<char>(payload.size() >> (shift - 8));
  }
  return bytes + payload;
}

inline synth::Replay read(std::string_view bytes, Signal signal = Signal::traces,
                          std::uint64_t seed = 1) {
  auto replay = synth::Replay::read(bytes, "capture", signal, {.seed = seed});
  REQUIRE_MESSAGE(replay, (replay ? "" : replay.error().message));
  return std::move(*replay);
}

inline std::string encode_units(const synth::Replay& replay, std::uint64_t first,
                                std::uint64_t count, synth::Anchor anchor = synth::Anchor::start) {
  std::vector<synth::Slice> slices;
  for (std::uint64_t unit = first; unit < first + count; ++unit) {
    slices.push_back({unit, 0, replay.size(unit), k_start});
  }
  const auto workspace = replay.make_workspace();
  return std::string(replay.encode(slices, anchor, *workspace));
}

inline std::map<std::string, ProtoSpan> by_name(const Request& request) {
  std::map<std::string, ProtoSpan> spans;
  for (const ProtoSpan& span : spans_of(request)) {
    CHECK(spans.emplace(span.name(), span).second);
  }
  return spans;
}

}  // namespace otelctl::test
