// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/random.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "base/traceparent.hpp"
#include "synth/columns.hpp"
#include "synth/durations.hpp"
#include "synth/encoding.hpp"
#include "synth/generator.hpp"
#include "synth/number_plan.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"
#include "synth/timeline.hpp"

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

// Trace n has shape n % count, by a multiplication instead of a division (Lemire, Kaser and Kurz
// 2019, "Faster remainder by direct computation"), which is exact for 32 bits: n is taken modulo
// 2^32 first.
class Cycle {
 public:
  explicit Cycle(std::uint32_t count) : m_count(count), m_inverse(UINT64_MAX / count + 1) {}

  std::uint32_t at(std::uint64_t number) const {
    const std::uint64_t fraction = m_inverse * static_cast<std::uint32_t>(number);
    // The high word of fraction * m_count.
    const std::uint64_t low = (fraction & UINT32_MAX) * m_count;
    return static_cast<std::uint32_t>(((fraction >> 32U) * m_count + (low >> 32U)) >> 32U);
  }

 private:
  std::uint64_t m_count;
  std::uint64_t m_inverse;
};

// The traces of a scenario in encoded form; a unit is a trace. No time falls on a whole
// microsecond, so that a receiver that keeps only microseconds shows.
class TraceTemplate final : public Generator {
 public:
  TraceTemplate(TraceTemplate&&) = default;
  TraceTemplate& operator=(TraceTemplate&&) = default;

  // Error kind: settings, when the scenario cannot be drawn (see check_scenario).
  static Result<TraceTemplate> compile(const Scenario& scenario, const TemplateOptions& options);

  Signal signal() const override { return Signal::traces; }
  std::uint32_t size(std::uint64_t trace) const override {
    const Kind& kind = kind_of(trace);
    return kind.sizes[kind.cycle.at(trace)];
  }
  bool keeps_units_whole() const override { return true; }
  std::optional<TraceId> trace_id(std::uint64_t trace) const override;
  std::unique_ptr<Workspace> make_workspace() const override;
  std::string_view encode(const std::vector<Slice>& slices, Anchor anchor,
                          Workspace& workspace) const override;

  // The first span of that kind in the trace; the root where it has none.
  SpanContext context_of(std::uint64_t trace, const SpanReference& reference) const;

  // Which of the shapes the trace has, and what filled that shape's texts: for those who speak of
  // the same things as the trace does.
  std::size_t shapes() const { return m_variants.size(); }
  std::size_t shape_of(std::uint64_t trace) const {
    const Kind& kind = kind_of(trace);
    return kind.variants[kind.cycle.at(trace)];
  }
  const Columns& columns_of(std::size_t shape) const { return m_variants[shape].columns; }

 private:
  // One shape with its encodings: the first succeeds, the others hold failures.
  struct Variant {
    std::uint32_t size = 0;                  // spans
    std::vector<std::uint32_t> first_spans;  // of each spec, the root where it has none
    Columns columns;
    const Timeline* timeline;  // in m_timelines
    NumberPlan numbers;
    std::vector<Encoding> encodings;
    // A random word below error_bounds[k], and not below the one before, gives encodings[k + 1].
    std::vector<std::uint64_t> error_bounds;
  };
  // One of the scenario's kinds of traces, with its shapes.
  struct Kind {
    Cycle cycle;
    std::vector<std::uint32_t> sizes;     // of each shape in the cycle
    std::vector<std::uint32_t> variants;  // its place in m_variants
  };
  struct ServiceFields {
    std::string resource;
    std::string scope;
  };
  // What a slice is made from.
  struct Source {
    const Variant* variant;
    const Encoding* encoding;
  };
  // What is drawn for one trace; and, for the whole request, where each service's spans go.
  struct Work final : Workspace {
    std::vector<Source> sources;  // of each slice
    std::vector<std::size_t> sizes;
    std::vector<char*> places;
    std::array<std::uint64_t, 2> trace_id = {};  // as fixed64
    std::vector<std::uint64_t> span_ids;         // as fixed64, and the remote parent's behind them
    Timeline::Times times;
    std::uint64_t extent = 0;                          // until the last span's end
    std::uint64_t base = 0;                            // what is added to all times
    std::optional<std::uint64_t> unit = std::nullopt;  // whose all that is
    std::vector<std::uint64_t> numbers;
    // Of a size that is known late, and not zeroed first.
    std::unique_ptr<char[]> buffer;  // NOLINT(modernize-avoid-c-arrays)
    std::size_t capacity = 0;
  };

  TraceTemplate(std::uint64_t seed, const std::optional<TraceParent>& parent);

  std::uint32_t add_table(const DurationSpec& spec);
  Result<void> add_kind(const Scenario& scenario, std::uint32_t index, std::uint64_t traces);
  Result<Variant> make_variant(const Scenario& scenario, std::uint32_t kind,
                               const std::vector<std::uint32_t>& table_of, std::uint32_t shapes,
                               Random& random, Decks& decks);

  const Kind& kind_of(std::uint64_t trace) const {
    return m_kinds.size() == 1 ? m_kinds.front() : drawn_kind(trace);
  }
  const Kind& drawn_kind(std::uint64_t trace) const;
  const Variant& variant_of(std::uint64_t trace) const { return m_variants[shape_of(trace)]; }
  const Encoding& encoding_of(const Variant& variant, std::uint64_t trace) const;

  void choose_sources(const std::vector<Slice>& slices, Work& work) const;
  char* put_fronts(Work& work) const;
  // These two are encode's inner loop. Calls of them cost 8 % where a trace has two spans.
  [[gnu::always_inline]] inline void draw(std::uint64_t trace, const Variant& variant,
                                          Work& work) const;
  template <typename Range>
  [[gnu::always_inline]] static inline void fill(const ServicePart& part,
                                                 std::span<const SpanPlace> spans,
                                                 const Range& range, const Work& work, char* at);
  // The loops over a trace's tables are short, so what each waits for is its table's first line;
  // the processor foresees the others by itself (3 to 5 %).
  [[gnu::always_inline]] static inline void fetch_ahead(const std::vector<Source>& sources,
                                                        std::size_t index);
  static void put_some(const ServicePart& part, const Slice& slice, Work& work);

  Sequence m_sequence;
  std::optional<TraceParent> m_parent;
  std::uint64_t m_remote_parent = 0;  // its id as fixed64
  // Each once, though many spans of many kinds have it: so they stay in the cache (5 % where there
  // are twelve kinds of traces).
  std::vector<DurationTable> m_durations;
  std::set<Timeline> m_timelines;
  std::vector<ServiceFields> m_services;
  std::vector<Variant> m_variants;
  std::vector<Kind> m_kinds;
  std::vector<std::uint64_t> m_kind_bounds;  // a random word below it gives that kind
};

}  // namespace otelctl::synth
