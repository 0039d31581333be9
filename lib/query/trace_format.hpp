// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "query/limits.hpp"

namespace otelctl::query {

// The formats in which files hold traces.
enum class TraceFormat : std::uint8_t { otlp_json, otlp_protobuf, jaeger_json, zipkin_json };

// The dialect of a file as the JSON shapes show it: "otlp-json".
constexpr std::string_view name_of(TraceFormat format) {
  switch (format) {
    case TraceFormat::otlp_json:
      return "otlp-json";
    case TraceFormat::otlp_protobuf:
      return "otlp-proto";
    case TraceFormat::jaeger_json:
      return "jaeger-json";
    case TraceFormat::zipkin_json:
      return "zipkin-json";
  }
  return "otlp-json";
}

// Documents that hold other signals, by k_other_signals.
using OtherRecords = std::array<std::size_t, 3>;
inline constexpr std::array<std::string_view, 3> k_other_signals{"metrics", "logs", "profiles"};

inline constexpr std::string_view k_formats_hint =
    "read are traces as OTLP JSON (also JSON lines), OTLP protobuf, Jaeger JSON and Zipkin JSON";

inline constexpr SourceWords k_file_words{
    "the file", "it ends in the middle, as when it is still being written or was copied in part",
    "give a part of it: JSON lines can be cut between two, with 'head -n 100000'", k_formats_hint};

}  // namespace otelctl::query
