// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/jaeger_json.hpp"

#include <algorithm>
#include <limits>

#include "query/id_text.hpp"
#include "query/scalars.hpp"

namespace otelctl::query {
namespace {

using trace::Text;

std::uint64_t sum(std::uint64_t left, std::uint64_t right) {
  return left > std::numeric_limits<std::uint64_t>::max() - right
             ? std::numeric_limits<std::uint64_t>::max()
             : left + right;
}

}  // namespace

JaegerJsonReader::Node JaegerJsonReader::object_in(Node parent, std::string_view field) {
  switch (parent) {
    case Node::trace_list:
      return Node::trace;
    case Node::document:
    case Node::trace:
      return field == "processes" ? Node::processes : Node::ignored;
    case Node::span_list:
      return Node::span;
    case Node::reference_list:
      return Node::reference;
    case Node::tag_list:
      return Node::tag;
    case Node::log_list:
      return Node::log;
    case Node::processes:
      return Node::process;
    default:
      return Node::ignored;
  }
}

JaegerJsonReader::Node JaegerJsonReader::array_in(Node parent, std::string_view field) {
  switch (parent) {
    case Node::document:
    case Node::trace:
      return field == "data" && parent == Node::document ? Node::trace_list
             : field == "spans"                          ? Node::span_list
             : field == "warnings"                       ? Node::trace_warning_list
                                                         : Node::ignored;
    case Node::span:
      return field == "tags"         ? Node::tag_list
             : field == "logs"       ? Node::log_list
             : field == "references" ? Node::reference_list
             : field == "warnings"   ? Node::span_warning_list
                                     : Node::ignored;
    case Node::log:
      return field == "fields" ? Node::tag_list : Node::ignored;
    case Node::process:
      return field == "tags" ? Node::tag_list : Node::ignored;
    default:
      return Node::ignored;
  }
}

void JaegerJsonReader::begin_object() {
  enter(m_nodes.empty() ? Node::document : object_in(top(), m_field));
}

void JaegerJsonReader::begin_array() {
  enter(m_nodes.empty() ? Node::trace_list : array_in(top(), m_field));
}

void JaegerJsonReader::end_object() {
  const Node node = top();
  m_nodes.pop_back();
  leave(node);
}

void JaegerJsonReader::end_array() {
  end_object();
}

void JaegerJsonReader::key(std::string_view name) {
  if (top() != Node::ignored) {
    m_field = name;
  }
}

void JaegerJsonReader::enter(Node node) {
  switch (node) {
    case Node::document:
    case Node::trace:
      m_trace_id = {};
      m_trace_warnings.clear();
      m_processes.clear();
      break;
    case Node::span:
      begin_span();
      break;
    case Node::reference:
      m_references.emplace_back();
      break;
    case Node::log:
      m_event = {};
      break;
    case Node::log_list:
      m_span.events = {static_cast<std::uint32_t>(m_builder.columns().events.size()), 0};
      break;
    case Node::process:
      m_process = process(m_field);
      break;
    case Node::tag_list:
      m_owner = top();
      tags_of(m_owner) = {static_cast<std::uint32_t>(m_builder.columns().attributes.size()), 0};
      break;
    case Node::tag:
      m_tag.key.clear();
      m_tag.type.clear();
      m_tag.text.clear();
      m_tag.value = {};
      break;
    default:
      break;
  }
  m_nodes.push_back(node);
}

void JaegerJsonReader::leave(Node node) {
  switch (node) {
    case Node::tag:
      end_tag();
      break;
    case Node::tag_list:
      end_tags();
      break;
    case Node::log:
      m_builder.columns().events.push_back(m_event);
      ++m_span.events.count;
      break;
    case Node::span:
      end_span();
      break;
    case Node::document:
    case Node::trace:
      end_trace();
      break;
    default:
      break;
  }
}

void JaegerJsonReader::begin_span() {
  m_span = {};
  m_span_trace_id = {};
  m_old_parent = {};
  m_start = 0;
  m_duration = 0;
  m_references.clear();
  m_scope_name = Text::empty;
  m_scope_version = Text::empty;
  m_otel_status.reset();
  m_error_tag.reset();
}

void JaegerJsonReader::scalar(const JsonScalar& value) {
  switch (top()) {
    case Node::document:
    case Node::trace:
      if (m_field == "traceID") {
        m_trace_id = id_or_none<TraceId>(value.text);
      }
      break;
    case Node::trace_warning_list:
      m_trace_warnings.push_back(to_text(value));
      break;
    case Node::span:
      span_scalar(value);
      break;
    case Node::span_warning_list:
      m_builder.warn(m_span, to_text(value));
      break;
    case Node::reference:
      reference_scalar(value);
      break;
    case Node::log:
      if (m_field == "timestamp") {
        m_event.time = trace::time_from_unix(from_microseconds(to_unsigned(value)));
      }
      break;
    case Node::process:
      if (m_field == "serviceName") {
        m_builder.resource(m_process).service = m_builder.intern(value.text);
      }
      break;
    case Node::tag:
      tag_scalar(value);
      break;
    default:
      break;
  }
}

void JaegerJsonReader::span_scalar(const JsonScalar& value) {
  if (m_field == "traceID") {
    m_span_trace_id = id_or_none<TraceId>(value.text);
  } else if (m_field == "spanID") {
    m_span.id = id_or_none<SpanId>(value.text);
  } else if (m_field == "parentSpanID") {
    m_old_parent = id_or_none<SpanId>(value.text);
  } else if (m_field == "operationName") {
    m_span.name = m_builder.intern(value.text);
  } else if (m_field == "startTime") {
    m_start = from_microseconds(to_unsigned(value));
  } else if (m_field == "duration") {
    m_duration = from_microseconds(to_unsigned(value));
  } else if (m_field == "processID") {
    m_span.resource = process(value.text);
  } else if (m_field == "flags") {
    m_span.flags = static_cast<std::uint32_t>(to_unsigned(value));
  }
}

void JaegerJsonReader::reference_scalar(const JsonScalar& value) {
  Reference& reference = m_references.back();
  if (m_field == "refType") {
    reference.is_child_of = value.text == "CHILD_OF";
  } else if (m_field == "traceID") {
    reference.trace_id = id_or_none<TraceId>(value.text);
  } else if (m_field == "spanID") {
    reference.span_id = id_or_none<SpanId>(value.text);
  }
}

std::uint32_t JaegerJsonReader::process(std::string_view id) {
  const auto found = m_processes.find(id);
  if (found != m_processes.end()) {
    return found->second;
  }
  const std::uint32_t resource = m_builder.add_resource();
  m_processes.emplace(id, resource);
  return resource;
}

void JaegerJsonReader::set_relations(const TraceId& trace_id) {
  const auto find_parent = [&](bool is_child_of) {
    return std::find_if(m_references.begin(), m_references.end(), [&](const Reference& reference) {
      return reference.is_child_of == is_child_of && reference.trace_id == trace_id;
    });
  };
  auto parent = find_parent(true);
  if (parent == m_references.end()) {
    parent = find_parent(false);
  }
  m_span.parent_id = parent == m_references.end() ? m_old_parent : parent->span_id;
  trace::Columns& columns = m_builder.columns();
  m_span.links.first = static_cast<std::uint32_t>(columns.links.size());
  for (auto reference = m_references.begin(); reference != m_references.end(); ++reference) {
    if (reference != parent && reference->trace_id.is_valid()) {
      trace::Link& link = columns.links.emplace_back();
      link.trace_id = reference->trace_id;
      link.span_id = reference->span_id;
      ++m_span.links.count;
    }
  }
}

void JaegerJsonReader::end_span() {
  const TraceId trace_id = m_span_trace_id.is_valid() ? m_span_trace_id : m_trace_id;
  if (!m_trace_id.is_valid()) {
    m_trace_id = trace_id;
  }
  set_relations(trace_id);
  m_span.scope = m_builder.scope_of(m_scope_name, m_scope_version);
  m_builder.set_times(m_span, m_start, sum(m_start, m_duration));
  m_builder.add(trace_id, m_span);
}

void JaegerJsonReader::end_trace() {
  for (const std::string& warning : m_trace_warnings) {
    m_builder.warn(m_trace_id, warning);
  }
  m_trace_warnings.clear();
}

}  // namespace otelctl::query
