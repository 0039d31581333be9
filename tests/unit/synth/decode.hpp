// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <doctest/doctest.h>

#include "synth/template.hpp"

// What the encoder writes, read by protobuf, which knows nothing of it.
namespace otelctl::test {

using Request = opentelemetry::proto::collector::trace::v1::ExportTraceServiceRequest;
using ProtoSpan = opentelemetry::proto::trace::v1::Span;
using ProtoValue = opentelemetry::proto::common::v1::AnyValue;

// 2026-08-20T10:00:00Z.
inline constexpr Time k_start{std::chrono::seconds(1787220000)};

inline Request decode(std::string_view payload) {
  Request request;
  REQUIRE(request.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
  return request;
}

inline synth::TraceTemplate compile(const synth::Scenario& scenario,
                                    const synth::TemplateOptions& options = {.seed = 1}) {
  auto compiled = synth::TraceTemplate::compile(scenario, options);
  REQUIRE(compiled);
  return std::move(*compiled);
}

// `count` whole traces from number `first` on, each starting at k_start.
inline std::vector<synth::Slice> whole_traces(const synth::TraceTemplate& traces,
                                              std::uint64_t count, std::uint64_t first = 0) {
  std::vector<synth::Slice> slices;
  for (std::uint64_t trace = first; trace < first + count; ++trace) {
    slices.push_back({trace, 0, traces.size(trace), k_start});
  }
  return slices;
}

inline std::string encode(const synth::TraceTemplate& traces,
                          const std::vector<synth::Slice>& slices,
                          synth::Anchor anchor = synth::Anchor::start) {
  const auto workspace = traces.make_workspace();
  return std::string(traces.encode(slices, anchor, *workspace));
}

inline Request encode_and_decode(const synth::TraceTemplate& traces, std::uint64_t count) {
  return decode(encode(traces, whole_traces(traces, count)));
}

inline std::vector<ProtoSpan> spans_of(const Request& request) {
  std::vector<ProtoSpan> spans;
  for (const auto& resource : request.resource_spans()) {
    for (const auto& scope : resource.scope_spans()) {
      spans.insert(spans.end(), scope.spans().begin(), scope.spans().end());
    }
  }
  return spans;
}

template <typename Message>
const ProtoValue* attribute_of(const Message& message, std::string_view key) {
  for (const auto& attribute : message.attributes()) {
    if (attribute.key() == key) {
      return &attribute.value();
    }
  }
  return nullptr;
}

template <typename Message>
std::string text_of(const Message& message, std::string_view key) {
  const ProtoValue* value = attribute_of(message, key);
  return value == nullptr ? "(none)" : value->string_value();
}

template <typename Message>
std::int64_t integer_of(const Message& message, std::string_view key) {
  const ProtoValue* value = attribute_of(message, key);
  REQUIRE(value != nullptr);
  REQUIRE(value->value_case() == ProtoValue::kIntValue);
  return value->int_value();
}

}  // namespace otelctl::test
