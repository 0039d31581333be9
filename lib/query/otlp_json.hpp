// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "query/json_events.hpp"
#include "query/limits.hpp"
#include "query/value_reader.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads OTLP/JSON traces, several documents one after the other or in an array; also in the
// wrappers of Jaeger's api_v3, {"result": {"resourceSpans": ...}}, and of Tempo, {"batches": ...}
// and {"trace": {"resourceSpans": ...}}. Keys may be in camel or snake case, in any order; ids hex
// or base64; enums numbers or names; 64-bit numbers strings or numbers (OTLP 1.x JSON mapping, and
// what Jaeger 1.35 to 2.x made of it). What it does not know it skips, whatever its shape.
class OtlpJsonReader final : public JsonHandler {
 public:
  explicit OtlpJsonReader(trace::TraceBuilder& builder) : m_builder(builder) {}

  void begin_object() override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void key(std::string_view name) override;
  void scalar(const JsonScalar& value) override;
  Result<void> verdict() const override { return check_span_count(m_builder); }

 private:
  // Every object and array of the format; a list is the array of what precedes it.
  enum class Node : std::uint8_t {
    ignored,
    document,
    document_list,
    resource_spans,
    resource_spans_list,
    resource,
    scope_spans,
    scope_spans_list,
    scope,
    span,
    span_list,
    status,
    event,
    event_list,
    link,
    link_list,
    attribute,
    attribute_list,
    value,
    array_value,
    array_value_list,
    map_value,
    map_entry,
    map_entry_list,
  };

  // The members that it knows, by their names in camel case.
  enum class Field : std::uint8_t {
    unknown,
    array_value,
    attributes,
    bool_value,
    bytes_value,
    code,
    double_value,
    dropped_attributes,
    dropped_events,
    dropped_links,
    end_time,
    events,
    flags,
    instrumentation_library,
    instrumentation_library_spans,
    int_value,
    key,
    kind,
    kvlist_value,
    links,
    message,
    name,
    parent_span_id,
    resource,
    resource_spans,
    result,
    scope,
    scope_spans,
    span_id,
    spans,
    start_time,
    status,
    string_value,
    time,
    trace,
    trace_id,
    trace_state,
    value,
    values,
    version,
  };

  static Field field_of(std::string_view name);
  static Node object_in(Node parent, Field field);
  static Node array_in(Node parent, Field field);
  Node top() const { return m_nodes.empty() ? Node::ignored : m_nodes.back(); }
  void enter(Node node);
  void leave(Node node);
  void span_scalar(const JsonScalar& value);
  void event_scalar(const JsonScalar& value);
  void link_scalar(const JsonScalar& value);
  void value_scalar(const JsonScalar& value);
  void end_attribute();
  trace::Range& attributes_of(Node owner);

  trace::TraceBuilder& m_builder;
  std::vector<Node> m_nodes;
  Field m_field = Field::unknown;
  std::string m_camel_case;

  std::uint32_t m_resource = 0;
  std::uint32_t m_scope = 0;
  TraceId m_trace_id;
  trace::Span m_span;
  std::uint64_t m_start = 0;
  std::uint64_t m_end = 0;
  trace::Event m_event;
  trace::Link m_link;
  trace::Range m_unused;
  Node m_owner = Node::ignored;  // of the attributes that are being read
  trace::Attribute m_attribute;
  ValueReader m_value;
};

}  // namespace otelctl::query
