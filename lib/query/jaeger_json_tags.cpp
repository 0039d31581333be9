// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What the tags of Jaeger's JSON were before Jaeger made tags of it.
#include "query/jaeger_json.hpp"
#include "query/scalars.hpp"

namespace otelctl::query {

using trace::SpanStatus;
using trace::Text;
using trace::Value;

void JaegerJsonReader::tag_scalar(const JsonScalar& value) {
  if (m_field == "key") {
    m_tag.key = value.text;
  } else if (m_field == "type") {
    m_tag.type = value.text;
  } else if (m_field == "value") {
    m_tag.text = value.text;
    m_tag.value = value;
  }
}

Value JaegerJsonReader::tag_value() {
  // The view has ended with the call that brought it; the copy has not.
  m_tag.value.text = m_tag.text;
  const JsonScalar& value = m_tag.value;
  using Type = JsonScalar::Type;
  const bool is_untyped = m_tag.type.empty();
  if (m_tag.type == "bool" || (is_untyped && value.type == Type::boolean)) {
    return Value::of_boolean(to_boolean(value));
  }
  if (m_tag.type == "int64" || (is_untyped && value.type == Type::integer)) {
    if (const auto number = to_integer(value)) {
      return Value::of_integer(*number);
    }
  } else if (m_tag.type == "float64" || (is_untyped && value.type == Type::real)) {
    if (const auto number = to_real(value)) {
      return Value::of_real(*number);
    }
  } else if (m_tag.type == "binary") {
    return Value::of_bytes(m_builder.intern(value.text));
  }
  return Value::of_text(m_builder.intern(to_text(value)));
}

trace::Range& JaegerJsonReader::tags_of(Node owner) {
  switch (owner) {
    case Node::span:
      return m_span.attributes;
    case Node::log:
      return m_event.attributes;
    case Node::process:
      return m_builder.resource(m_process).attributes;
    default:
      return m_unused;
  }
}

void JaegerJsonReader::end_tag() {
  const Value value = tag_value();
  if (m_owner == Node::span && take_span_tag()) {
    return;
  }
  const bool is_name = m_tag.key == "event" || m_tag.key == "message";
  if (m_owner == Node::log && is_name && m_event.name == Text::empty) {
    m_event.name = m_builder.intern(to_text(m_tag.value));
    return;
  }
  const trace::Attribute attribute{m_builder.intern(m_tag.key), value};
  if (m_owner == Node::span && m_tag.key == "error" && to_boolean(m_tag.value)) {
    m_error_tag = attribute;
    return;
  }
  m_builder.columns().attributes.push_back(attribute);
  ++tags_of(m_owner).count;
}

// Takes the tags that were fields of the span before Jaeger translated it
// (internal/jptrace and the v1 adapter of the Collector's Jaeger translator).
bool JaegerJsonReader::take_span_tag() {
  const std::string& key = m_tag.key;
  if (key == "span.kind") {
    m_span.kind = to_span_kind(m_tag.value);
  } else if (key == "otel.status_code") {
    m_otel_status = to_span_status(m_tag.value);
  } else if (key == "otel.status_description") {
    m_span.status_message = m_builder.intern(m_tag.text);
  } else if (key == "otel.scope.name" || key == "otel.library.name") {
    m_scope_name = m_builder.intern(m_tag.text);
  } else if (key == "otel.scope.version" || key == "otel.library.version") {
    m_scope_version = m_builder.intern(m_tag.text);
  } else if (key == "w3c.tracestate") {
    m_span.trace_state = m_builder.intern(m_tag.text);
  } else {
    return key == "internal.span.format";
  }
  return true;
}

void JaegerJsonReader::end_tags() {
  if (m_owner != Node::span) {
    return;
  }
  m_span.status = m_otel_status.value_or(m_error_tag ? SpanStatus::error : SpanStatus::unset);
  // Beside otel.status_code the tag only repeats it; alone it is the application's own.
  if (m_error_tag && m_otel_status != SpanStatus::error) {
    m_builder.columns().attributes.push_back(*m_error_tag);
    ++m_span.attributes.count;
  }
  m_error_tag.reset();
}

}  // namespace otelctl::query
