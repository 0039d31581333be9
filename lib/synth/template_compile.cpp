// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstddef>
#include <utility>

#include "synth/failures.hpp"
#include "synth/shape.hpp"
#include "synth/shape_count.hpp"
#include "synth/template.hpp"
#include "synth/wire.hpp"

// How a scenario becomes templates; template.cpp makes requests from them.
namespace otelctl::synth {
namespace {

// What the shapes may take together; scenarios of very large traces get fewer.
constexpr std::size_t k_template_bytes = std::size_t{32} << 20U;
// What a span takes in the tables beside its bytes, roughly.
constexpr std::size_t k_span_tables = 100;
// Failing runs of all shapes together, at least.
constexpr std::size_t k_failures = 128;

SpanFlags flags_for(const std::optional<TraceParent>& parent) {
  // Span.flags: bit 8 says that bit 9 is known, bit 9 that the parent is remote (OTLP 1.2.0). The
  // low 7 bytes of our trace ids are random, and the bit that says so is inherited.
  const std::uint32_t inherited =
      parent ? parent->flags : std::uint32_t{k_flag_sampled} | std::uint32_t{k_flag_random};
  SpanFlags flags;
  flags.local = 0x100U | inherited;
  flags.remote = 0x300U | inherited;
  flags.root = parent ? flags.remote : flags.local;
  flags.root_has_parent = parent.has_value();
  return flags;
}

// The first span of each spec; the root where a repetition of zero times leaves none.
std::vector<std::uint32_t> first_spans(const Shape& shape, std::size_t specs) {
  std::vector<std::uint32_t> first(specs, 0);
  for (std::size_t index = shape.spans.size(); index-- > 0;) {
    first[shape.spans[index].spec] = static_cast<std::uint32_t>(index);
  }
  return first;
}

// Two scenarios sent with one seed must not share trace ids, or a backend would make one trace of
// two. FNV-1a (Fowler, Noll, Vo; RFC 9923) of the name tells them apart.
std::uint64_t seed_of(const Scenario& scenario, std::uint64_t seed) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char letter : scenario.name) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001B3ULL;
  }
  return seed ^ hash;
}

}  // namespace

TraceTemplate::TraceTemplate(std::uint64_t seed, const std::optional<TraceParent>& parent)
    : m_sequence(seed), m_parent(parent) {
  if (m_parent) {
    m_remote_parent = get_fixed64(m_parent->span_id.view().data());
  }
}

Result<TraceTemplate> TraceTemplate::compile(const Scenario& scenario,
                                             const TemplateOptions& options) {
  if (auto checked = check_scenario(scenario); !checked) {
    return fail(std::move(checked).error());
  }
  if (scenario.traces.empty()) {
    return fail(ErrorKind::settings, "the scenario " + scenario.name + " has no traces");
  }
  TraceTemplate compiled(seed_of(scenario, options.seed), options.parent);
  for (const Service& service : scenario.services) {
    compiled.m_services.push_back({encode_resource_field(service), encode_scope_field(service)});
  }
  double weights = 0.0;
  for (const TraceSpec& trace : scenario.traces) {
    weights += trace.weight;
  }
  double before = 0.0;
  for (std::uint32_t kind = 0; kind < scenario.traces.size(); ++kind) {
    if (auto added = compiled.add_kind(scenario, kind, options.traces); !added) {
      return fail(std::move(added).error());
    }
    before += scenario.traces[kind].weight;
    const double bound = before / weights * 0x1.0p64;
    compiled.m_kind_bounds.push_back(bound < 0x1.0p64 ? static_cast<std::uint64_t>(bound)
                                                      : UINT64_MAX);
  }
  return compiled;
}

// The place of the distribution's table in m_durations.
std::uint32_t TraceTemplate::add_table(const DurationSpec& spec) {
  const DurationTable table(spec);
  // Of more than these not all stay in the first level cache anyway, and looking through all would
  // take a time that grows with the square of the scenario.
  constexpr std::size_t k_compared = 64;
  const auto last =
      m_durations.begin() + static_cast<std::ptrdiff_t>(std::min(m_durations.size(), k_compared));
  const auto same = std::find(m_durations.begin(), last, table);
  if (same != last) {
    return static_cast<std::uint32_t>(same - m_durations.begin());
  }
  m_durations.push_back(table);
  return static_cast<std::uint32_t>(m_durations.size() - 1);
}

Result<void> TraceTemplate::add_kind(const Scenario& scenario, std::uint32_t index,
                                     std::uint64_t traces) {
  std::vector<std::uint32_t> table_of;
  for (const SpanSpec& span : scenario.traces[index].spans) {
    table_of.push_back(add_table(span.own_time));
  }
  Decks decks;
  const std::size_t room = k_template_bytes / scenario.traces.size();
  std::uint32_t shapes = shapes_wanted(scenario, scenario.traces[index]);
  const auto first = static_cast<std::uint32_t>(m_variants.size());
  std::size_t bytes = 0;
  std::uint32_t made = 0;
  // A run of fewer traces than shapes needs only the first ones.
  while (made < shapes && (made == 0 || made < traces)) {
    // Not a trace's own words, which begin at position 0 of each trace.
    SeededRandom random(
        m_sequence.at(std::uint64_t{index} * k_max_shapes + made, Sequence::k_trace_draws - 1));
    auto variant = make_variant(scenario, index, table_of, shapes, random, decks);
    if (!variant) {
      return fail(std::move(variant).error());
    }
    made += 1;
    for (const Encoding& encoding : variant->encodings) {
      bytes += encoding.bytes + variant->size * k_span_tables;
    }
    if (bytes > room) {
      shapes = made;
    }
    m_variants.push_back(std::move(*variant));
  }
  Kind kind{Cycle(shapes), {}, {}};
  for (std::uint32_t shape = 0; shape < shapes; ++shape) {
    kind.variants.push_back(first + shape % made);
    kind.sizes.push_back(m_variants[kind.variants.back()].size);
  }
  m_kinds.push_back(std::move(kind));
  return {};
}

Result<TraceTemplate::Variant> TraceTemplate::make_variant(
    const Scenario& scenario, std::uint32_t kind, const std::vector<std::uint32_t>& table_of,
    std::uint32_t shapes, Random& random, Decks& decks) {
  const auto shape = draw_shape(scenario, kind, random, decks);
  if (!shape) {
    return fail(shape.error());
  }
  const TraceSpec& trace = scenario.traces[kind];
  const SpanFlags flags = flags_for(m_parent);
  Variant variant{static_cast<std::uint32_t>(shape->spans.size()),
                  first_spans(*shape, trace.spans.size()),
                  shape->columns,
                  &*m_timelines.emplace(trace, *shape, table_of).first,
                  NumberPlan(shape->numbers),
                  {},
                  {}};
  const std::vector<Ending> success(shape->spans.size(), Ending::success);
  variant.encodings.push_back(encode_shape(scenario, *shape, success, flags));
  const std::size_t room = k_template_bytes / (variant.encodings.front().bytes + 1);
  RunLimits limits;
  limits.least = std::clamp<std::size_t>(k_failures / shapes, 1, limits.least);
  limits.most = std::clamp<std::size_t>(room, 1, limits.most);
  const Failures failures = draw_failures(trace, *shape, random, limits);
  variant.error_bounds = failures.bounds;
  for (const std::vector<Ending>& endings : failures.runs) {
    variant.encodings.push_back(encode_shape(scenario, *shape, endings, flags));
  }
  return variant;
}

}  // namespace otelctl::synth
