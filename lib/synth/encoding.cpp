// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/encoding.hpp"

#include "synth/fragment.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

constexpr std::size_t k_max_bytes = std::size_t{1} << 30U;

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

void append_events(Fragment& message, const Shape& shape, const ShapeSpan& span, Ending ending) {
  for (const ShapeEvent& described : span.events) {
    Fragment event = event_front(described.at, described.name);
    append_attributes(event, 3, shape.numbers, described.attributes, ending != Ending::success);
    message.append(field::k_events, event);
  }
  if (ending == Ending::fails_itself) {
    // Semantic conventions, "Recording exceptions": an event of this name and these attributes.
    Fragment event = event_front(1.0, "exception");
    append_bytes_field(event.bytes, 3, encode_attribute("exception.type", span.error_type));
    append_bytes_field(event.bytes, 3, encode_attribute("exception.message", span.error_message));
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
      : m_scenario(scenario), m_shape(shape), m_endings(endings), m_flags(flags) {
    for (std::size_t index = 0; index < shape.spans.size(); ++index) {
      if (endings[index] == Ending::fails_itself) {
        m_reason = shape.spans[index].error_message;
      }
    }
  }

  Result<Encoding> encode() {
    for (std::uint32_t service = 0; service < m_scenario.services.size(); ++service) {
      m_encoding.service_begin.push_back(static_cast<std::uint32_t>(m_encoding.spans.size()));
      for (std::uint32_t index = 0; index < m_shape.spans.size(); ++index) {
        if (m_shape.spans[index].service == service) {
          append(index);
        }
        if (m_encoding.bytes.size() > k_max_bytes) {
          return fail(ErrorKind::settings, "a trace of it takes more than 1 GiB",
                      "lower the repetitions or the attributes");
        }
      }
    }
    m_encoding.service_begin.push_back(static_cast<std::uint32_t>(m_encoding.spans.size()));
    return std::move(m_encoding);
  }

 private:
  void append(std::uint32_t index) {
    const ShapeSpan& span = m_shape.spans[index];
    SpanPlace place;
    place.span = index;
    place.has_parent = span.parent != k_no_parent || m_flags.root_has_parent;
    place.first_patch = static_cast<std::uint32_t>(m_encoding.patches.size());
    place.begin = static_cast<std::uint32_t>(m_encoding.bytes.size());

    std::uint32_t times = 0;
    const Fragment message = span_message(index, place.has_parent, times);
    append_tag(m_encoding.bytes, field::k_scope_spans_spans, WireType::bytes);
    append_varint(m_encoding.bytes, message.bytes.size());
    const auto body = static_cast<std::uint32_t>(m_encoding.bytes.size());
    place.ids = body + 2;
    place.times = body + times;
    for (Patch patch : message.patches) {
      patch.offset += body;
      m_encoding.patches.push_back(patch);
    }
    m_encoding.bytes += message.bytes;
    place.end = static_cast<std::uint32_t>(m_encoding.bytes.size());
    m_encoding.spans.push_back(place);
  }

  Fragment span_message(std::uint32_t index, bool has_parent, std::uint32_t& times) const {
    const ShapeSpan& span = m_shape.spans[index];
    const SpanSpec& spec = m_scenario.traces[m_shape.trace].spans[span.spec];
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
    if (const std::string status = status_of(spec, ending, m_reason); !status.empty()) {
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
  std::string m_reason;  // of the failure, for those who fail with a child
  Encoding m_encoding;
};

}  // namespace

Result<Encoding> encode_shape(const Scenario& scenario, const Shape& shape,
                              const std::vector<Ending>& endings, const SpanFlags& flags) {
  return Encoder(scenario, shape, endings, flags).encode();
}

}  // namespace otelctl::synth
