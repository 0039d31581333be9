// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "base/result.hpp"
#include "base/signal.hpp"

namespace otelctl::otlp {

// Brackets inside each other in OTLP/JSON; three for each array in an AnyValue.
inline constexpr std::size_t k_max_json_depth = 256;

// OTLP/JSON as the specification has it (OTLP 1.11.0, "JSON Protobuf Encoding"): ids in hex, other
// bytes in base64, enums as integers, 64-bit integers as decimal strings, lowerCamelCase keys.
// Both ways go straight between the two texts: nothing is built in between, so the memory is that
// of the result, whatever the input.

// An Export*ServiceRequest (TracesData, MetricsData and LogsData have the same form) from JSON to
// its protobuf bytes. Takes more than it would write: snake_case keys, names of enum values,
// numbers where strings are due and the reverse, upper-case hex; unknown keys and nulls are passed
// over. Errors, of kind not_understood, name the place:
// "resourceSpans[0].scopeSpans[1].spans[3].traceId".
Result<std::string> json_to_payload(Signal signal, std::string_view json);

// One of several documents that follow each other.
struct JsonDocument {
  std::string payload;
  std::size_t size = 0;           // of the document in bytes, with the white space that follows it
  std::vector<std::string> keys;  // of the outermost object, those outside of the schema included
};
struct JsonFault {
  std::size_t at = 0;  // the byte
  std::string what;
};
// The document at the front of `json`, in the way of json_to_payload.
tl::expected<JsonDocument, JsonFault> read_json_document(Signal signal, std::string_view json);

// The reverse, on one line without spaces. Fields that are zero or empty and unknown ones are left
// out; malformed UTF-8 becomes U+FFFD. Error kind: not_understood, for bytes that are no such
// message.
Result<std::string> payload_to_json(Signal signal, std::string_view payload);

// The same, appended to text that goes on.
Result<void> append_json(Signal signal, std::string_view payload, std::string& json);

}  // namespace otelctl::otlp
