// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/zipkin_json.hpp"

#include <algorithm>
#include <cstdint>

#include "base/text.hpp"
#include "query/id_text.hpp"
#include "query/packed_text.hpp"
#include "query/scalars.hpp"

namespace otelctl::query {
namespace {

using trace::SpanKind;
using trace::SpanStatus;
using trace::Text;
using trace::Value;

}  // namespace

ZipkinJsonReader::Node ZipkinJsonReader::object_in(Node parent, std::string_view field) {
  switch (parent) {
    case Node::list:
      return Node::span;
    case Node::span:
      return field == "tags"             ? Node::tags
             : field == "localEndpoint"  ? Node::local_endpoint
             : field == "remoteEndpoint" ? Node::remote_endpoint
                                         : Node::ignored;
    case Node::annotation_list:
      return Node::annotation;
    default:
      return Node::ignored;
  }
}

ZipkinJsonReader::Node ZipkinJsonReader::array_in(Node parent, std::string_view field) {
  if (parent == Node::list) {
    return Node::list;
  }
  return parent == Node::span && field == "annotations" ? Node::annotation_list : Node::ignored;
}

void ZipkinJsonReader::begin_object() {
  enter(object_in(top(), m_field));
}

void ZipkinJsonReader::begin_array() {
  enter(array_in(top(), m_field));
}

void ZipkinJsonReader::enter(Node node) {
  if (node == Node::span) {
    begin_span();
  } else if (node == Node::annotation) {
    m_event = {};
  } else if (node == Node::annotation_list) {
    m_span.events = {static_cast<std::uint32_t>(m_builder.columns().events.size()), 0};
  }
  m_nodes.push_back(node);
}

void ZipkinJsonReader::end_object() {
  const Node node = top();
  m_nodes.pop_back();
  if (node == Node::span) {
    end_span();
  } else if (node == Node::annotation) {
    m_builder.columns().events.push_back(m_event);
    ++m_span.events.count;
  }
}

void ZipkinJsonReader::end_array() {
  m_nodes.pop_back();
}

void ZipkinJsonReader::key(std::string_view name) {
  if (top() != Node::ignored) {
    m_field = name;
  }
}

void ZipkinJsonReader::scalar(const JsonScalar& value) {
  switch (top()) {
    case Node::span:
      span_scalar(value);
      break;
    case Node::tags:
      tag(value);
      break;
    case Node::local_endpoint:
      endpoint_scalar(m_local, value);
      break;
    case Node::remote_endpoint:
      endpoint_scalar(m_remote, value);
      break;
    case Node::annotation:
      if (m_field == "timestamp") {
        m_event.time = trace::time_from_unix(from_microseconds(to_unsigned(value)));
      } else if (m_field == "value") {
        unpack_event(to_text(value), m_event, m_builder);
      }
      break;
    default:
      break;
  }
}

void ZipkinJsonReader::begin_span() {
  m_span = {};
  m_trace_id = {};
  m_start = 0;
  m_duration = 0;
  m_is_shared = false;
  m_local = {};
  m_remote = {};
  m_scope = {};
  m_otel_status.reset();
  m_error_tag.reset();
  m_attributes.clear();
  m_links.clear();
}

void ZipkinJsonReader::span_scalar(const JsonScalar& value) {
  if (m_field == "traceId") {
    m_trace_id = id_or_none<TraceId>(value.text);
  } else if (m_field == "id") {
    m_span.id = id_or_none<SpanId>(value.text);
  } else if (m_field == "parentId") {
    m_span.parent_id = id_or_none<SpanId>(value.text);
  } else if (m_field == "name") {
    m_span.name = m_builder.intern(to_text(value));
  } else if (m_field == "kind") {
    m_span.kind = to_span_kind(value);
  } else if (m_field == "timestamp") {
    m_start = from_microseconds(to_unsigned(value));
  } else if (m_field == "duration") {
    m_duration = from_microseconds(to_unsigned(value));
  } else if (m_field == "shared" && to_boolean(value)) {
    m_is_shared = true;
    add_attribute("zipkin.shared", Value::of_boolean(true));
  } else if (m_field == "debug" && to_boolean(value)) {
    add_attribute("zipkin.debug", Value::of_boolean(true));
  }
}

void ZipkinJsonReader::endpoint_scalar(Endpoint& endpoint, const JsonScalar& value) const {
  if (m_field == "serviceName") {
    endpoint.service = to_text(value);
  } else if (m_field == "ipv4") {
    endpoint.ipv4 = to_text(value);
  } else if (m_field == "ipv6") {
    endpoint.ipv6 = to_text(value);
  } else if (m_field == "port") {
    endpoint.port = std::min<std::uint64_t>(to_unsigned(value), UINT16_MAX);
  }
}

void ZipkinJsonReader::tag(const JsonScalar& value) {
  if (take_tag(value)) {
    return;
  }
  // Zipkin's tags are texts; what others answer in its name may have types.
  using Type = JsonScalar::Type;
  if (value.type == Type::boolean) {
    add_attribute(m_field, Value::of_boolean(value.boolean));
  } else if (value.type == Type::integer) {
    add_attribute(m_field, Value::of_integer(value.integer));
  } else if (value.type == Type::real) {
    add_attribute(m_field, Value::of_real(value.real));
  } else {
    add_attribute(m_field, Value::of_text(m_builder.intern(to_text(value))));
  }
}

// Takes what was a field of the span before it was exported to Zipkin: OpenTelemetry's mapping to
// formats other than OTLP, and the Collector's pkg/translator/zipkin.
bool ZipkinJsonReader::take_tag(const JsonScalar& value) {
  const std::string& key = m_field;
  if (key == "error") {
    m_error_tag = to_text(value);
  } else if (key == "otel.status_code") {
    m_otel_status = to_span_status(value);
  } else if (key == "otel.status_description") {
    m_span.status_message = m_builder.intern(to_text(value));
  } else if (key == "otel.scope.name" || key == "otel.library.name") {
    m_scope.name = m_builder.intern(to_text(value));
  } else if (key == "otel.scope.version" || key == "otel.library.version") {
    m_scope.version = m_builder.intern(to_text(value));
  } else if (key == "w3c.tracestate") {
    m_span.trace_state = m_builder.intern(to_text(value));
  } else if (key == "otel.dropped_attributes_count") {
    m_span.dropped_attributes = to_count(value);
  } else if (key == "otel.dropped_events_count") {
    m_span.dropped_events = to_count(value);
  } else if (key == "otel.dropped_links_count") {
    m_span.dropped_links = to_count(value);
  } else if (key == "span.kind" && to_text(value) == "internal") {
    m_span.kind = SpanKind::internal;
  } else if (key.starts_with("otlp.link.")) {
    const auto link = unpack_link(to_text(value), m_builder);
    if (link) {
      m_links.push_back(*link);
    }
    return link.has_value();
  } else {
    return false;
  }
  return true;
}

void ZipkinJsonReader::add_attribute(std::string_view key, Value value) {
  m_attributes.push_back({m_builder.intern(key), value});
}

void ZipkinJsonReader::add_address(const Endpoint& endpoint, std::string_view ip_key,
                                   std::string_view port_key) {
  const std::string& ip = endpoint.ipv4.empty() ? endpoint.ipv6 : endpoint.ipv4;
  if (!ip.empty()) {
    add_attribute(ip_key, Value::of_text(m_builder.intern(ip)));
  }
  if (endpoint.port != 0) {
    add_attribute(port_key, Value::of_integer(static_cast<std::int64_t>(endpoint.port)));
  }
}

void ZipkinJsonReader::set_status() {
  m_span.status = m_otel_status.value_or(m_error_tag ? SpanStatus::error : SpanStatus::unset);
  if (!m_error_tag) {
    return;
  }
  const bool is_message = !m_error_tag->empty() && !equals_ignoring_case(*m_error_tag, "true");
  if (is_message && m_span.has_failed() && m_span.status_message == Text::empty) {
    m_span.status_message = m_builder.intern(*m_error_tag);
  }
  // Beside otel.status_code the tag only repeats it; alone it is the application's own.
  if (m_otel_status != SpanStatus::error) {
    add_attribute("error", Value::of_text(m_builder.intern(*m_error_tag)));
  }
}

void ZipkinJsonReader::set_times() {
  m_span.start = trace::time_from_unix(m_start);
  m_span.duration =
      nanoseconds{static_cast<std::int64_t>(std::min<std::uint64_t>(m_duration, INT64_MAX))};
  if (m_duration == 0) {
    m_builder.warn(m_span, "no duration: it has not ended, or took less than a microsecond");
  }
}

std::uint32_t ZipkinJsonReader::resource() {
  const Text service = m_builder.intern(m_local.service);
  if (service == Text::empty) {
    return 0;
  }
  const auto [found, is_new] = m_resources.try_emplace(service, 0);
  if (is_new) {
    found->second = m_builder.add_resource();
    auto& attributes = m_builder.columns().attributes;
    m_builder.resource(found->second) = {service,
                                         {static_cast<std::uint32_t>(attributes.size()), 1}};
    attributes.push_back({m_builder.intern("service.name"), Value::of_text(service)});
  }
  return found->second;
}

void ZipkinJsonReader::end_span() {
  if (m_is_shared && m_span.kind == SpanKind::unspecified) {
    m_span.kind = SpanKind::server;
  }
  // Some servers repeat the id that they share as their parent's.
  if (m_span.parent_id == m_span.id) {
    m_span.parent_id = {};
  }
  add_address(m_local, "net.host.ip", "net.host.port");
  if (!m_remote.service.empty()) {
    add_attribute("peer.service", Value::of_text(m_builder.intern(m_remote.service)));
  }
  add_address(m_remote, "net.peer.ip", "net.peer.port");
  set_status();
  set_times();
  m_span.resource = resource();
  m_span.scope = m_builder.scope_of(m_scope.name, m_scope.version);
  trace::Columns& columns = m_builder.columns();
  m_span.attributes = {static_cast<std::uint32_t>(columns.attributes.size()),
                       static_cast<std::uint32_t>(m_attributes.size())};
  columns.attributes.insert(columns.attributes.end(), m_attributes.begin(), m_attributes.end());
  m_span.links = {static_cast<std::uint32_t>(columns.links.size()),
                  static_cast<std::uint32_t>(m_links.size())};
  columns.links.insert(columns.links.end(), m_links.begin(), m_links.end());
  m_builder.add(m_trace_id, m_span);
}

}  // namespace otelctl::query
