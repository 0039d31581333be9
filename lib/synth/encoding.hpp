// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "synth/fragment.hpp"
#include "synth/scenario.hpp"
#include "synth/shape.hpp"

// A shape's bytes, written once, with the places where a trace's own ids, times and numbers go.
namespace otelctl::synth {

// One span as an element of ScopeSpans.spans, with its tag and length.
struct SpanPlace {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t ids = 0;    // trace id; span id at +18, parent's at +28 where there is one
  std::uint32_t times = 0;  // start; end at +9
  std::uint32_t span = 0;   // index into Shape::spans
  bool has_parent = false;
  std::uint32_t first_patch = 0;
};

struct Encoding {
  std::string bytes;
  // Grouped by service in the order of Scenario::services, depth first within each.
  std::vector<SpanPlace> spans;
  std::vector<Patch> patches;  // in the order of their spans
  // For service s: spans[service_begin[s]] up to spans[service_begin[s + 1]].
  std::vector<std::uint32_t> service_begin;
};

// How a span of the shape ends.
enum class Ending : std::uint8_t { success, fails_itself, fails_with_child };

// `root_flags` and `flags` are Span.flags of the root and of all others; `root_has_parent` leaves
// room for the id of a remote one. Error kind: settings, for a trace of more than 1 GiB.
struct SpanFlags {
  std::uint32_t root = 0;
  std::uint32_t local = 0;   // the parent is a span of the same service
  std::uint32_t remote = 0;  // of another service
  bool root_has_parent = false;
};
Result<Encoding> encode_shape(const Scenario& scenario, const Shape& shape,
                              const std::vector<Ending>& endings, const SpanFlags& flags);

}  // namespace otelctl::synth
