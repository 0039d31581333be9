// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/signal.hpp"
#include "otlp/wire_reader.hpp"

namespace otelctl::otlp {

// Messages inside each other in one request. An array in an AnyValue takes two; protobuf's own
// parsers stop at 100 by default, SDKs send less than 10.
inline constexpr std::size_t k_max_nesting = 128;

// What a field's bytes mean. `unknown` is a field that is not in the schema.
enum class FieldKind : std::uint8_t {
  unknown,
  boolean,
  enumeration,
  int32,
  int64,
  uint32,
  uint64,
  sint32,
  fixed32,
  fixed64,
  sfixed64,
  real,
  text,
  bytes,
  id,  // bytes that OTLP/JSON writes in hex: trace_id, span_id, parent_span_id
  message,
};

// The wire type of a single value of the kind; of `unknown` it means nothing.
constexpr WireType wire_type_of(FieldKind kind) {
  switch (kind) {
    case FieldKind::fixed32:
      return WireType::fixed32;
    case FieldKind::fixed64:
    case FieldKind::sfixed64:
    case FieldKind::real:
      return WireType::fixed64;
    case FieldKind::text:
    case FieldKind::bytes:
    case FieldKind::id:
    case FieldKind::message:
      return WireType::length;
    default:
      return WireType::varint;
  }
}

// One field, small, because a scan looks at it for every field on the wire.
struct FieldRule {
  FieldKind kind = FieldKind::unknown;
  bool is_repeated = false;
  bool is_in_oneof = false;   // no message of OTLP has two of them
  bool has_presence = false;  // zero is not the same as absent
  std::uint16_t message = 0;  // of a field of kind `message`: index into WireSchema
};

inline constexpr std::size_t k_highest_field = 16;

struct MessageSchema {
  std::string name;  // without its package: "Span"
  std::array<FieldRule, k_highest_field + 1> fields{};
  std::array<std::string, k_highest_field + 1> names{};  // "trace_id"
  std::array<std::string, k_highest_field + 1> keys{};   // of JSON: "traceId"
  // The names of enum values, for those fields that are enums.
  std::array<std::vector<std::pair<std::string, std::int32_t>>, k_highest_field + 1> values{};

  // The rule of a number that came over the wire.
  const FieldRule& rule(std::uint32_t number) const {
    return fields[number <= k_highest_field ? number : 0];
  }
  // "trace_id"; "an unknown field" for others.
  std::string_view name_of(std::uint32_t number) const;
  // The number of the field with this JSON key (or its name in the .proto, which the Collector's
  // receiver takes too); 0 when there is none.
  std::uint32_t find_key(std::string_view key) const;
};

// The messages of the three export requests, taken once from the generated descriptors.
class WireSchema {
 public:
  static const WireSchema& get();

  const MessageSchema& message(std::size_t index) const { return m_messages[index]; }
  std::size_t size() const { return m_messages.size(); }
  // By the name without package; every one is unique. Of a name that is not there, size().
  std::size_t index_of(std::string_view name) const;
  std::size_t request_of(Signal signal) const;

 private:
  WireSchema();

  std::vector<MessageSchema> m_messages;
};

}  // namespace otelctl::otlp
