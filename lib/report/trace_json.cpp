// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "report/trace_warnings.hpp"
#include "report/traces.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {
namespace {

class TraceJson {
 public:
  TraceJson(std::ostream& out, const TraceDetail& detail)
      : m_json(out),
        m_detail(detail),
        m_trace(detail.trace),
        m_analysis(detail.trace),
        m_tree(m_analysis.tree),
        m_resources(distinct_resources(m_trace, m_tree.order)),
        m_values(m_trace) {}

  void write() {
    m_json.begin_object().member("schema", "otelctl.trace/1");
    write_head_members(m_json, m_detail.backend, m_trace.is_truncated, m_detail.notes);
    write_summary_members(m_json, trace::summarize(m_trace, m_tree));
    strings("warnings", trace_warnings(m_trace, m_tree));
    m_json.key("spans").begin_array();
    for (const std::uint32_t index : m_tree.order) {
      write_span(index);
    }
    m_json.end_array();
    write_resources();
    m_json.end_object();
  }

 private:
  void strings(std::string_view name, const std::vector<std::string>& values) {
    m_json.key(name).begin_array();
    for (const std::string& value : values) {
      m_json.value(value);
    }
    m_json.end_array();
  }

  void write_resources() {
    m_json.key("resources").begin_array();
    for (const std::uint32_t place : m_resources.places) {
      const trace::Resource& resource = m_trace.columns->resources[place];
      m_json.begin_object().member("service", m_trace.text(resource.service));
      write_attributes(resource.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_span(std::uint32_t index) {
    const trace::Span& span = m_trace.spans[index];
    const trace::Scope& scope = m_trace.columns->scopes[span.scope];
    m_json.begin_object()
        .member("span_id", to_hex(span.id))
        .member("parent_span_id", span.parent_id.is_valid() ? to_hex(span.parent_id) : "")
        .member("service", m_trace.service(span))
        .member("name", m_trace.text(span.name))
        .member("kind", name_of(span.kind))
        .member("start", format_rfc3339(m_tree.start[index]))
        .member("duration_ns", std::int64_t{span.duration.count()})
        .member("self_ns", std::int64_t{m_analysis.self[index].count()})
        .member("depth", std::uint64_t{m_tree.depth[index]})
        .member("critical", bool{m_analysis.path.contains[index]})
        .member("status", name_of(span.status))
        .member("status_message", m_trace.text(span.status_message))
        .key("scope")
        .begin_object()
        .member("name", m_trace.text(scope.name))
        .member("version", m_trace.text(scope.version))
        .end_object()
        .member("resource", std::uint64_t{m_resources.number_of[span.resource]});
    write_attributes(span.attributes);
    write_events(span);
    write_links(span);
    strings("warnings", span_warnings(m_trace, m_tree, index));
    m_json.end_object();
  }

  void write_attributes(trace::Range range) {
    m_json.key("attributes").begin_object();
    write_attribute_members(m_json, m_trace, range, m_values);
    m_json.end_object();
  }

  void write_events(const trace::Span& span) {
    m_json.key("events").begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      m_json.begin_object()
          .member("time", format_rfc3339(event.time))
          .member("name", m_trace.text(event.name));
      write_attributes(event.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_links(const trace::Span& span) {
    m_json.key("links").begin_array();
    for (const trace::Link& link : m_trace.links(span)) {
      m_json.begin_object()
          .member("trace_id", to_hex(link.trace_id))
          .member("span_id", to_hex(link.span_id));
      write_attributes(link.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  JsonWriter m_json;
  const TraceDetail& m_detail;
  const trace::Trace& m_trace;
  const trace::Analysis m_analysis;
  const trace::Tree& m_tree;
  const DistinctParts m_resources;
  TraceValues m_values;
};

}  // namespace

void write_trace_json(std::ostream& out, const TraceDetail& detail) {
  TraceJson(out, detail).write();
}

TraceFormat json_trace_format() {
  return {"json", write_trace_json, false, true};
}

}  // namespace otelctl::report
