// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "synth/patches.hpp"
#include "synth/scenario.hpp"
#include "synth/shape.hpp"

// A shape's bytes, written once, with the places where a trace's own ids, times and numbers go,
// laid out so that they are filled in by loops without branches.
namespace otelctl::synth {

// Where a span's own ids and times go: offsets into ServicePart::bytes, and whose they are.
struct SpanPlace {
  std::uint32_t trace_id = 0;  // the span id is at +18
  // A root without a parent writes its own id twice, which is cheaper than a branch.
  std::uint32_t parent_id = 0;
  std::uint32_t times = 0;   // start; end at +9
  std::uint32_t span = 0;    // index into Shape::spans
  std::uint32_t parent = 0;  // whose id is the parent's; the number of spans for a remote one
};

// fixed64: the span's start plus `share` / 65536 of its duration.
struct EventPlace {
  std::uint32_t offset = 0;
  std::uint32_t span = 0;
  std::uint32_t share = 0;
};

// Trace id, two bytes, the span's id.
struct LinkPlace {
  std::uint32_t offset = 0;
  std::uint32_t span = 0;
};

// A trace's spans of one service as elements of ScopeSpans.spans, depth first.
struct ServicePart {
  std::uint32_t service = 0;
  std::uint32_t first = 0;  // spans of the trace that stand in the parts before it
  std::string bytes;
  std::vector<std::uint32_t> begins;  // of each span in `bytes`, and the end of the last
  std::vector<SpanPlace> spans;
  ValuePatches values;
  std::vector<EventPlace> events;
  std::vector<LinkPlace> links;
};

struct Encoding {
  std::vector<ServicePart> parts;  // in the order of Scenario::services, without empty ones
  std::size_t bytes = 0;           // of all parts
};

// How a span of the shape ends.
enum class Ending : std::uint8_t { success, fails_itself, fails_with_child };

// Span.flags; `root_has_parent` leaves room for the id of a remote one.
struct SpanFlags {
  std::uint32_t root = 0;
  std::uint32_t local = 0;   // the parent is a span of the same service
  std::uint32_t remote = 0;  // of another service
  bool root_has_parent = false;
};

Encoding encode_shape(const Scenario& scenario, const Shape& shape,
                      const std::vector<Ending>& endings, const SpanFlags& flags);

}  // namespace otelctl::synth
