// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/jaeger_text.hpp"

#include <sstream>

#include <fmt/format.h>

#include "base/base64.hpp"
#include "base/json_writer.hpp"
#include "trace/summary.hpp"

namespace otelctl::test {
namespace {

std::int64_t nanoseconds_of(Time time) {
  return time.time_since_epoch().count();
}

void write_string_attribute(JsonWriter& json, std::string_view key, std::string_view value) {
  json.begin_object()
      .member("key", key)
      .key("value")
      .begin_object()
      .member("stringValue", value)
      .end_object()
      .end_object();
}

void write_tag(JsonWriter& json, std::string_view key, std::string_view value) {
  json.begin_object()
      .member("key", key)
      .member("type", "string")
      .member("value", value)
      .end_object();
}

template <typename Id>
std::string id_text(const Id& id, const JaegerText& text) {
  return text.is_of_gateway
             ? encode_base64({reinterpret_cast<const char*>(id.bytes.data()), id.bytes.size()})
             : to_hex(id);
}

void write_not_finite(JsonWriter& json, std::string_view key, std::string_view value) {
  json.begin_object()
      .member("key", key)
      .key("value")
      .begin_object()
      .member("doubleValue", value)
      .end_object()
      .end_object();
}

void write_warning(JsonWriter& json, const std::string& warning) {
  json.begin_object().member("key", "@jaeger@warnings").key("value").begin_object();
  json.key("arrayValue").begin_object().key("values").begin_array().begin_object();
  json.member("stringValue", warning).end_object().end_array().end_object();
  json.end_object().end_object();
}

void write_kind(JsonWriter& json, trace::SpanKind kind, const JaegerText& text) {
  if (text.is_of_gateway) {
    std::string name(name_of(kind));
    for (char& c : name) {
      c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    }
    json.member("kind", "SPAN_KIND_" + name);
  } else {
    json.member("kind", static_cast<int>(kind));
  }
}

void write_status(JsonWriter& json, bool has_failed, const JaegerText& text) {
  json.key("status").begin_object();
  if (has_failed && text.is_of_gateway) {
    json.member("code", "STATUS_CODE_ERROR");
  } else if (has_failed) {
    json.member("code", 2);
  }
  json.end_object();
}

void write_otlp_span(JsonWriter& json, const trace::Trace& trace, const trace::Span& span,
                     const JaegerText& text) {
  json.begin_object().key("resource").begin_object().key("attributes").begin_array();
  write_string_attribute(json, "service.name", trace.service(span));
  json.end_array().end_object().key("scopeSpans").begin_array().begin_object();
  json.key("spans").begin_array().begin_object();
  json.member("traceId", id_text(trace.id, text)).member("spanId", id_text(span.id, text));
  if (span.parent_id.is_valid()) {
    json.member("parentSpanId", id_text(span.parent_id, text));
  }
  write_kind(json, span.kind, text);
  json.member("name", trace.text(span.name))
      .member("startTimeUnixNano", fmt::format("{}", nanoseconds_of(span.start)))
      .member("endTimeUnixNano", fmt::format("{}", nanoseconds_of(span.start + span.duration)));
  json.key("attributes").begin_array();
  for (const trace::Attribute& attribute : trace.attributes(span.attributes)) {
    write_string_attribute(json, trace.text(attribute.key), trace.text(attribute.value.text()));
  }
  if (text.has_infinite_values) {
    write_not_finite(json, "ratio", "NaN");
    write_not_finite(json, "limit", "-Infinity");
  }
  if (!text.warning.empty() && &span == &trace.spans.front()) {
    write_warning(json, text.warning);
  }
  json.end_array();
  write_status(json, span.has_failed(), text);
  json.end_object().end_array().end_object().end_array().end_object();
}

std::string legacy_id(const TraceId& id, const JaegerText& text) {
  const std::string whole = to_hex(id);
  return text.has_short_ids && whole.starts_with(std::string(16, '0')) ? whole.substr(16) : whole;
}

void write_legacy_span(JsonWriter& json, const trace::Trace& trace, const trace::Span& span,
                       const JaegerText& text) {
  json.begin_object()
      .member("traceID", legacy_id(trace.id, text))
      .member("spanID", to_hex(span.id))
      .member("operationName", trace.text(span.name))
      .key("references")
      .begin_array();
  if (span.parent_id.is_valid()) {
    json.begin_object()
        .member("refType", "CHILD_OF")
        .member("traceID", legacy_id(trace.id, text))
        .member("spanID", to_hex(span.parent_id))
        .end_object();
  }
  json.end_array()
      .member("startTime", nanoseconds_of(span.start) / 1000)
      .member("duration", std::int64_t{span.duration.count()} / 1000)
      .member("processID", fmt::format("p{}", span.resource))
      .key("tags")
      .begin_array();
  write_tag(json, "span.kind", name_of(span.kind));
  if (span.has_failed()) {
    write_tag(json, "otel.status_code", "ERROR");
  }
  for (const trace::Attribute& attribute : trace.attributes(span.attributes)) {
    write_tag(json, trace.text(attribute.key), trace.text(attribute.value.text()));
  }
  json.end_array().key("logs").begin_array().end_array();
  if (!text.warning.empty() && &span == &trace.spans.front()) {
    json.key("warnings").begin_array().value(text.warning).end_array();
  }
  json.end_object();
}

}  // namespace

std::string otlp_json(const std::vector<const trace::Trace*>& traces, const JaegerText& text) {
  if (text.is_of_gateway && traces.size() > 1) {
    std::string all;
    for (const trace::Trace* trace : traces) {
      all += otlp_json({trace}, text);
    }
    return all;
  }
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().key("result").begin_object().key("resourceSpans").begin_array();
  for (const trace::Trace* trace : traces) {
    for (const trace::Span& span : trace->spans) {
      write_otlp_span(json, *trace, span, text);
    }
  }
  json.end_array().end_object().end_object();
  return out.str();
}

std::string legacy_json(const std::vector<const trace::Trace*>& traces, const JaegerText& text) {
  std::ostringstream out;
  JsonWriter json(out, JsonWriter::Layout::compact);
  json.begin_object().key("data").begin_array();
  for (const trace::Trace* trace : traces) {
    json.begin_object().member("traceID", legacy_id(trace->id, text)).key("spans").begin_array();
    for (const trace::Span& span : trace->spans) {
      write_legacy_span(json, *trace, span, text);
    }
    json.end_array().key("processes").begin_object();
    for (std::size_t index = 0; index < trace->columns->resources.size(); ++index) {
      json.key(fmt::format("p{}", index))
          .begin_object()
          .member("serviceName", trace->text(trace->columns->resources[index].service))
          .end_object();
    }
    json.end_object().end_object();
  }
  json.end_array().member("total", 0).key("errors").raw("null").end_object();
  return out.str();
}

std::string summaries_json(const std::vector<const trace::Trace*>& traces) {
  std::ostringstream text;
  JsonWriter json(text, JsonWriter::Layout::compact);
  json.begin_object();
  if (!traces.empty()) {
    json.key("summaries").begin_array();
    for (const trace::Trace* trace : traces) {
      const trace::Summary summary = trace::summarize(*trace);
      json.begin_object()
          .member("traceId", to_hex(summary.id))
          .member("rootServiceName", summary.root_service)
          .member("rootOperationName", summary.root_name)
          .member("minStartTimeUnixNano", fmt::format("{}", nanoseconds_of(summary.start)))
          .member("maxEndTimeUnixNano",
                  fmt::format("{}", nanoseconds_of(summary.start + summary.duration)))
          .member("spanCount", std::uint64_t{summary.span_count});
      if (summary.error_count > 0) {
        json.member("errorSpanCount", std::uint64_t{summary.error_count});
      }
      json.key("services").begin_array();
      for (const trace::ServiceCount& service : summary.services) {
        json.begin_object()
            .member("name", service.name)
            .member("spanCount", std::uint64_t{service.span_count})
            .end_object();
      }
      json.end_array().end_object();
    }
    json.end_array();
  }
  json.end_object();
  return text.str();
}

}  // namespace otelctl::test
