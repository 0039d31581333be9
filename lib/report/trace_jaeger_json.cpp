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
#include "trace/value_json.hpp"

// What Jaeger makes of OTLP: pkg/translator/jaeger of the Collector's contributions, then Jaeger's
// internal/uimodel.
namespace otelctl::report {
namespace {

using trace::Attribute;
using trace::ValueType;

// Beyond this JavaScript's numbers are not exact, and Jaeger writes text.
constexpr std::int64_t k_max_exact = (std::int64_t{1} << 53) - 1;

std::uint64_t microseconds(std::int64_t nanoseconds) {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(nanoseconds, 0)) / 1000;
}

class JaegerJson {
 public:
  JaegerJson(std::ostream& out, const trace::Trace& trace)
      : m_json(out, JsonWriter::Layout::compact),
        m_trace(trace),
        m_order(trace::build_tree(trace).order),
        m_processes(distinct_resources(trace, m_order)),
        m_values(trace),
        m_trace_id(trace::short_hex(trace.id)) {}

  void write() {
    m_json.begin_object().key("data").begin_array().begin_object();
    m_json.member("traceID", m_trace_id).key("spans").begin_array();
    for (const std::uint32_t index : m_order) {
      write_span(m_trace.spans[index]);
    }
    m_json.end_array();
    write_processes();
    write_warnings(m_trace.warnings, [](const std::string& text) { return text; });
    m_json.end_object().end_array();
    m_json.member("total", 0).member("limit", 0).member("offset", 0);
    m_json.key("errors").raw("null").end_object();
  }

 private:
  void write_span(const trace::Span& span) {
    m_json.begin_object()
        .member("traceID", m_trace_id)
        .member("spanID", to_hex(span.id))
        .member("operationName", m_trace.text(span.name));
    write_references(span);
    m_json.member("startTime", microseconds(span.start.time_since_epoch().count()))
        .member("duration", microseconds(span.duration.count()));
    write_tags(span);
    write_logs(span);
    m_json.member("processID", process_id(m_processes.number_of[span.resource]));
    write_warnings(m_trace.warnings_of(span), [&](trace::Text text) { return m_trace.text(text); });
    m_json.end_object();
  }

  static std::string process_id(std::size_t number) { return fmt::format("p{}", number + 1); }

  bool is_child_link(const trace::Link& link) const {
    const auto attributes = m_trace.attributes(link.attributes);
    return std::any_of(attributes.begin(), attributes.end(), [&](const Attribute& attribute) {
      return m_trace.text(attribute.key) == "opentracing.ref_type" &&
             attribute.value.type() == ValueType::text &&
             m_trace.text(attribute.value.text()) == "child_of";
    });
  }

  // The parent comes first, because readers take the first CHILD_OF for it. A link to the parent
  // only says of what type that reference is.
  void write_references(const trace::Span& span) {
    const auto is_to_parent = [&](const trace::Link& link) {
      return span.parent_id.is_valid() && link.trace_id == m_trace.id &&
             link.span_id == span.parent_id;
    };
    m_json.key("references").begin_array();
    if (span.parent_id.is_valid()) {
      bool is_child = true;
      for (const trace::Link& link : m_trace.links(span)) {
        is_child = is_to_parent(link) ? is_child_link(link) : is_child;
      }
      write_reference(is_child, m_trace_id, span.parent_id);
    }
    for (const trace::Link& link : m_trace.links(span)) {
      if (!is_to_parent(link)) {
        write_reference(is_child_link(link), trace::short_hex(link.trace_id), link.span_id);
      }
    }
    m_json.end_array();
  }

  void write_reference(bool is_child, std::string_view trace_id, const SpanId& span_id) {
    m_json.begin_object()
        .member("refType", is_child ? "CHILD_OF" : "FOLLOWS_FROM")
        .member("traceID", trace_id)
        .member("spanID", to_hex(span_id))
        .end_object();
  }

  void write_tags(const trace::Span& span) {
    const trace::Scope& scope = m_trace.columns->scopes[span.scope];
    m_json.key("tags").begin_array();
    write_text_tag("otel.scope.name", m_trace.text(scope.name));
    write_text_tag("otel.scope.version", m_trace.text(scope.version));
    write_attributes(span.attributes);
    if (span.kind != trace::SpanKind::unspecified) {
      write_text_tag("span.kind", name_of(span.kind));
    }
    if (span.status == trace::SpanStatus::ok) {
      write_text_tag("otel.status_code", "OK");
    } else if (span.has_failed()) {
      write_text_tag("otel.status_code", "ERROR");
      write_tag("error", "bool", "true");
    }
    write_text_tag("otel.status_description", m_trace.text(span.status_message));
    write_text_tag("w3c.tracestate", m_trace.text(span.trace_state));
    m_json.end_array();
  }

  void write_logs(const trace::Span& span) {
    m_json.key("logs").begin_array();
    for (const trace::Event& event : m_trace.events(span)) {
      const auto attributes = m_trace.attributes(event.attributes);
      const bool has_event = std::any_of(
          attributes.begin(), attributes.end(),
          [&](const Attribute& attribute) { return m_trace.text(attribute.key) == "event"; });
      m_json.begin_object()
          .member("timestamp", microseconds(event.time.time_since_epoch().count()))
          .key("fields")
          .begin_array();
      if (!has_event) {
        write_text_tag("event", m_trace.text(event.name));
      }
      write_attributes(event.attributes);
      m_json.end_array().end_object();
    }
    m_json.end_array();
  }

  void write_processes() {
    m_json.key("processes").begin_object();
    for (std::size_t number = 0; number < m_processes.places.size(); ++number) {
      const trace::Resource& resource = m_trace.columns->resources[m_processes.places[number]];
      const bool is_unknown =
          resource.service == trace::Text::empty && resource.attributes.count == 0;
      m_json.key(process_id(number))
          .begin_object()
          .member("serviceName", is_unknown ? std::string_view("OTLPResourceNoServiceName")
                                            : m_trace.text(resource.service))
          .key("tags")
          .begin_array();
      for (const Attribute& attribute : m_trace.attributes(resource.attributes)) {
        if (m_trace.text(attribute.key) != "service.name") {
          write_attribute(attribute);
        }
      }
      m_json.end_array().end_object();
    }
    m_json.end_object();
  }

  void write_attributes(trace::Range range) {
    for (const Attribute& attribute : m_trace.attributes(range)) {
      write_attribute(attribute);
    }
  }

  void write_attribute(const Attribute& attribute) {
    const std::string_view key = m_trace.text(attribute.key);
    const trace::Value value = attribute.value;
    if (m_values.is_secret(attribute)) {
      return write_tag(key, "string", to_json_string(m_values.text(attribute)));
    }
    switch (value.type()) {
      case ValueType::boolean:
        return write_tag(key, "bool", value.boolean() ? "true" : "false");
      case ValueType::integer: {
        const bool is_exact = value.integer() <= k_max_exact && value.integer() >= -k_max_exact;
        const std::string digits = fmt::format("{}", value.integer());
        return write_tag(key, "int64", is_exact ? digits : '"' + digits + '"');
      }
      case ValueType::real:
        return write_tag(key, "float64", m_values.plain_json(attribute));
      case ValueType::bytes: {
        const std::string_view text = m_trace.text(value.text());
        const std::string base64 = trace::padded_base64(text);
        const bool is_base64 = !base64.empty() || text.empty();
        return write_tag(key, is_base64 ? "binary" : "string",
                         to_json_string(is_base64 ? base64 : text));
      }
      case ValueType::empty:
      case ValueType::text:
      case ValueType::array:
      case ValueType::map:
        return write_tag(key, "string", to_json_string(m_values.text(attribute)));
    }
  }

  void write_text_tag(std::string_view key, std::string_view text) {
    if (!text.empty()) {
      write_tag(key, "string", to_json_string(text));
    }
  }

  void write_tag(std::string_view key, std::string_view type, std::string_view json) {
    m_json.begin_object().member("key", key).member("type", type).key("value").raw(json);
    m_json.end_object();
  }

  template <typename Warnings, typename TextOf>
  void write_warnings(const Warnings& warnings, TextOf text_of) {
    m_json.key("warnings");
    if (warnings.empty()) {
      m_json.raw("null");
      return;
    }
    m_json.begin_array();
    for (const auto& warning : warnings) {
      m_json.value(std::string_view(text_of(warning)));
    }
    m_json.end_array();
  }

  JsonWriter m_json;
  const trace::Trace& m_trace;
  const std::vector<std::uint32_t> m_order;
  const DistinctParts m_processes;
  TraceValues m_values;
  const std::string m_trace_id;
};

}  // namespace

void write_trace_jaeger_json(std::ostream& out, const TraceDetail& detail) {
  JaegerJson(out, detail.trace).write();
}

TraceFormat jaeger_json_trace_format() {
  return {"jaeger-json", write_trace_jaeger_json, true};
}

}  // namespace otelctl::report
