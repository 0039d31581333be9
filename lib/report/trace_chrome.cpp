// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "base/redact.hpp"
#include "report/lanes.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "report/trace_warnings.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

// The Trace Event Format of chrome://tracing and Perfetto: services are processes, lanes are
// threads.
class ChromeTrace {
 public:
  ChromeTrace(std::ostream& out, const TraceDetail& detail)
      : m_json(out, JsonWriter::Layout::compact),
        m_out(out),
        m_trace(detail.trace),
        m_drawn(detail.trace),
        m_tree(m_drawn.tree),
        m_lanes(assign_lanes(m_drawn)) {}

  void write() {
    find_zero();
    m_json.begin_object().member("displayTimeUnit", "ms");
    write_head();
    m_json.key("traceEvents").begin_array();
    write_names();
    for (const std::uint32_t index : m_tree.order) {
      write_span(index);
      write_events(index);
    }
    write_links();
    m_json.end_array().end_object();
    m_out << '\n';
  }

 private:
  // Without what looks like a secret.
  static std::string shown(std::string_view text) { return redacted("", text); }

  // Times count from the first of all: microseconds since 1970 have no room for nanoseconds in the
  // doubles that readers use.
  void find_zero() {
    m_zero = m_tree.trace_start();
    for (const std::uint32_t index : m_tree.order) {
      for (const trace::Event& event : m_trace.events(m_trace.spans[index])) {
        if (event.time > Time{}) {
          m_zero = std::min(m_zero, event.time);
        }
      }
    }
  }

  void write_head() {
    const trace::Summary summary = trace::summarize(m_trace, m_tree);
    m_json.key("otherData")
        .begin_object()
        .member("trace_id", to_hex(summary.id))
        .member("root", shown(summary.root_service) + ": " + shown(summary.root_name))
        .member("time_zero", format_rfc3339(m_zero))
        .key("warnings")
        .begin_array();
    for (const std::string& warning : trace_warnings(m_trace, m_tree)) {
      m_json.value(shown(warning));
    }
    m_json.end_array().end_object();
  }

  // One event a line, so that other tools can work on them.
  JsonWriter& begin(std::string_view phase, std::uint32_t lane) {
    m_out << '\n';
    return m_json.begin_object()
        .member("ph", phase)
        .member("pid", std::uint64_t{m_lanes.lanes[lane].service} + 1)
        .member("tid", std::uint64_t{lane} + 1);
  }

  void write_names() {
    for (std::uint32_t place = 0; place < m_lanes.lanes.size(); ++place) {
      const Lane& lane = m_lanes.lanes[place];
      const std::string_view service = m_trace.text(m_lanes.services[lane.service]);
      if (lane.number == 0) {
        metadata("process_name", place).member("name", shown(service)).end_object().end_object();
        metadata("process_sort_index", place)
            .member("sort_index", std::uint64_t{lane.service})
            .end_object()
            .end_object();
      }
      metadata("thread_name", place)
          .member("name", fmt::format("lane {}", lane.number + 1))
          .end_object()
          .end_object();
      metadata("thread_sort_index", place)
          .member("sort_index", std::uint64_t{lane.number})
          .end_object()
          .end_object();
    }
  }

  JsonWriter& metadata(std::string_view name, std::uint32_t lane) {
    return begin("M", lane).member("name", name).key("args").begin_object();
  }

  void write_span(std::uint32_t index) {
    const trace::Span& span = m_trace.spans[index];
    begin("X", m_lanes.lane_of[index])
        .member("name", shown(m_trace.text(span.name)))
        .member("cat", std::string(name_of(span.kind)) + (span.has_failed() ? ",error" : ""))
        .key("ts")
        .raw(microseconds(m_tree.start[index] - m_zero))
        .key("dur")
        .raw(microseconds(m_tree.end[index] - m_tree.start[index]));
    if (span.has_failed()) {
      // One of the colours with a name of chrome://tracing: red.
      m_json.member("cname", "terrible");
    }
    m_json.key("args").begin_object().member("span_id", to_hex(span.id));
    if (span.parent_id.is_valid()) {
      m_json.member("parent_span_id", to_hex(span.parent_id));
    }
    m_json.member("kind", name_of(span.kind))
        .member("status", name_of(span.status))
        .member("status_message", shown(m_trace.text(span.status_message)))
        .member("self_ns", std::int64_t{m_drawn.self[index].count()})
        .member("critical", bool{m_drawn.path.contains[index]});
    write_attributes("attributes", span.attributes);
    write_attributes("resource", m_trace.columns->resources[span.resource].attributes);
    write_outside_links(span);
    m_json.end_object().end_object();
  }

  void write_attributes(std::string_view name, trace::Range range) {
    if (range.count > 0) {
      m_json.key(name).begin_object();
      write_attribute_members(m_json, m_trace, range, m_values);
      m_json.end_object();
    }
  }

  void write_outside_links(const trace::Span& span) {
    const auto links = m_trace.links(span);
    if (links.empty()) {
      return;
    }
    m_json.key("links").begin_array();
    for (const trace::Link& link : links) {
      m_json.begin_object()
          .member("trace_id", to_hex(link.trace_id))
          .member("span_id", to_hex(link.span_id));
      write_attributes("attributes", link.attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_events(std::uint32_t index) {
    for (const trace::Event& event : m_trace.events(m_trace.spans[index])) {
      const Time time = event.time > Time{} ? event.time : m_tree.start[index];
      begin("i", m_lanes.lane_of[index])
          .member("s", "t")
          .member("name", shown(m_trace.text(event.name)))
          .member("cat", "event")
          .key("ts")
          .raw(microseconds(time - m_zero))
          .key("args")
          .begin_object()
          .member("span_id", to_hex(m_trace.spans[index].id));
      write_attributes("attributes", event.attributes);
      m_json.end_object().end_object();
    }
  }

  // Links within the trace as arrows, from the start of the span that is linked to.
  void write_links() {
    std::unordered_map<SpanId, std::uint32_t> by_id;
    for (const std::uint32_t index : m_tree.order) {
      by_id.try_emplace(m_trace.spans[index].id, index);
    }
    std::uint64_t number = 0;
    for (const std::uint32_t index : m_tree.order) {
      for (const trace::Link& link : m_trace.links(m_trace.spans[index])) {
        const auto found = by_id.find(link.span_id);
        if (link.trace_id == m_trace.id && found != by_id.end()) {
          ++number;
          write_arrow_end("s", number, found->second);
          write_arrow_end("f", number, index);
        }
      }
    }
  }

  void write_arrow_end(std::string_view phase, std::uint64_t number, std::uint32_t index) {
    begin(phase, m_lanes.lane_of[index]);
    if (phase == "f") {
      // To the slice around this moment, not the one that comes next.
      m_json.member("bp", "e");
    }
    m_json.member("id", number)
        .member("name", "link")
        .member("cat", "link")
        .key("ts")
        .raw(microseconds(m_tree.start[index] - m_zero))
        .end_object();
  }

  // With all its nanoseconds, as JSON.
  static std::string microseconds(nanoseconds time) {
    const std::int64_t count = std::max<std::int64_t>(time.count(), 0);
    std::string text = fmt::format("{}.{:03}", count / 1000, count % 1000);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') {
      text.pop_back();
    }
    return text;
  }

  JsonWriter m_json;
  std::ostream& m_out;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  const trace::Tree& m_tree;
  const Lanes m_lanes;
  TraceValues m_values{m_trace};
  Time m_zero;
};

}  // namespace

void write_trace_chrome(std::ostream& out, const TraceDetail& detail) {
  ChromeTrace(out, detail).write();
}

TraceFormat chrome_trace_format() {
  return {"chrome-trace", write_trace_chrome};
}

}  // namespace otelctl::report
