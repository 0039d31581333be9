// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/template.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "synth/failures.hpp"
#include "synth/shape.hpp"
#include "synth/shape_count.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// What the shapes may take together; scenarios of very large traces get fewer.
constexpr std::size_t k_template_bytes = std::size_t{32} << 20U;
// What a span takes in the tables beside its bytes, roughly.
constexpr std::size_t k_span_tables = 100;
// Failing runs of all shapes together, at least.
constexpr std::size_t k_failures = 128;

// Where a trace's random words begin for each purpose (Sequence positions).
constexpr std::uint64_t k_draw_trace_id = 0;
constexpr std::uint64_t k_draw_kind = 2;
constexpr std::uint64_t k_draw_failure = 3;
constexpr std::uint64_t k_draw_ids = k_words_before_spans;

// An id of zeros is invalid; the one word that gives it is replaced.
std::uint64_t valid(std::uint64_t word) {
  return word == 0 ? 1 : word;
}

// Moves a time off the whole microsecond, which is even. Never swaps two times, so what lay within
// something else still does. (A division by 1000 for each time cost 6 % of the whole.)
std::uint64_t off_microsecond(std::uint64_t time) {
  return time | 1U;
}

std::uint64_t part_of(std::uint64_t duration, std::uint64_t share) {
  return (duration >> 16U) * share + (((duration & 0xFFFFU) * share) >> 16U);
}

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

// Which of a part's spans belong to a slice.
struct Spans {
  std::size_t first = 0;
  std::size_t last = 0;  // exclusive
};

Spans spans_of(const ServicePart& part, const Slice& slice) {
  const std::size_t size = part.spans.size();
  const std::size_t end = std::size_t{slice.first} + slice.count;
  const std::size_t first = std::clamp<std::size_t>(slice.first, part.first, part.first + size);
  const std::size_t last = std::clamp<std::size_t>(end, first, part.first + size);
  return {first - part.first, last - part.first};
}

PartRange bytes_of(const ServicePart& part, const Spans& spans) {
  return {part.begins[spans.first], part.begins[spans.last]};
}

}  // namespace

TraceTemplate::TraceTemplate(const TemplateOptions& options)
    : m_sequence(options.seed), m_parent(options.parent) {
  if (m_parent) {
    std::memcpy(&m_remote_parent, m_parent->span_id.bytes.data(), sizeof m_remote_parent);
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
  TraceTemplate compiled(options);
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

Result<void> TraceTemplate::add_kind(const Scenario& scenario, std::uint32_t index,
                                     std::uint64_t traces) {
  const auto first_table = static_cast<std::uint32_t>(m_durations.size());
  for (const SpanSpec& span : scenario.traces[index].spans) {
    m_durations.emplace_back(span.own_time);
  }
  Decks decks;
  std::uint32_t shapes = shapes_wanted(scenario, scenario.traces[index]);
  const auto first = static_cast<std::uint32_t>(m_variants.size());
  std::uint32_t made = 0;
  // A run of fewer traces than shapes needs only the first ones.
  for (; made < shapes && (made == 0 || made < traces); ++made) {
    // Not a trace's own words, which begin at position 0 of each trace.
    SeededRandom random(
        m_sequence.at(std::uint64_t{index} * k_max_shapes + made, Sequence::k_trace_draws - 1));
    auto variant = make_variant(scenario, index, first_table, shapes, random, decks);
    if (!variant) {
      return fail(std::move(variant).error());
    }
    if (made == 0) {
      std::size_t bytes = 1;
      for (const Encoding& encoding : variant->encodings) {
        bytes += encoding.bytes + variant->size * k_span_tables;
      }
      const std::size_t room = k_template_bytes / scenario.traces.size() / bytes;
      shapes = static_cast<std::uint32_t>(std::clamp<std::size_t>(room, 1, shapes));
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

Result<TraceTemplate::Variant> TraceTemplate::make_variant(const Scenario& scenario,
                                                           std::uint32_t kind,
                                                           std::uint32_t first_table,
                                                           std::uint32_t shapes, Random& random,
                                                           Decks& decks) const {
  const auto shape = draw_shape(scenario, kind, random, decks);
  if (!shape) {
    return fail(shape.error());
  }
  const TraceSpec& trace = scenario.traces[kind];
  const SpanFlags flags = flags_for(m_parent);
  Variant variant{static_cast<std::uint32_t>(shape->spans.size()),
                  first_spans(*shape, trace.spans.size()),
                  shape->columns,
                  Timeline(trace, *shape, first_table),
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

const TraceTemplate::Kind& TraceTemplate::drawn_kind(std::uint64_t trace) const {
  const std::uint64_t word = m_sequence.at(trace, k_draw_kind);
  const auto found = std::upper_bound(m_kind_bounds.begin(), m_kind_bounds.end() - 1, word);
  return m_kinds[static_cast<std::size_t>(found - m_kind_bounds.begin())];
}

const Encoding& TraceTemplate::encoding_of(const Variant& variant, std::uint64_t trace) const {
  if (variant.error_bounds.empty()) {
    return variant.encodings.front();
  }
  const std::uint64_t word = m_sequence.at(trace, k_draw_failure);
  if (word >= variant.error_bounds.back()) {
    return variant.encodings.front();
  }
  const auto found =
      std::upper_bound(variant.error_bounds.begin(), variant.error_bounds.end(), word);
  return variant.encodings[1 + static_cast<std::size_t>(found - variant.error_bounds.begin())];
}

std::optional<TraceId> TraceTemplate::trace_id(std::uint64_t trace) const {
  if (m_parent) {
    return m_parent->trace_id;
  }
  const Words words = m_sequence.of(trace);
  TraceId id;
  char* const bytes = reinterpret_cast<char*>(id.bytes.data());
  put_big_endian(bytes, words.at(k_draw_trace_id));
  put_big_endian(bytes + 8, valid(words.at(k_draw_trace_id + 1)));
  return id;
}

SpanContext TraceTemplate::context_of(std::uint64_t trace, const SpanReference& reference) const {
  const bool is_kind = &kind_of(trace) == &m_kinds[reference.trace];
  const std::uint64_t span = is_kind ? variant_of(trace).first_spans[reference.span] : 0;
  SpanContext context{*trace_id(trace), {}};
  put_big_endian(reinterpret_cast<char*>(context.span_id.bytes.data()),
                 valid(m_sequence.at(trace, k_draw_ids + span)));
  return context;
}

std::unique_ptr<Workspace> TraceTemplate::make_workspace() const {
  auto work = std::make_unique<Work>();
  std::size_t spans = 0;
  std::size_t numbers = 0;
  for (const Variant& variant : m_variants) {
    spans = std::max<std::size_t>(spans, variant.size);
    numbers = std::max(numbers, variant.numbers.size());
    work->times.make_room(variant.timeline);
  }
  work->span_ids.resize(spans + 1);
  work->numbers.resize(numbers);
  work->places.resize(m_services.size());
  return work;
}

void TraceTemplate::choose_sources(const std::vector<Slice>& slices, Work& work) const {
  work.sizes.assign(m_services.size(), 0);
  work.sources.clear();
  for (const Slice& slice : slices) {
    const Variant& variant = variant_of(slice.unit);
    const Encoding& encoding = encoding_of(variant, slice.unit);
    work.sources.push_back({&variant, &encoding});
    if (m_services.size() == 1 && slice.count == variant.size) {
      // Without a look at the part, which is not in the cache yet.
      work.sizes.front() += encoding.bytes;
      continue;
    }
    for (const ServicePart& part : encoding.parts) {
      const PartRange bytes = bytes_of(part, spans_of(part, slice));
      work.sizes[part.service] += bytes.end - bytes.begin;
    }
  }
}

// Writes what stands before each service's spans and notes where those go. Returns the request's
// end.
char* TraceTemplate::put_fronts(Work& work) const {
  // Two tags with their lengths.
  constexpr std::size_t k_front = 22;
  std::size_t capacity = 0;
  for (std::size_t service = 0; service < m_services.size(); ++service) {
    const ServiceFields& fields = m_services[service];
    capacity += k_front + fields.resource.size() + fields.scope.size() + work.sizes[service];
  }
  if (capacity > work.capacity) {
    work.buffer = std::make_unique_for_overwrite<char[]>(capacity);
    work.capacity = capacity;
  }
  char* at = work.buffer.get();
  const auto put_field = [&at](unsigned field, std::size_t size) {
    at = put_varint(at, field << 3U | static_cast<unsigned>(WireType::bytes));
    at = put_varint(at, size);
  };
  for (std::size_t service = 0; service < m_services.size(); ++service) {
    if (work.sizes[service] == 0) {
      continue;
    }
    const ServiceFields& fields = m_services[service];
    const std::size_t scope_spans = fields.scope.size() + work.sizes[service];
    put_field(1, fields.resource.size() + 1 + varint_size(scope_spans) + scope_spans);
    at = std::copy(fields.resource.begin(), fields.resource.end(), at);
    put_field(2, scope_spans);
    at = std::copy(fields.scope.begin(), fields.scope.end(), at);
    work.places[service] = at;
    at += work.sizes[service];
  }
  return at;
}

void TraceTemplate::draw(std::uint64_t trace, const Variant& variant, Work& work) const {
  const Words words = m_sequence.of(trace);
  if (m_parent) {
    std::memcpy(work.trace_id.data(), m_parent->trace_id.bytes.data(), 16);
  } else {
    work.trace_id = {big_endian(words.at(k_draw_trace_id)),
                     big_endian(valid(words.at(k_draw_trace_id + 1)))};
  }
  const std::size_t count = variant.size;
  std::uint64_t* const span_ids = work.span_ids.data();
  std::uint64_t* const gaps = work.times.gaps.data();
  for (std::size_t span = 0; span < count; ++span) {
    span_ids[span] = big_endian(valid(words.at(k_draw_ids + span)));
    variant.timeline.draw(m_durations, span, words.at(k_draw_ids + count + span), gaps);
  }
  span_ids[count] = m_remote_parent;
  work.extent = variant.timeline.walk(work.times);
  variant.numbers.draw(words, k_draw_ids + 2 * count, trace, work.numbers.data());
  work.unit = trace;
}

// Fills in what is the trace's own. What it reads is copied to local variables: the compiler must
// take it that a store of bytes changes anything else, and would read all of it again for each
// span.
template <typename Range>
inline void TraceTemplate::fill(const ServicePart& part, std::span<const SpanPlace> spans,
                                const Range& range, const Work& work, char* const at) {
  const std::uint64_t* const times = work.times.times.data();
  const std::uint64_t* const span_ids = work.span_ids.data();
  const std::uint64_t* const numbers = work.numbers.data();
  const std::array<std::uint64_t, 2> trace_id = work.trace_id;
  const std::uint64_t base = work.base;
  for (const SpanPlace& place : spans) {
    const std::uint64_t* const span_times = times + 2 * std::size_t{place.span};
    const std::uint64_t start = off_microsecond(base + span_times[0]);
    const std::uint64_t end = off_microsecond(base + span_times[1]);
    const std::uint64_t span_id = span_ids[place.span];
    const std::uint64_t parent_id = span_ids[place.parent];
    char* const id = at + (place.trace_id - range.begin);
    put_fixed64(id, trace_id[0]);
    put_fixed64(id + 8, trace_id[1]);
    put_fixed64(id + 18, span_id);
    put_fixed64(at + (place.parent_id - range.begin), parent_id);
    char* const time = at + (place.times - range.begin);
    put_fixed64(time, start);
    put_fixed64(time + 9, end);
  }
  part.values.put(range, numbers, at);
  for (const EventPlace& event : within(part.events, range)) {
    const std::uint64_t start = times[2 * std::size_t{event.span}];
    const std::uint64_t duration = times[2 * std::size_t{event.span} + 1] - start;
    put_fixed64(at + (event.offset - range.begin),
                off_microsecond(base + start + part_of(duration, event.share)));
  }
  for (const LinkPlace& link : within(part.links, range)) {
    char* const id = at + (link.offset - range.begin);
    put_fixed64(id, trace_id[0]);
    put_fixed64(id + 8, trace_id[1]);
    put_fixed64(id + 18, span_ids[link.span]);
  }
}

void TraceTemplate::put_some(const ServicePart& part, const Slice& slice, Work& work) {
  char*& place = work.places[part.service];
  const Spans spans = spans_of(part, slice);
  const PartRange bytes = bytes_of(part, spans);
  const std::size_t size = bytes.end - bytes.begin;
  std::memcpy(place, part.bytes.data() + bytes.begin, size);
  fill(part, std::span(part.spans).subspan(spans.first, spans.last - spans.first), bytes, work,
       place);
  place += size;
}

std::string_view TraceTemplate::encode(const std::vector<Slice>& slices, Anchor anchor,
                                       Workspace& workspace) const {
  Work& work = static_cast<Work&>(workspace);
  choose_sources(slices, work);
  const char* const end = put_fronts(work);
  for (std::size_t index = 0; index < slices.size(); ++index) {
    const Slice& slice = slices[index];
    const Source source = work.sources[index];
    // A trace that is cut into many requests is drawn once for all of them.
    if (slice.count == source.variant->size || work.unit != slice.unit) {
      draw(slice.unit, *source.variant, work);
    }
    const auto time = static_cast<std::uint64_t>(slice.time.time_since_epoch().count());
    work.base = anchor == Anchor::start ? time : time - std::min(time, work.extent);
    for (const ServicePart& part : source.encoding->parts) {
      if (slice.count != source.variant->size) {
        put_some(part, slice, work);
        continue;
      }
      char*& place = work.places[part.service];
      std::memcpy(place, part.bytes.data(), part.bytes.size());
      fill(part, part.spans, WholeRange{}, work, place);
      place += part.bytes.size();
    }
  }
  return {work.buffer.get(), static_cast<std::size_t>(end - work.buffer.get())};
}

}  // namespace otelctl::synth
