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
#include "synth/generator.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"

namespace otelctl::synth {

struct TemplateOptions {
  std::uint64_t seed = 0;
  // How many traces will be drawn at most: a run of few needs fewer shapes. Which trace has which
  // bytes does not depend on it.
  std::uint64_t traces = std::numeric_limits<std::uint64_t>::max();
  // The root becomes a child of this remote span, and its trace id is every trace's.
  std::optional<TraceParent> parent = std::nullopt;
};

// Where a span stands: what a link, an exemplar or a log record needs to point to it.
struct SpanContext {
  TraceId trace_id;
  SpanId span_id;
};

// The traces of a scenario in encoded form; a unit is a trace. No time falls on a whole
// microsecond, so that a receiver that keeps only microseconds shows.
class TraceTemplate final : public Generator {
 public:
  // Error kind: settings, when the scenario cannot be drawn (see check_scenario).
  static Result<TraceTemplate> compile(const Scenario& scenario, const TemplateOptions& options);

  Signal signal() const override { return Signal::traces; }
  std::uint32_t size(std::uint64_t trace) const override {
    return static_cast<std::uint32_t>(variant_of(trace).nodes.size());
  }
  bool keeps_units_whole() const override { return true; }
  std::optional<TraceId> trace_id(std::uint64_t trace) const override { return id_of(trace); }
  std::unique_ptr<Workspace> make_workspace() const override;
  std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                          Workspace& workspace) const override;

  // The first span of that kind in the trace; the root where it has none.
  SpanContext context_of(std::uint64_t trace, const SpanReference& reference) const;

 private:
  struct Drawn {
    std::size_t variant;
    std::size_t encoding;
    std::size_t spans;    // where the slice's spans begin in the vectors below
    std::size_t numbers;  // and its numbers
    TraceId trace_id;
  };
  struct Work final : Workspace {
    std::vector<Drawn> slices;
    std::vector<std::uint64_t> span_ids;
    std::vector<std::uint64_t> starts;
    std::vector<std::uint64_t> ends;
    std::vector<std::uint64_t> totals;  // of one trace: durations with children
    std::vector<std::uint64_t> places;  // of one trace: where a span's next child begins
    std::vector<std::uint64_t> numbers;
    std::vector<char> buffer;  // as long as the largest request so far
  };
  // A span's place in the tree and its time.
  struct Node {
    std::uint32_t parent;
    std::uint32_t spec;   // index into TraceSpec::spans
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
    std::uint32_t trace = 0;  // index into Scenario::traces
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
  TraceId id_of(std::uint64_t trace) const;
  const Variant& variant_of(std::uint64_t trace) const {
    return m_variants[trace % m_variants.size()];
  }
  std::size_t pick_encoding(const Variant& variant, std::uint64_t trace) const;
  void draw(const Slice& slice, Anchor anchor, Work& workspace) const;
  void draw_times(const Variant& variant, const Slice& slice, Anchor anchor, Work& workspace) const;
  void draw_numbers(const Variant& variant, std::uint64_t trace, Work& workspace) const;
  char* put_slice(const Slice& slice, const Drawn& drawn, std::size_t service,
                  const Work& workspace, char* at) const;
  void put_patch(const Patch& patch, const Slice& slice, const Drawn& drawn, std::size_t span,
                 const Work& workspace, char* at) const;

  Sequence m_sequence;
  std::optional<TraceParent> m_parent;
  std::vector<DurationTable> m_durations;     // one for each span of each kind of trace
  std::vector<std::uint32_t> m_first_tables;  // of each kind of trace, in m_durations
  std::vector<ServiceFields> m_services;
  std::vector<Variant> m_variants;
};

}  // namespace otelctl::synth
