// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/template.hpp"

#include <algorithm>
#include <cstring>
#include <span>

#include "synth/fetch.hpp"
#include "synth/shape.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

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

// A binary search whose steps are sums instead of branches, as nothing foretells them.
const TraceTemplate::Kind& TraceTemplate::drawn_kind(std::uint64_t trace) const {
  const std::uint64_t word = m_sequence.at(trace, k_draw_kind);
  std::size_t kind = 0;
  for (std::size_t left = m_kinds.size(); left > 1;) {
    const std::size_t half = left / 2;
    kind += half * static_cast<std::size_t>(word >= m_kind_bounds[kind + half - 1]);
    left -= half;
  }
  return m_kinds[kind];
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
  const auto kind = static_cast<std::size_t>(&kind_of(trace) - m_kinds.data());
  const std::uint64_t span =
      kind == reference.trace ? variant_of(trace).first_spans[reference.span] : 0;
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
    work->times.make_room(*variant.timeline);
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
    // NOLINTNEXTLINE(modernize-avoid-c-arrays): not zeroed first
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
    const char* const id = m_parent->trace_id.view().data();
    work.trace_id = {get_fixed64(id), get_fixed64(id + 8)};
  } else {
    work.trace_id = {big_endian(words.at(k_draw_trace_id)),
                     big_endian(valid(words.at(k_draw_trace_id + 1)))};
  }
  const std::size_t count = variant.size;
  std::uint64_t* const span_ids = work.span_ids.data();
  std::uint64_t* const gaps = work.times.gaps.data();
  for (std::size_t span = 0; span < count; ++span) {
    span_ids[span] = big_endian(valid(words.at(k_draw_ids + span)));
    variant.timeline->draw(m_durations, span, words.at(k_draw_ids + count + span), gaps);
  }
  span_ids[count] = m_remote_parent;
  work.extent = variant.timeline->walk(work.times);
  variant.numbers.draw(words, k_draw_ids + 2 * count, trace, work.numbers.data());
  work.unit = trace;
}

// Fills in what is the trace's own. What it reads is copied to local variables first: the compiler
// must take it that a store of bytes changes anything else, and read all of it again for each span,
// which cost 7 %.
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
  if (size == 0) {
    return;  // and there may be no place either
  }
  std::memcpy(place, part.bytes.data() + bytes.begin, size);
  fill(part, std::span(part.spans).subspan(spans.first, spans.last - spans.first), bytes, work,
       place);
  place += size;
}

inline void TraceTemplate::fetch_ahead(const std::vector<Source>& sources, std::size_t index) {
  if (index + 2 >= sources.size()) {
    return;
  }
  fetch<192>(sources[index + 2].encoding->parts.data());
  const Source& next = sources[index + 1];
  next.variant->numbers.fetch();
  for (const ServicePart& part : next.encoding->parts) {
    fetch<256>(part.bytes.data());
    fetch<128>(part.spans.data());
    part.values.fetch();
  }
}

std::string_view TraceTemplate::encode(const std::vector<Slice>& slices, Anchor anchor,
                                       Workspace& workspace) const {
  Work& work = static_cast<Work&>(workspace);
  choose_sources(slices, work);
  const char* const end = put_fronts(work);
  for (std::size_t index = 0; index < slices.size(); ++index) {
    const Slice& slice = slices[index];
    const Source source = work.sources[index];
    fetch_ahead(work.sources, index);
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
