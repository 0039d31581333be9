// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_json.hpp"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <utility>

#include "query/id_text.hpp"
#include "query/jaeger_words.hpp"
#include "query/scalars.hpp"

namespace otelctl::query {
namespace {

void set_camel_case(std::string& camel, std::string_view name) {
  camel.clear();
  bool is_next_upper = false;
  for (const char c : name) {
    if (c == '_') {
      is_next_upper = true;
      continue;
    }
    camel += is_next_upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    is_next_upper = false;
  }
}

// A 32-bit number of the format.
std::uint32_t to_count(const JsonScalar& value) {
  return static_cast<std::uint32_t>(
      std::min<std::uint64_t>(to_unsigned(value), std::numeric_limits<std::uint32_t>::max()));
}

template <typename IdType>
IdType id_or_none(const JsonScalar& value) {
  return read_id<IdType>(value.text).value_or(IdType{});
}

}  // namespace

// Members are the bulk of an answer, so they are compared with few others: those of their length.
OtlpJsonReader::Field OtlpJsonReader::field_of(std::string_view name) {
  using Names = std::initializer_list<std::pair<std::string_view, Field>>;
  const auto among = [&](const Names& names) {
    for (const auto& [known, field] : names) {
      if (known == name) {
        return field;
      }
    }
    return Field::unknown;
  };
  switch (name.size()) {
    case 3:
      return among({{"key", Field::key}});
    case 4:
      return among({{"name", Field::name}, {"kind", Field::kind}, {"code", Field::code}});
    case 5:
      return among({{"value", Field::value},
                    {"spans", Field::spans},
                    {"scope", Field::scope},
                    {"links", Field::links},
                    {"flags", Field::flags},
                    {"trace", Field::trace}});
    case 6:
      return among({{"spanId", Field::span_id},
                    {"status", Field::status},
                    {"values", Field::values},
                    {"events", Field::events},
                    {"result", Field::result}});
    case 7:
      return among({{"traceId", Field::trace_id},
                    {"version", Field::version},
                    {"message", Field::message},
                    {"batches", Field::resource_spans}});
    case 8:
      return among({{"intValue", Field::int_value}, {"resource", Field::resource}});
    case 9:
      return among({{"boolValue", Field::bool_value}});
    case 10:
      return among({{"attributes", Field::attributes},
                    {"arrayValue", Field::array_value},
                    {"bytesValue", Field::bytes_value},
                    {"traceState", Field::trace_state},
                    {"scopeSpans", Field::scope_spans}});
    case 11:
      return among({{"stringValue", Field::string_value},
                    {"doubleValue", Field::double_value},
                    {"kvlistValue", Field::kvlist_value}});
    case 12:
      return among({{"parentSpanId", Field::parent_span_id}, {"timeUnixNano", Field::time}});
    case 13:
      return among({{"resourceSpans", Field::resource_spans}});
    case 15:
      return among({{"endTimeUnixNano", Field::end_time}});
    case 17:
      return among(
          {{"startTimeUnixNano", Field::start_time}, {"droppedLinksCount", Field::dropped_links}});
    case 18:
      return among({{"droppedEventsCount", Field::dropped_events}});
    case 22:
      return among({{"droppedAttributesCount", Field::dropped_attributes},
                    {"instrumentationLibrary", Field::instrumentation_library}});
    case 27:
      return among({{"instrumentationLibrarySpans", Field::instrumentation_library_spans}});
    default:
      return Field::unknown;
  }
}

OtlpJsonReader::Node OtlpJsonReader::object_in(Node parent, Field field) {
  switch (parent) {
    case Node::document:
      return field == Field::result || field == Field::trace ? Node::document : Node::ignored;
    case Node::document_list:
      return Node::document;
    case Node::resource_spans_list:
      return Node::resource_spans;
    case Node::resource_spans:
      return field == Field::resource ? Node::resource : Node::ignored;
    case Node::scope_spans_list:
      return Node::scope_spans;
    case Node::scope_spans:
      return field == Field::scope || field == Field::instrumentation_library ? Node::scope
                                                                              : Node::ignored;
    case Node::span_list:
      return Node::span;
    case Node::span:
      return field == Field::status ? Node::status : Node::ignored;
    case Node::event_list:
      return Node::event;
    case Node::link_list:
      return Node::link;
    case Node::attribute_list:
      return Node::attribute;
    case Node::attribute:
    case Node::map_entry:
      return field == Field::value ? Node::value : Node::ignored;
    case Node::value:
      return field == Field::array_value    ? Node::array_value
             : field == Field::kvlist_value ? Node::map_value
                                            : Node::ignored;
    case Node::array_value_list:
      return Node::value;
    case Node::map_entry_list:
      return Node::map_entry;
    default:
      return Node::ignored;
  }
}

OtlpJsonReader::Node OtlpJsonReader::array_in(Node parent, Field field) {
  switch (parent) {
    case Node::document:
      return field == Field::resource_spans ? Node::resource_spans_list : Node::ignored;
    case Node::resource_spans:
      return field == Field::scope_spans || field == Field::instrumentation_library_spans
                 ? Node::scope_spans_list
                 : Node::ignored;
    case Node::scope_spans:
      return field == Field::spans ? Node::span_list : Node::ignored;
    case Node::span:
      return field == Field::attributes ? Node::attribute_list
             : field == Field::events   ? Node::event_list
             : field == Field::links    ? Node::link_list
                                        : Node::ignored;
    case Node::resource:
    case Node::scope:
    case Node::event:
    case Node::link:
      return field == Field::attributes ? Node::attribute_list : Node::ignored;
    case Node::array_value:
      return field == Field::values ? Node::array_value_list : Node::ignored;
    case Node::map_value:
      return field == Field::values ? Node::map_entry_list : Node::ignored;
    default:
      return Node::ignored;
  }
}

void OtlpJsonReader::begin_object() {
  enter(m_nodes.empty() ? Node::document : object_in(top(), m_field));
}

void OtlpJsonReader::begin_array() {
  enter(m_nodes.empty() ? Node::document_list : array_in(top(), m_field));
}

void OtlpJsonReader::end_object() {
  const Node node = top();
  m_nodes.pop_back();
  leave(node);
}

void OtlpJsonReader::end_array() {
  end_object();
}

void OtlpJsonReader::key(std::string_view name) {
  if (top() == Node::ignored) {
    return;
  }
  if (name.find('_') == std::string_view::npos) {
    m_field = field_of(name);
  } else {
    set_camel_case(m_camel_case, name);
    m_field = field_of(m_camel_case);
  }
}

void OtlpJsonReader::enter(Node node) {
  switch (node) {
    case Node::resource_spans:
      m_resource = m_builder.add_resource();
      break;
    case Node::scope_spans:
      m_scope = m_builder.add_scope();
      break;
    case Node::span:
      m_span = {};
      m_span.resource = m_resource;
      m_span.scope = m_scope;
      m_trace_id = {};
      m_start = 0;
      m_end = 0;
      break;
    case Node::event:
      m_event = {};
      break;
    case Node::link:
      m_link = {};
      break;
    case Node::attribute_list:
      m_owner = top();
      attributes_of(m_owner) = {static_cast<std::uint32_t>(m_builder.columns().attributes.size()),
                                0};
      break;
    case Node::event_list:
      m_span.events = {static_cast<std::uint32_t>(m_builder.columns().events.size()), 0};
      break;
    case Node::link_list:
      m_span.links = {static_cast<std::uint32_t>(m_builder.columns().links.size()), 0};
      break;
    case Node::attribute:
      m_attribute = {};
      break;
    case Node::value:
      m_value.begin();
      break;
    case Node::array_value:
      m_value.begin_array();
      break;
    case Node::map_value:
      m_value.begin_map();
      break;
    default:
      break;
  }
  m_nodes.push_back(node);
}

void OtlpJsonReader::leave(Node node) {
  switch (node) {
    case Node::resource:
      m_builder.finish_resource(m_resource);
      break;
    case Node::span:
      m_builder.set_times(m_span, m_start, m_end);
      m_builder.add(m_trace_id, m_span);
      break;
    case Node::event:
      m_builder.columns().events.push_back(m_event);
      ++m_span.events.count;
      break;
    case Node::link:
      m_builder.columns().links.push_back(m_link);
      ++m_span.links.count;
      break;
    case Node::attribute:
      end_attribute();
      break;
    case Node::value:
      if (top() == Node::attribute) {
        m_attribute.value = m_value.end(m_builder);
      } else {
        m_value.end_inner(top() == Node::map_entry);
      }
      break;
    case Node::array_value:
      m_value.end_array();
      break;
    case Node::map_value:
      m_value.end_map();
      break;
    case Node::map_entry:
      m_value.end_entry();
      break;
    default:
      break;
  }
}

trace::Range& OtlpJsonReader::attributes_of(Node owner) {
  switch (owner) {
    case Node::resource:
      return m_builder.resource(m_resource).attributes;
    case Node::scope:
      return m_builder.scope(m_scope).attributes;
    case Node::span:
      return m_span.attributes;
    case Node::event:
      return m_event.attributes;
    case Node::link:
      return m_link.attributes;
    default:
      return m_unused;
  }
}

void OtlpJsonReader::end_attribute() {
  if (m_owner == Node::span && take_jaeger_words(m_builder, m_span, m_attribute)) {
    return;
  }
  m_builder.columns().attributes.push_back(m_attribute);
  ++attributes_of(m_owner).count;
}

void OtlpJsonReader::span_scalar(const JsonScalar& value) {
  switch (m_field) {
    case Field::trace_id:
      m_trace_id = id_or_none<TraceId>(value);
      break;
    case Field::span_id:
      m_span.id = id_or_none<SpanId>(value);
      break;
    case Field::parent_span_id:
      m_span.parent_id = id_or_none<SpanId>(value);
      break;
    case Field::name:
      m_span.name = m_builder.intern(value.text);
      break;
    case Field::kind:
      m_span.kind = to_span_kind(value);
      break;
    case Field::start_time:
      m_start = to_unsigned(value);
      break;
    case Field::end_time:
      m_end = to_unsigned(value);
      break;
    case Field::trace_state:
      m_span.trace_state = m_builder.intern(value.text);
      break;
    case Field::flags:
      m_span.flags = to_count(value);
      break;
    case Field::dropped_attributes:
      m_span.dropped_attributes = to_count(value);
      break;
    case Field::dropped_events:
      m_span.dropped_events = to_count(value);
      break;
    case Field::dropped_links:
      m_span.dropped_links = to_count(value);
      break;
    default:
      break;
  }
}

void OtlpJsonReader::event_scalar(const JsonScalar& value) {
  if (m_field == Field::name) {
    m_event.name = m_builder.intern(value.text);
  } else if (m_field == Field::time) {
    m_event.time = trace::time_from_unix(to_unsigned(value));
  } else if (m_field == Field::dropped_attributes) {
    m_event.dropped_attributes = to_count(value);
  }
}

void OtlpJsonReader::link_scalar(const JsonScalar& value) {
  if (m_field == Field::trace_id) {
    m_link.trace_id = id_or_none<TraceId>(value);
  } else if (m_field == Field::span_id) {
    m_link.span_id = id_or_none<SpanId>(value);
  } else if (m_field == Field::trace_state) {
    m_link.trace_state = m_builder.intern(value.text);
  } else if (m_field == Field::flags) {
    m_link.flags = to_count(value);
  } else if (m_field == Field::dropped_attributes) {
    m_link.dropped_attributes = to_count(value);
  }
}

void OtlpJsonReader::value_scalar(const JsonScalar& value) {
  switch (m_field) {
    case Field::string_value:
      return m_value.scalar(trace::ValueType::text, value);
    case Field::int_value:
      return m_value.scalar(trace::ValueType::integer, value);
    case Field::double_value:
      return m_value.scalar(trace::ValueType::real, value);
    case Field::bool_value:
      return m_value.scalar(trace::ValueType::boolean, value);
    case Field::bytes_value:
      return m_value.scalar(trace::ValueType::bytes, value);
    default:
      return;
  }
}

void OtlpJsonReader::scalar(const JsonScalar& value) {
  switch (top()) {
    case Node::span:
      span_scalar(value);
      break;
    case Node::scope:
      if (m_field == Field::name) {
        m_builder.scope(m_scope).name = m_builder.intern(value.text);
      } else if (m_field == Field::version) {
        m_builder.scope(m_scope).version = m_builder.intern(value.text);
      }
      break;
    case Node::status:
      if (m_field == Field::code) {
        m_span.status = to_span_status(value);
      } else if (m_field == Field::message) {
        m_span.status_message = m_builder.intern(value.text);
      }
      break;
    case Node::event:
      event_scalar(value);
      break;
    case Node::link:
      link_scalar(value);
      break;
    case Node::attribute:
      if (m_field == Field::key) {
        m_attribute.key = m_builder.intern(value.text);
      }
      break;
    case Node::map_entry:
      if (m_field == Field::key) {
        m_value.entry_key(value.text);
      }
      break;
    case Node::value:
      value_scalar(value);
      break;
    default:
      break;
  }
}

}  // namespace otelctl::query
