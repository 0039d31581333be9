// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "report/trace_data_formats.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "trace/tree.hpp"

namespace otelctl::report {
namespace {

constexpr std::string_view k_service_name = "service.name";

class OtlpJson {
 public:
  OtlpJson(std::ostream& out, const trace::Trace& trace)
      : m_json(out, JsonWriter::Layout::compact),
        m_trace(trace),
        m_order(trace::build_tree(trace).order),
        m_resources(distinct_resources(trace, m_order)),
        m_scopes(distinct_scopes(trace, m_order)),
        m_values(trace) {
    // By resource, then by scope; the spans of one keep their order.
    std::stable_sort(m_order.begin(), m_order.end(), [&](std::uint32_t left, std::uint32_t right) {
      return group_of(left) < group_of(right);
    });
  }

  void write() {
    m_json.begin_object().key("resourceSpans").begin_array();
    for (auto from = m_order.cbegin(); from != m_order.cend();) {
      const auto to = end_of(from, [&](std::uint32_t span) { return resource_of(span); });
      write_resource_spans(from, to);
      from = to;
    }
    m_json.end_array().end_object();
  }

 private:
  using Place = std::vector<std::uint32_t>::const_iterator;

  std::uint32_t resource_of(std::uint32_t span) const {
    return m_resources.number_of[m_trace.spans[span].resource];
  }
  std::uint32_t scope_of(std::uint32_t span) const {
    return m_scopes.number_of[m_trace.spans[span].scope];
  }
  std::uint64_t group_of(std::uint32_t span) const {
    return std::uint64_t{resource_of(span)} << 32U | scope_of(span);
  }

  // Where the spans end that have the same as the first.
  template <typename Key>
  Place end_of(Place from, Key key) const {
    return std::find_if(from, m_order.cend(),
                        [&, first = key(*from)](std::uint32_t span) { return key(span) != first; });
  }

  void write_resource_spans(Place from, Place to) {
    m_json.begin_object().key("resource").begin_object();
    write_resource(m_trace.columns->resources[m_resources.places[resource_of(*from)]]);
    m_json.end_object().key("scopeSpans").begin_array();
    while (from != to) {
      const Place next = end_of(from, [&](std::uint32_t span) { return group_of(span); });
      write_scope_spans(from, next);
      from = next;
    }
    m_json.end_array().end_object();
  }

  // Backends other than OTLP's know the service without the attribute.
  void write_resource(const trace::Resource& resource) {
    const auto attributes = m_trace.attributes(resource.attributes);
    const bool has_name =
        std::any_of(attributes.begin(), attributes.end(), [&](const trace::Attribute& attribute) {
          return m_trace.text(attribute.key) == k_service_name;
        });
    if (has_name || resource.service == trace::Text::empty) {
      return write_attributes(resource.attributes);
    }
    m_json.key("attributes").begin_array();
    write_attribute(k_service_name,
                    "{\"stringValue\":" + to_json_string(m_trace.text(resource.service)) + "}");
    write_items(resource.attributes);
    m_json.end_array();
  }

  void write_scope_spans(Place from, Place to) {
    const trace::Scope& scope = m_trace.columns->scopes[m_scopes.places[scope_of(*from)]];
    m_json.begin_object().key("scope").begin_object();
    write_text("name", scope.name);
    write_text("version", scope.version);
    write_attributes(scope.attributes);
    m_json.end_object().key("spans").begin_array();
    for (; from != to; ++from) {
      write_span(m_trace.spans[*from]);
    }
    m_json.end_array().end_object();
  }

  void write_span(const trace::Span& span) {
    m_json.begin_object().member("traceId", to_hex(m_trace.id)).member("spanId", to_hex(span.id));
    write_text("traceState", span.trace_state);
    if (span.parent_id.is_valid()) {
      m_json.member("parentSpanId", to_hex(span.parent_id));
    }
    write_number("flags", span.flags);
    write_text("name", span.name);
    write_number("kind", static_cast<std::uint32_t>(span.kind));
    write_time("startTimeUnixNano", span.start);
    write_time("endTimeUnixNano", span.start + span.duration);
    write_attributes(span.attributes);
    write_number("droppedAttributesCount", span.dropped_attributes);
    write_events(span);
    write_number("droppedEventsCount", span.dropped_events);
    write_links(span);
    write_number("droppedLinksCount", span.dropped_links);
    m_json.key("status").begin_object();
    write_text("message", span.status_message);
    write_number("code", static_cast<std::uint32_t>(span.status));
    m_json.end_object().end_object();
  }

  void write_events(const trace::Span& span) {
    if (span.events.count == 0) {
      return;
    }
    m_json.key("events").begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      m_json.begin_object();
      write_time("timeUnixNano", event.time);
      write_text("name", event.name);
      write_attributes(event.attributes);
      write_number("droppedAttributesCount", event.dropped_attributes);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_links(const trace::Span& span) {
    if (span.links.count == 0) {
      return;
    }
    m_json.key("links").begin_array();
    for (const trace::Link& link : m_trace.links(span)) {
      m_json.begin_object()
          .member("traceId", to_hex(link.trace_id))
          .member("spanId", to_hex(link.span_id));
      write_text("traceState", link.trace_state);
      write_attributes(link.attributes);
      write_number("droppedAttributesCount", link.dropped_attributes);
      write_number("flags", link.flags);
      m_json.end_object();
    }
    m_json.end_array();
  }

  void write_attributes(trace::Range range) {
    if (range.count == 0) {
      return;
    }
    m_json.key("attributes").begin_array();
    write_items(range);
    m_json.end_array();
  }

  void write_items(trace::Range range) {
    for (const trace::Attribute& attribute : m_trace.attributes(range)) {
      write_attribute(m_trace.text(attribute.key), m_values.otlp_json(attribute));
    }
  }

  void write_attribute(std::string_view key, std::string_view value) {
    m_json.begin_object().member("key", key).key("value").raw(value).end_object();
  }

  // What is empty or 0 is left out, as in all of protobuf's JSON.
  void write_text(std::string_view name, trace::Text text) {
    if (text != trace::Text::empty) {
      m_json.member(name, m_trace.text(text));
    }
  }
  void write_number(std::string_view name, std::uint32_t number) {
    if (number != 0) {
      m_json.member(name, std::uint64_t{number});
    }
  }
  void write_time(std::string_view name, Time time) {
    m_json.member(name, std::string_view(fmt::format_int(time.time_since_epoch().count()).c_str()));
  }

  JsonWriter m_json;
  const trace::Trace& m_trace;
  std::vector<std::uint32_t> m_order;
  const DistinctParts m_resources;
  const DistinctParts m_scopes;
  TraceValues m_values;
};

}  // namespace

void write_trace_otlp_json(std::ostream& out, const TraceDetail& detail) {
  OtlpJson(out, detail.trace).write();
}

TraceFormat otlp_json_trace_format() {
  return {"otlp-json", write_trace_otlp_json, true};
}

}  // namespace otelctl::report
