// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/traceparent.hpp"
#include "synth/durations.hpp"
#include "synth/encoding.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"

namespace otelctl::synth {

// A trace of a run, or a part of it, for one request. Span numbers count the trace's spans in the
// order in which they are sent: by service, depth first within each.
struct TraceSlice {
  std::uint64_t trace = 0;
  std::uint32_t first_span = 0;
  std::uint32_t span_count = 0;
  Time time = {};  // where the trace's start, or its end, is put
};

enum class Anchor { start, end };

// Memory that an encoding thread uses again for each request.
class Workspace {
 private:
  friend class TraceTemplate;
  struct Drawn {
    std::size_t variant;
    std::size_t encoding;
    std::size_t spans;    // where the slice's spans begin in the vectors below
    std::size_t numbers;  // and its numbers
    TraceId trace_id;
  };
  struct Parts {
    std::vector<Drawn> slices;
    std::vector<std::uint64_t> span_ids;
    std::vector<std::uint64_t> starts;
    std::vector<std::uint64_t> ends;
    std::vector<std::uint64_t> totals;  // of one trace: durations with children
    std::vector<std::uint64_t> places;  // of one trace: where a span's next child begins
    std::vector<std::uint64_t> numbers;
    std::vector<char> buffer;  // as long as the largest request so far
  };
  Parts m_parts;
};

struct TemplateOptions {
  std::uint64_t seed = 0;
  // How many traces will be drawn at most: a run of few needs fewer shapes. Which trace has which
  // bytes does not depend on it.
  std::uint64_t traces = std::numeric_limits<std::uint64_t>::max();
  // The root becomes a child of this remote span, and its trace id is every trace's.
  std::optional<TraceParent> parent = std::nullopt;
};

// A scenario in encoded form. Trace number n of a seed is always the same, apart from its time; all
// methods may be called from many threads.
class TraceTemplate {
 public:
  // Error kind: settings, when the scenario cannot be drawn (see check_scenario).
  static Result<TraceTemplate> compile(const Scenario& scenario, const TemplateOptions& options);

  std::uint32_t span_count(std::uint64_t trace) const {
    return static_cast<std::uint32_t>(variant_of(trace).nodes.size());
  }
  TraceId trace_id(std::uint64_t trace) const;

  // One ExportTraceServiceRequest with the slices: one ResourceSpans a service that has spans in
  // it, its resource and scope once. No time falls on a whole microsecond, so that a receiver that
  // keeps only microseconds shows. The bytes lie in `workspace` and stay until its next use.
  std::string_view encode(const std::vector<TraceSlice>& slices, Anchor anchor,
                          Workspace& workspace) const;

 private:
  using Drawn = Workspace::Drawn;
  using Work = Workspace::Parts;
  // A span's place in the tree and its time.
  struct Node {
    std::uint32_t parent;
    std::uint32_t table;  // index into m_durations
    // The share of own time that goes before the first child, between children and after the last,
    // in 1 / 65536.
    std::uint32_t gap;
    bool is_parallel;
  };
  struct Number {
    std::int64_t low;
    std::uint64_t choices;
    std::vector<std::uint32_t> sum_of;
  };
  // One shape with its encodings: the first succeeds, the others hold failures.
  struct Variant {
    std::vector<Node> nodes;
    std::vector<Number> numbers;
    std::vector<Encoding> encodings;
    std::uint64_t error_bound = 0;  // a random word below it draws a failure
  };
  struct ServiceFields {
    std::string resource;
    std::string scope;
  };

  explicit TraceTemplate(const TemplateOptions& options)
      : m_sequence(options.seed), m_parent(options.parent) {}

  Result<void> add_variant(const Scenario& scenario, std::uint64_t seed);
  const Variant& variant_of(std::uint64_t trace) const {
    return m_variants[trace % m_variants.size()];
  }
  std::size_t pick_encoding(const Variant& variant, std::uint64_t trace) const;
  void draw(const TraceSlice& slice, Anchor anchor, Work& workspace) const;
  void draw_times(const Variant& variant, const TraceSlice& slice, Anchor anchor,
                  Work& workspace) const;
  void draw_numbers(const Variant& variant, std::uint64_t trace, Work& workspace) const;
  char* put_slice(const TraceSlice& slice, const Drawn& drawn, std::size_t service,
                  const Work& workspace, char* at) const;
  void put_patch(const Patch& patch, const TraceSlice& slice, const Drawn& drawn, std::size_t span,
                 const Work& workspace, char* at) const;

  Sequence m_sequence;
  std::optional<TraceParent> m_parent;
  std::vector<DurationTable> m_durations;  // one for each of the scenario's spans
  std::vector<ServiceFields> m_services;
  std::vector<Variant> m_variants;
};

}  // namespace otelctl::synth
