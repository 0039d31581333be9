// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/template.hpp"

#include <algorithm>
#include <cstring>
#include <span>
#include <utility>

#include "synth/failures.hpp"
#include "synth/shape.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// Shapes that are drawn for a scenario; trace n has shape n modulo their number.
constexpr std::uint64_t k_variants = 32;
// What they may take together; scenarios of very large traces get fewer.
constexpr std::size_t k_template_bytes = std::size_t{32} << 20U;

// Where a trace's random words begin for each purpose (Sequence positions).
constexpr std::uint64_t k_draw_ids = 2;
std::uint64_t draw_times_at(std::uint64_t spans) {
  return k_draw_ids + spans;
}
std::uint64_t draw_numbers_at(std::uint64_t spans) {
  return k_draw_ids + 2 * spans;
}
std::uint64_t draw_failure_at(std::uint64_t spans, std::uint64_t numbers) {
  return k_draw_ids + 2 * spans + numbers;
}

// An id of zeros is invalid; the one word that gives it is replaced.
std::uint64_t valid(std::uint64_t word) {
  return word == 0 ? 1 : word;
}

// Moves a time off the whole microsecond. Never swaps two times, so what lay within something else
// still does.
std::uint64_t off_microsecond(std::uint64_t time) {
  return time + (time % 1000 == 0 ? 1 : 0);
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

// The bytes of spans first to last (exclusive).
std::size_t bytes_between(const std::vector<SpanPlace>& spans, std::size_t first,
                          std::size_t last) {
  return first == last ? 0 : spans[last - 1].end - spans[first].begin;
}

// The spans of one service that belong to a slice.
std::pair<std::size_t, std::size_t> spans_of(const Slice& slice, const Encoding& encoding,
                                             std::size_t service) {
  const std::size_t end = std::size_t{slice.first} + slice.count;
  const std::size_t first = std::max<std::size_t>(encoding.service_begin[service], slice.first);
  const std::size_t last = std::min<std::size_t>(encoding.service_begin[service + 1], end);
  return {first, std::max(first, last)};
}

std::uint32_t pick_trace(const std::vector<TraceSpec>& traces, Random& random) {
  double weights = 0.0;
  for (const TraceSpec& trace : traces) {
    weights += trace.weight;
  }
  double left = traces.size() == 1 ? 0.0 : random.fraction() * weights;
  std::uint32_t index = 0;
  while (index + 1 < traces.size() && left >= traces[index].weight) {
    left -= traces[index].weight;
    ++index;
  }
  return index;
}

}  // namespace

Result<TraceTemplate> TraceTemplate::compile(const Scenario& scenario,
                                             const TemplateOptions& options) {
  if (auto checked = check_scenario(scenario); !checked) {
    return fail(std::move(checked).error());
  }
  TraceTemplate compiled(options);
  if (scenario.traces.empty()) {
    return fail(ErrorKind::settings, "the scenario " + scenario.name + " has no traces");
  }
  for (const TraceSpec& trace : scenario.traces) {
    compiled.m_first_tables.push_back(static_cast<std::uint32_t>(compiled.m_durations.size()));
    for (const SpanSpec& span : trace.spans) {
      compiled.m_durations.emplace_back(span.own_time);
    }
  }
  for (const Service& service : scenario.services) {
    compiled.m_services.push_back({encode_resource_field(service), encode_scope_field(service)});
  }
  std::uint64_t variants = std::clamp<std::uint64_t>(options.traces, 1, k_variants);
  for (std::uint64_t index = 0; index < variants; ++index) {
    // Not a trace's own words: those begin at position 0 of each trace.
    const std::uint64_t seed = compiled.m_sequence.at(index, Sequence::k_trace_draws - 1);
    if (auto added = compiled.add_variant(scenario, seed); !added) {
      return fail(std::move(added).error());
    }
    if (index == 0) {
      std::size_t bytes = 1;
      for (const Encoding& encoding : compiled.m_variants.front().encodings) {
        bytes += encoding.bytes.size();
      }
      variants = std::clamp<std::uint64_t>(k_template_bytes / bytes, 1, variants);
    }
  }
  return compiled;
}

Result<void> TraceTemplate::add_variant(const Scenario& scenario, std::uint64_t seed) {
  SeededRandom random(seed);
  auto shape = draw_shape(scenario, pick_trace(scenario.traces, random), random);
  if (!shape) {
    return fail(std::move(shape).error());
  }
  const TraceSpec& trace = scenario.traces[shape->trace];
  Variant variant;
  variant.trace = shape->trace;
  for (const ShapeSpan& span : shape->spans) {
    const bool is_parallel = trace.spans[span.spec].children == ChildOrder::parallel;
    variant.nodes.push_back(
        {span.parent, span.spec, m_first_tables[shape->trace] + span.spec, 0, is_parallel});
    if (span.parent != k_no_parent) {
      variant.nodes[span.parent].gap += 1;
    }
  }
  for (Node& node : variant.nodes) {
    const std::uint32_t children = node.is_parallel ? std::min(node.gap, 1U) : node.gap;
    node.gap = 65536U / (children + 1);
  }
  for (const ShapeNumber& number : shape->numbers) {
    variant.numbers.push_back({number.low, number.choices, number.sum_of});
  }
  const Failures failures = draw_failures(trace, *shape, random);
  variant.error_bound = failures.bound;
  std::vector<std::vector<Ending>> runs{std::vector<Ending>(shape->spans.size(), Ending::success)};
  runs.insert(runs.end(), failures.runs.begin(), failures.runs.end());
  for (const std::vector<Ending>& endings : runs) {
    auto encoding = encode_shape(scenario, *shape, endings, flags_for(m_parent));
    if (!encoding) {
      return fail(std::move(encoding).error());
    }
    variant.encodings.push_back(std::move(*encoding));
  }
  m_variants.push_back(std::move(variant));
  return {};
}

TraceId TraceTemplate::id_of(std::uint64_t trace) const {
  if (m_parent) {
    return m_parent->trace_id;
  }
  std::array<char, 16> bytes{};
  put_big_endian(bytes.data(), m_sequence.at(trace, 0));
  put_big_endian(bytes.data() + 8, valid(m_sequence.at(trace, 1)));
  TraceId id;
  std::memcpy(id.bytes.data(), bytes.data(), bytes.size());
  return id;
}

std::size_t TraceTemplate::pick_encoding(const Variant& variant, std::uint64_t trace) const {
  if (variant.encodings.size() == 1) {
    return 0;
  }
  const std::uint64_t word =
      m_sequence.at(trace, draw_failure_at(variant.nodes.size(), variant.numbers.size()));
  if (word >= variant.error_bound) {
    return 0;
  }
  // The word's high bits have said that it fails; its low ones say how.
  return 1 + (word & 0xFFFFU) % (variant.encodings.size() - 1);
}

void TraceTemplate::draw_times(const Variant& variant, const Slice& slice, Anchor anchor,
                               Work& workspace) const {
  const std::size_t count = variant.nodes.size();
  const std::size_t base = workspace.starts.size();
  workspace.starts.resize(base + count);
  workspace.ends.resize(base + count);
  workspace.totals.resize(count);
  workspace.places.assign(count, 0);
  const std::span<std::uint64_t> own(workspace.starts.data() + base, count);
  const std::span<std::uint64_t> ends(workspace.ends.data() + base, count);
  const std::span<std::uint64_t> totals(workspace.totals);
  const std::span<std::uint64_t> places(workspace.places);
  const std::uint64_t draws = draw_times_at(count);
  for (std::size_t node = 0; node < count; ++node) {
    own[node] =
        m_durations[variant.nodes[node].table].draw(m_sequence.at(slice.unit, draws + node));
  }
  // Backwards, children come before their parents: `places` collects what the children take.
  for (std::size_t node = count; node-- > 0;) {
    totals[node] = own[node] + places[node];
    if (node > 0) {
      const std::uint32_t parent = variant.nodes[node].parent;
      places[parent] = variant.nodes[parent].is_parallel ? std::max(places[parent], totals[node])
                                                         : places[parent] + totals[node];
    }
  }
  const auto at = static_cast<std::uint64_t>(slice.time.time_since_epoch().count());
  std::uint64_t start = anchor == Anchor::start ? at : at - totals[0];
  for (std::size_t node = 0; node < count; ++node) {
    const Node& here = variant.nodes[node];
    if (node > 0) {
      start = places[here.parent];
      if (!variant.nodes[here.parent].is_parallel) {
        places[here.parent] = start + totals[node] + ends[here.parent];
      }
    }
    // Until a span's children are placed, its `end` holds the gap between them.
    ends[node] = part_of(own[node], here.gap);
    places[node] = start + ends[node];
    own[node] = start;
  }
  for (std::size_t node = 0; node < count; ++node) {
    ends[node] = off_microsecond(own[node] + totals[node]);
    own[node] = off_microsecond(own[node]);
  }
}

void TraceTemplate::draw_numbers(const Variant& variant, std::uint64_t trace,
                                 Work& workspace) const {
  const std::size_t base = workspace.numbers.size();
  workspace.numbers.resize(base + variant.numbers.size());
  std::uint64_t draw = draw_numbers_at(variant.nodes.size());
  for (std::size_t index = 0; index < variant.numbers.size(); ++index, ++draw) {
    const Number& number = variant.numbers[index];
    std::uint64_t value = 0;
    if (number.sum_of.empty()) {
      value = static_cast<std::uint64_t>(number.low) +
              below(number.choices, m_sequence.at(trace, draw));
    }
    for (const std::uint32_t part : number.sum_of) {
      value += workspace.numbers[base + part];
    }
    workspace.numbers[base + index] = value;
  }
}

void TraceTemplate::draw(const Slice& slice, Anchor anchor, Work& workspace) const {
  const Variant& variant = variant_of(slice.unit);
  Drawn drawn{slice.unit % m_variants.size(), pick_encoding(variant, slice.unit),
              workspace.span_ids.size(), workspace.numbers.size(), id_of(slice.unit)};
  const std::size_t count = variant.nodes.size();
  workspace.span_ids.resize(drawn.spans + count);
  for (std::size_t node = 0; node < count; ++node) {
    workspace.span_ids[drawn.spans + node] = valid(m_sequence.at(slice.unit, k_draw_ids + node));
  }
  draw_times(variant, slice, anchor, workspace);
  draw_numbers(variant, slice.unit, workspace);
  workspace.slices.push_back(drawn);
}

void TraceTemplate::put_patch(const Patch& patch, const Slice& slice, const Drawn& drawn,
                              std::size_t span, const Work& workspace, char* at) const {
  switch (patch.kind) {
    case PatchKind::number:
      put_varint(at, workspace.numbers[drawn.numbers + patch.source]);
      return;
    case PatchKind::counter: {
      std::uint64_t rest = slice.unit;
      for (unsigned digit = patch.width; digit-- > 0; rest /= 10) {
        at[digit] = static_cast<char>('0' + rest % 10);
      }
      return;
    }
    case PatchKind::event_time: {
      const std::uint64_t start = workspace.starts[drawn.spans + span];
      const std::uint64_t duration = workspace.ends[drawn.spans + span] - start;
      put_fixed64(at, off_microsecond(start + part_of(duration, patch.source)));
      return;
    }
    case PatchKind::link:
      std::memcpy(at, drawn.trace_id.bytes.data(), 16);
      put_big_endian(at + 18, workspace.span_ids[drawn.spans + patch.source]);
      return;
  }
}

char* TraceTemplate::put_slice(const Slice& slice, const Drawn& drawn, std::size_t service,
                               const Work& workspace, char* at) const {
  const Variant& variant = m_variants[drawn.variant];
  const Encoding& encoding = variant.encodings[drawn.encoding];
  const auto [first, last] = spans_of(slice, encoding, service);
  const std::size_t size = bytes_between(encoding.spans, first, last);
  if (size == 0) {
    return at;
  }
  const std::size_t begin = encoding.spans[first].begin;
  std::memcpy(at, encoding.bytes.data() + begin, size);
  for (std::size_t index = first; index < last; ++index) {
    const SpanPlace& place = encoding.spans[index];
    const std::size_t span = drawn.spans + place.span;
    char* const ids = at + (place.ids - begin);
    std::memcpy(ids, drawn.trace_id.bytes.data(), 16);
    put_big_endian(ids + 18, workspace.span_ids[span]);
    if (const std::uint32_t parent = variant.nodes[place.span].parent; parent != k_no_parent) {
      put_big_endian(ids + 28, workspace.span_ids[drawn.spans + parent]);
    } else if (place.has_parent) {
      std::memcpy(ids + 28, m_parent->span_id.bytes.data(), 8);
    }
    put_fixed64(at + (place.times - begin), workspace.starts[span]);
    put_fixed64(at + (place.times - begin) + 9, workspace.ends[span]);
    const std::size_t patches = index + 1 < encoding.spans.size()
                                    ? encoding.spans[index + 1].first_patch
                                    : encoding.patches.size();
    for (std::size_t patch = place.first_patch; patch < patches; ++patch) {
      put_patch(encoding.patches[patch], slice, drawn, place.span, workspace,
                at + (encoding.patches[patch].offset - begin));
    }
  }
  return at + size;
}

SpanContext TraceTemplate::context_of(std::uint64_t trace, const SpanReference& reference) const {
  const Variant& variant = variant_of(trace);
  const auto found =
      std::find_if(variant.nodes.begin(), variant.nodes.end(), [&](const Node& node) {
        return variant.trace == reference.trace && node.spec == reference.span;
      });
  const auto node = found == variant.nodes.end()
                        ? std::size_t{0}
                        : static_cast<std::size_t>(found - variant.nodes.begin());
  SpanContext context{id_of(trace), {}};
  put_big_endian(reinterpret_cast<char*>(context.span_id.bytes.data()),
                 valid(m_sequence.at(trace, k_draw_ids + node)));
  return context;
}

std::unique_ptr<Workspace> TraceTemplate::make_workspace() const {
  return std::make_unique<Work>();
}

std::string_view TraceTemplate::encode(const std::vector<Slice>& slices, Anchor anchor,
                                       Workspace& workspace) const {
  Work& work = static_cast<Work&>(workspace);
  work.slices.clear();
  work.span_ids.clear();
  work.starts.clear();
  work.ends.clear();
  work.numbers.clear();
  std::vector<std::size_t> sizes(m_services.size(), 0);
  std::size_t capacity = 0;
  for (const Slice& slice : slices) {
    draw(slice, anchor, work);
    const Drawn& drawn = work.slices.back();
    const Encoding& encoding = m_variants[drawn.variant].encodings[drawn.encoding];
    for (std::size_t service = 0; service < sizes.size(); ++service) {
      const auto [first, last] = spans_of(slice, encoding, service);
      sizes[service] += bytes_between(encoding.spans, first, last);
    }
  }
  // Two tags with their lengths come before a service's spans.
  constexpr std::size_t k_front = 22;
  for (std::size_t service = 0; service < sizes.size(); ++service) {
    const ServiceFields& fields = m_services[service];
    capacity += k_front + fields.resource.size() + fields.scope.size() + sizes[service];
  }
  if (capacity > work.buffer.size()) {
    work.buffer.resize(capacity);
  }
  char* at = work.buffer.data();
  const auto put_field = [&at](unsigned field, std::size_t size) {
    at = put_varint(at, field << 3U | static_cast<unsigned>(WireType::bytes));
    at = put_varint(at, size);
  };
  for (std::size_t service = 0; service < sizes.size(); ++service) {
    if (sizes[service] == 0) {
      continue;
    }
    const ServiceFields& fields = m_services[service];
    const std::size_t scope_spans = fields.scope.size() + sizes[service];
    put_field(1, fields.resource.size() + 1 + varint_size(scope_spans) + scope_spans);
    at = std::copy(fields.resource.begin(), fields.resource.end(), at);
    put_field(2, scope_spans);
    at = std::copy(fields.scope.begin(), fields.scope.end(), at);
    for (std::size_t index = 0; index < slices.size(); ++index) {
      at = put_slice(slices[index], work.slices[index], service, work, at);
    }
  }
  return {work.buffer.data(), static_cast<std::size_t>(at - work.buffer.data())};
}

}  // namespace otelctl::synth
