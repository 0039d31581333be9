// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_json.hpp"

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

}  // namespace

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
      m_trace_id = id_or_none<TraceId>(value.text);
      break;
    case Field::span_id:
      m_span.id = id_or_none<SpanId>(value.text);
      break;
    case Field::parent_span_id:
      m_span.parent_id = id_or_none<SpanId>(value.text);
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
    m_link.trace_id = id_or_none<TraceId>(value.text);
  } else if (m_field == Field::span_id) {
    m_link.span_id = id_or_none<SpanId>(value.text);
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
