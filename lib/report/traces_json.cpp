// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/traces.hpp"

namespace otelctl::report {

void write_head_members(JsonWriter& json, const query::BackendInfo& backend, bool is_truncated,
                        const std::vector<std::string>& notes) {
  json.key("backend")
      .begin_object()
      .member("kind", backend.kind)
      .member("dialect", backend.dialect)
      .member("url", backend.url)
      .end_object()
      .member("truncated", is_truncated)
      .key("notes")
      .begin_array();
  for (const std::string& note : notes) {
    json.value(note);
  }
  json.end_array();
}

void write_summary_members(JsonWriter& json, const trace::Summary& summary) {
  json.member("trace_id", to_hex(summary.id))
      .member("root_service", summary.root_service)
      .member("root_name", summary.root_name)
      .member("start", format_rfc3339(summary.start))
      .member("duration_ns", std::int64_t{summary.duration.count()})
      .member("span_count", std::uint64_t{summary.span_count})
      .member("error_count", std::uint64_t{summary.error_count})
      .key("services")
      .begin_array();
  for (const trace::ServiceCount& service : summary.services) {
    json.begin_object()
        .member("name", service.name)
        .member("span_count", std::uint64_t{service.span_count})
        .end_object();
  }
  json.end_array();
}

void write_traces_json(std::ostream& out, const TraceList& list) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.traces/1");
  write_head_members(json, list.backend, list.is_truncated, list.notes);
  json.key("traces").begin_array();
  for (const trace::Summary& summary : list.traces) {
    json.begin_object();
    write_summary_members(json, summary);
    json.end_object();
  }
  json.end_array().end_object();
}

void write_traces_jsonl(std::ostream& out, const std::vector<trace::Summary>& traces) {
  for (const trace::Summary& summary : traces) {
    JsonWriter json(out, JsonWriter::Layout::compact);
    json.begin_object();
    write_summary_members(json, summary);
    json.end_object();
  }
}

}  // namespace otelctl::report
