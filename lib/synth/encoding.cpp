// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/encoding.hpp"

#include <algorithm>

#include "synth/fragment.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// Field numbers of opentelemetry/proto/{trace,common,resource}/v1 (facts: stable since 1.0.0, flags
// since 1.1.0).
namespace field {
constexpr unsigned k_trace_id = 1;
constexpr unsigned k_span_id = 2;
constexpr unsigned k_parent_span_id = 4;
constexpr unsigned k_name = 5;
constexpr unsigned k_kind = 6;
constexpr unsigned k_start = 7;
constexpr unsigned k_end = 8;
constexpr unsigned k_attributes = 9;
constexpr unsigned k_events = 11;
constexpr unsigned k_links = 13;
constexpr unsigned k_status = 15;
constexpr unsigned k_flags = 16;
constexpr unsigned k_scope_spans_spans = 2;
}  // namespace field

constexpr std::uint64_t k_status_ok = 1;
constexpr std::uint64_t k_status_error = 2;

// The front of an Event: its time, `at` of the way through its span, and its name.
Fragment event_front(double at, std::string_view name) {
  Fragment event;
  append_tag(event.bytes, 1, WireType::fixed64);
  event.place(PatchKind::event_time, 8, static_cast<std::uint32_t>(at * 65536.0));
  event.bytes.append(8, '\0');
  append_bytes_field(event.bytes, 2, name);
  return event;
}

// In the order in which they happen; the exception, if any, ends the span.
void append_events(Fragment& message, const Shape& shape, const ShapeSpan& span, Ending ending) {
  std::vector<const ShapeEvent*> ordered;
  ordered.reserve(span.events.size());
  for (const ShapeEvent& event : span.events) {
    ordered.push_back(&event);
  }
  std::stable_sort(ordered.begin(), ordered.end(),
                   [](const auto* left, const auto* right) { return left->at < right->at; });
  for (const ShapeEvent* described : ordered) {
    Fragment event = event_front(described->at, described->name);
    append_attributes(event, 3, shape.numbers, described->attributes, ending != Ending::success);
    message.append(field::k_events, event);
  }
  if (ending == Ending::fails_itself) {
    // Semantic conventions, "Recording exceptions": an event of this name and these attributes.
    Fragment event = event_front(1.0, "exception");
    append_bytes_field(event.bytes, 3, encode_attribute("exception.type", span.error_type));
    if (!span.error_message.empty()) {
      append_bytes_field(event.bytes, 3, encode_attribute("exception.message", span.error_message));
    }
    message.append(field::k_events, event);
  }
}

void append_links(Fragment& message, const Shape& shape, const ShapeSpan& span, Ending ending) {
  for (const ShapeLink& described : span.links) {
    Fragment link;
    append_tag(link.bytes, 1, WireType::bytes);
    append_varint(link.bytes, 16);
    link.place(PatchKind::link, 26, described.span);
    link.bytes.append(16, '\0');
    append_bytes_field(link.bytes, 2, std::string(8, '\0'));
    append_attributes(link, 4, shape.numbers, described.attributes, ending != Ending::success);
    message.append(field::k_links, link);
  }
}

std::string status_of(const SpanSpec& spec, Ending ending, std::string_view reason) {
  std::string status;
  if (ending != Ending::success) {
    append_bytes_field(status, 2, reason);
    append_varint_field(status, 3, k_status_error);
  } else if (spec.success == Success::ok) {
    append_varint_field(status, 3, k_status_ok);
  }
  return status;
}

// The ids' front of a span: their tags and lengths with room for the bytes.
void append_ids(std::string& bytes, bool has_parent) {
  append_bytes_field(bytes, field::k_trace_id, std::string(16, '\0'));
  append_bytes_field(bytes, field::k_span_id, std::string(8, '\0'));
  if (has_parent) {
    append_bytes_field(bytes, field::k_parent_span_id, std::string(8, '\0'));
  }
}

class Encoder {
 public:
  Encoder(const Scenario& scenario, const Shape& shape, const std::vector<Ending>& endings,
          const SpanFlags& flags)
      : m_scenario(scenario),
        m_shape(shape),
        m_endings(endings),
        m_flags(flags),
        m_reasons(shape.spans.size()) {
    // From the back, so that a reason goes up all the way; of several the first child's counts.
    for (std::size_t index = shape.spans.size(); index-- > 0;) {
      const ShapeSpan& span = shape.spans[index];
      if (endings[index] == Ending::fails_itself) {
        m_reasons[index] = span.error_message;
      }
      if (span.parent != k_no_parent && endings[span.parent] == Ending::fails_with_child &&
          carries(index)) {
        m_reasons[span.parent] = m_reasons[index];
      }
    }
  }

  Encoding encode() {
    std::vector<std::vector<std::uint32_t>> by_service(m_scenario.services.size());
    for (std::uint32_t index = 0; index < m_shape.spans.size(); ++index) {
      by_service[m_shape.spans[index].service].push_back(index);
    }
    Encoding encoding;
    std::uint32_t first = 0;
    for (std::uint32_t service = 0; service < by_service.size(); ++service) {
      if (by_service[service].empty()) {
        continue;
      }
      ServicePart part = part_of(by_service[service]);
      part.service = service;
      part.first = first;
      first += static_cast<std::uint32_t>(part.spans.size());
      encoding.bytes += part.bytes.size();
      encoding.parts.push_back(std::move(part));
    }
    return encoding;
  }

 private:
  const SpanSpec& spec_of(std::size_t index) const {
    return m_scenario.traces[m_shape.trace].spans[m_shape.spans[index].spec];
  }

  // Whether the span's failure is its parent's too.
  bool carries(std::size_t index) const {
    return m_endings[index] == Ending::fails_with_child ||
           (m_endings[index] == Ending::fails_itself && spec_of(index).error->propagates);
  }

  ServicePart part_of(const std::vector<std::uint32_t>& spans) const {
    ServicePart part;
    std::vector<Patch> values;
    for (const std::uint32_t index : spans) {
      append(part, values, index);
    }
    part.begins.push_back(static_cast<std::uint32_t>(part.bytes.size()));
    part.values = ValuePatches(values, part.bytes);
    return part;
  }

  void append(ServicePart& part, std::vector<Patch>& values, std::uint32_t index) const {
    part.begins.push_back(static_cast<std::uint32_t>(part.bytes.size()));
    const std::uint32_t parent = m_shape.spans[index].parent;
    const bool has_parent = parent != k_no_parent || m_flags.root_has_parent;
    std::uint32_t times = 0;
    const Fragment message = span_message(index, has_parent, times);
    append_tag(part.bytes, field::k_scope_spans_spans, WireType::bytes);
    append_varint(part.bytes, message.bytes.size());
    const auto body = static_cast<std::uint32_t>(part.bytes.size());
    const std::uint32_t ids = body + 2;
    SpanPlace place{ids, ids + 18, body + times, index, index};
    if (has_parent) {
      place.parent_id = ids + 28;
      place.parent =
          parent != k_no_parent ? parent : static_cast<std::uint32_t>(m_shape.spans.size());
    }
    part.spans.push_back(place);
    for (Patch patch : message.patches) {
      patch.offset += body;
      if (patch.kind == PatchKind::event_time) {
        part.events.push_back({patch.offset, index, patch.source});
      } else if (patch.kind == PatchKind::link) {
        part.links.push_back({patch.offset, patch.source});
      } else {
        values.push_back(patch);
      }
    }
    part.bytes += message.bytes;
  }

  Fragment span_message(std::uint32_t index, bool has_parent, std::uint32_t& times) const {
    const ShapeSpan& span = m_shape.spans[index];
    const SpanSpec& spec = spec_of(index);
    const Ending ending = m_endings[index];
    Fragment message;
    append_ids(message.bytes, has_parent);
    append_bytes_field(message.bytes, field::k_name, span.name);
    append_varint_field(message.bytes, field::k_kind, static_cast<std::uint64_t>(spec.kind));
    times = static_cast<std::uint32_t>(message.bytes.size() + 1);
    append_fixed64_field(message.bytes, field::k_start, 0);
    append_fixed64_field(message.bytes, field::k_end, 0);
    append_attributes(message, field::k_attributes, m_shape.numbers, span.attributes,
                      ending != Ending::success);
    append_events(message, m_shape, span, ending);
    append_links(message, m_shape, span, ending);
    if (const std::string status = status_of(spec, ending, m_reasons[index]); !status.empty()) {
      append_bytes_field(message.bytes, field::k_status, status);
    }
    append_fixed32_field(message.bytes, field::k_flags, flags_of(span));
    return message;
  }

  std::uint32_t flags_of(const ShapeSpan& span) const {
    if (span.parent == k_no_parent) {
      return m_flags.root;
    }
    return m_shape.spans[span.parent].service == span.service ? m_flags.local : m_flags.remote;
  }

  const Scenario& m_scenario;
  const Shape& m_shape;
  const std::vector<Ending>& m_endings;
  const SpanFlags& m_flags;
  std::vector<std::string_view> m_reasons;  // why each span fails, itself or with a child
};

}  // namespace

Encoding encode_shape(const Scenario& scenario, const Shape& shape,
                      const std::vector<Ending>& endings, const SpanFlags& flags) {
  return Encoder(scenario, shape, endings, flags).encode();
}

}  // namespace otelctl::synth
