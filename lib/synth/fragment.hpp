// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "synth/scenario.hpp"
#include "synth/shape.hpp"
#include "synth/wire.hpp"

// Messages that are written once, with the places where each record's own values go.
namespace otelctl::synth {

// What is written at a place that differs from trace to trace. Every kind has a fixed length, so
// nothing behind it moves.
enum class PatchKind : std::uint8_t {
  number,      // a varint of `width` bytes: the shape's number `source`
  real,        // fixed64: the bits of the shape's number `source`
  digits,      // the last `width` decimal digits of the shape's number `source`
  event_time,  // fixed64: the span's start plus `source` / 65536 of its duration
  link,        // trace id, two bytes, span id: those of the shape's span `source`
};

struct Patch {
  std::uint32_t offset = 0;  // from the beginning of Encoding::bytes
  std::uint32_t source = 0;
  PatchKind kind = PatchKind::number;
  std::uint8_t width = 0;
};

// A message that is being written, with the places to patch in it.
struct Fragment {
  std::string bytes;
  std::vector<Patch> patches;

  void place(PatchKind kind, std::size_t width, std::uint32_t source) {
    patches.push_back(
        {static_cast<std::uint32_t>(bytes.size()), source, kind, static_cast<std::uint8_t>(width)});
  }

  void append(unsigned field, const Fragment& inner) {
    append_tag(bytes, field, WireType::bytes);
    append_varint(bytes, inner.bytes.size());
    for (Patch patch : inner.patches) {
      patch.offset += static_cast<std::uint32_t>(bytes.size());
      patches.push_back(patch);
    }
    bytes += inner.bytes;
  }
};

// AnyValue.
void append_value(std::string& message, const Value& value);
// KeyValue.
std::string encode_attribute(std::string_view key, const Value& value);

// The attributes as elements of `field`. `numbers` is what their places count in; `has_failed`
// chooses between the values of a ByOutcome.
void append_attributes(Fragment& message, unsigned field, const std::vector<ShapeNumber>& numbers,
                       const std::vector<ShapeAttribute>& attributes, bool has_failed);

// The field `resource` (1) of ResourceSpans and `scope` (1) of ScopeSpans, whole; those of metrics
// and logs are the same.
std::string encode_resource_field(const Service& service);
std::string encode_scope_field(const Service& service);

}  // namespace otelctl::synth
