// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/encoding.hpp"

#include <algorithm>
#include <bit>

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

// A message that is being written, with the places to patch in it.
struct Fragment {
  std::string bytes;
  std::vector<Patch> patches;

  void place(PatchKind kind, std::size_t width, std::uint32_t source) {
    patches.push_back(
        {static_cast<std::uint32_t>(bytes.size()), source, kind, static_cast<std::uint8_t>(width)});
  }

  void append(unsigned field, const Fragment& inner) {
    append_tag(bytes, field, WireType::bytes);
    append_varint(bytes, inner.bytes.size());
    for (Patch patch : inner.patches) {
      patch.offset += static_cast<std::uint32_t>(bytes.size());
      patches.push_back(patch);
    }
    bytes += inner.bytes;
  }
};

// AnyValue.
void append_value(std::string& message, const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    append_bytes_field(message, 1, *text);
  } else if (const auto* truth = std::get_if<bool>(&value)) {
    append_varint_field(message, 2, *truth ? 1 : 0);
  } else if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    append_varint_field(message, 3, static_cast<std::uint64_t>(*integer));
  } else if (const auto* real = std::get_if<double>(&value)) {
    append_fixed64_field(message, 4, std::bit_cast<std::uint64_t>(*real));
  } else {
    std::string array;
    for (const std::string& item : std::get<std::vector<std::string>>(value)) {
      std::string any;
      append_bytes_field(any, 1, item);
      append_bytes_field(array, 1, any);
    }
    append_bytes_field(message, 5, array);
  }
}

// KeyValue.
std::string encode_attribute(std::string_view key, const Value& value) {
  std::string any;
  append_value(any, value);
  std::string pair;
  append_bytes_field(pair, 1, key);
  append_bytes_field(pair, 2, any);
  return pair;
}

Fragment any_value(const Shape& shape, const ShapeAttribute& attribute, bool has_failed) {
  Fragment any;
  if (const auto* value = std::get_if<Value>(&attribute.value)) {
    append_value(any.bytes, *value);
  } else if (const auto* outcome = std::get_if<ByOutcome>(&attribute.value)) {
    append_value(any.bytes, has_failed ? outcome->failed : outcome->ok);
  } else if (const auto* number = std::get_if<NumberPlace>(&attribute.value)) {
    const unsigned width = shape.numbers[number->index].width;
    append_tag(any.bytes, 3, WireType::varint);
    any.place(PatchKind::number, width, number->index);
    any.bytes.append(width, '\0');
  } else {
    const auto& counter = std::get<Counter>(attribute.value);
    append_tag(any.bytes, 1, WireType::bytes);
    append_varint(any.bytes, counter.prefix.size() + counter.digits);
    any.bytes += counter.prefix;
    any.place(PatchKind::counter, counter.digits, 0);
    any.bytes.append(counter.digits, '0');
  }
  return any;
}

void append_attributes(Fragment& message, unsigned field, const Shape& shape,
                       const std::vector<ShapeAttribute>& attributes, bool has_failed) {
  for (const ShapeAttribute& attribute : attributes) {
    Fragment pair;
    append_bytes_field(pair.bytes, 1, attribute.key);
    pair.append(2, any_value(shape, attribute, has_failed));
    message.append(field, pair);
  }
}

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
    append_attributes(event, 3, shape, described.attributes, ending != Ending::success);
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
    append_attributes(link, 4, shape, described.attributes, ending != Ending::success);
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
    const SpanSpec& spec = m_scenario.spans[span.spec];
    const Ending ending = m_endings[index];
    Fragment message;
    append_ids(message.bytes, has_parent);
    append_bytes_field(message.bytes, field::k_name, span.name);
    append_varint_field(message.bytes, field::k_kind, static_cast<std::uint64_t>(spec.kind));
    times = static_cast<std::uint32_t>(message.bytes.size() + 1);
    append_fixed64_field(message.bytes, field::k_start, 0);
    append_fixed64_field(message.bytes, field::k_end, 0);
    append_attributes(message, field::k_attributes, m_shape, span.attributes,
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

std::string encode_resource_field(const Service& service) {
  std::string resource;
  append_bytes_field(resource, 1, encode_attribute("service.name", service.name));
  for (const Attribute& attribute : service.resource) {
    append_bytes_field(resource, 1, encode_attribute(attribute.key, attribute.value));
  }
  std::string member;
  append_bytes_field(member, 1, resource);
  return member;
}

std::string encode_scope_field(const Service& service) {
  std::string scope;
  if (!service.scope_name.empty()) {
    append_bytes_field(scope, 1, service.scope_name);
  }
  if (!service.scope_version.empty()) {
    append_bytes_field(scope, 2, service.scope_version);
  }
  std::string member;
  append_bytes_field(member, 1, scope);
  return member;
}

}  // namespace otelctl::synth
