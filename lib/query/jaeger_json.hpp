// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "query/json_events.hpp"
#include "query/limits.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Reads the JSON of Jaeger's internal HTTP API, {"data": [trace...]}, as Jaeger and those who
// copied it (VictoriaTraces, GreptimeDB) answer it, or the traces of it alone, one or an array; and
// turns what Jaeger made of OpenTelemetry's fields back: span.kind, otel.status_code,
// otel.scope.name and their like are no attributes afterwards, the first reference CHILD_OF is the
// parent, an event's name comes out of its fields. Times have microseconds. What it does not know
// it skips, whatever its shape.
class JaegerJsonReader final : public JsonHandler {
 public:
  explicit JaegerJsonReader(trace::TraceBuilder& builder) : m_builder(builder) {}

  void begin_object() override;
  void end_object() override;
  void begin_array() override;
  void end_array() override;
  void key(std::string_view name) override;
  void scalar(const JsonScalar& value) override;
  Result<void> verdict() const override { return check_span_count(m_builder); }

 private:
  enum class Node : std::uint8_t {
    ignored,
    document,  // an answer, or a trace alone
    trace,
    trace_list,
    trace_warning_list,
    span,
    span_list,
    span_warning_list,
    reference,
    reference_list,
    tag,
    tag_list,
    log,
    log_list,
    processes,
    process,
  };
  struct Reference {
    bool is_child_of = false;
    TraceId trace_id;
    SpanId span_id;
  };
  // A tag's value may come before its type, so both wait for the tag's end.
  struct Tag {
    std::string key;
    std::string type;
    JsonScalar value;
    std::string text;
  };

  static Node object_in(Node parent, std::string_view field);
  static Node array_in(Node parent, std::string_view field);
  Node top() const { return m_nodes.empty() ? Node::ignored : m_nodes.back(); }
  void enter(Node node);
  void leave(Node node);
  void begin_span();
  void span_scalar(const JsonScalar& value);
  void tag_scalar(const JsonScalar& value);
  void reference_scalar(const JsonScalar& value);
  void end_tag();
  bool take_span_tag();
  void end_tags();
  void end_span();
  void end_trace();
  void set_relations(const TraceId& trace_id);
  trace::Value tag_value();
  trace::Range& tags_of(Node owner);
  std::uint32_t process(std::string_view id);

  trace::TraceBuilder& m_builder;
  std::vector<Node> m_nodes;
  std::string m_field;

  TraceId m_trace_id;
  std::vector<std::string> m_trace_warnings;
  // Resources by process id; those of one trace only.
  std::map<std::string, std::uint32_t, std::less<>> m_processes;
  std::uint32_t m_process = 0;

  trace::Span m_span;
  TraceId m_span_trace_id;
  SpanId m_old_parent;  // the deprecated parentSpanID
  std::uint64_t m_start = 0;
  std::uint64_t m_duration = 0;
  std::vector<Reference> m_references;
  trace::Text m_scope_name = trace::Text::empty;
  trace::Text m_scope_version = trace::Text::empty;
  std::optional<trace::SpanStatus> m_otel_status;
  std::optional<trace::Attribute> m_error_tag;

  trace::Event m_event;
  Tag m_tag;
  Node m_owner = Node::ignored;  // of the tags that are being read
  trace::Range m_unused;
};

}  // namespace otelctl::query
