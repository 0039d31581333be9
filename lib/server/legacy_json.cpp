// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/legacy_json.hpp"

#include <array>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "otlp/json_text.hpp"
#include "server/any_value.hpp"
#include "server/resources.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

// Beyond these JavaScript's numbers are not exact, and Jaeger writes text.
constexpr std::int64_t k_max_exact = (std::int64_t{1} << 53) - 1;
constexpr std::array<std::string_view, 6> k_kinds{"",       "internal", "server",
                                                  "client", "producer", "consumer"};

// A comma, unless a bracket was opened just before.
void separate(std::string& json) {
  if (json.back() != '[' && json.back() != '{') {
    json += ',';
  }
}

void append_tag_head(std::string& json, std::string_view key, std::string_view type) {
  separate(json);
  json += R"({"key":)";
  otlp::append_json_string(json, key);
  json += fmt::format(R"(,"type":"{}","value":)", type);
}

void append_text_tag(std::string& json, std::string_view key, std::string_view value) {
  append_tag_head(json, key, "string");
  otlp::append_json_string(json, value);
  json += '}';
}

void append_tag(std::string& json, std::string_view key, const Value& value) {
  switch (value.type) {
    case ValueType::boolean:
      append_tag_head(json, key, "bool");
      json += value.field.value != 0 ? "true" : "false";
      break;
    case ValueType::integer: {
      append_tag_head(json, key, "int64");
      const bool is_exact = value.integer() <= k_max_exact && value.integer() >= -k_max_exact;
      json +=
          is_exact ? fmt::format("{}", value.integer()) : fmt::format("\"{}\"", value.integer());
      break;
    }
    case ValueType::real:
      append_tag_head(json, key, "float64");
      otlp::append_json_number(json, value.real());
      break;
    case ValueType::bytes: {
      append_tag_head(json, key, "binary");
      json += '"' + text_of(value) + '"';
      break;
    }
    case ValueType::none:
    case ValueType::text:
    case ValueType::array:
    case ValueType::map:
      append_tag_head(json, key, "string");
      otlp::append_json_string(json, text_of(value));
      break;
  }
  json += '}';
}

void append_attributes(std::string& json, std::string_view message, std::uint32_t attributes,
                       std::string_view without = {}) {
  for_each(message, attributes, [&](std::string_view content) {
    const AttributeView attribute = attribute_view(content);
    if (without.empty() || attribute.key != without) {
      append_tag(json, attribute.key, value_of(attribute.value));
    }
    return true;
  });
}

void append_tags(std::string& json, const ScopeView& scope, const SpanView& span) {
  json += R"("tags":[)";
  if (!scope.name.empty()) {
    append_text_tag(json, "otel.scope.name", scope.name);
  }
  if (!scope.version.empty()) {
    append_text_tag(json, "otel.scope.version", scope.version);
  }
  append_attributes(json, span.content, SpanView::k_attributes);
  if (span.kind > 0 && span.kind < k_kinds.size()) {
    append_text_tag(json, "span.kind", k_kinds[span.kind]);
  }
  if (span.status == k_status_ok || span.status == k_status_error) {
    append_text_tag(json, "otel.status_code", span.status == k_status_ok ? "OK" : "ERROR");
  }
  if (span.status == k_status_error) {
    append_tag_head(json, "error", "bool");
    json += "true}";
  }
  if (!span.status_message.empty()) {
    append_text_tag(json, "otel.status_description", span.status_message);
  }
  if (!span.trace_state.empty()) {
    append_text_tag(json, "w3c.tracestate", span.trace_state);
  }
  json += ']';
}

void append_reference(std::string& json, bool is_child, std::string_view trace_id,
                      std::string_view span_id) {
  separate(json);
  json += fmt::format(R"({{"refType":"{}","traceID":"{}","spanID":"{}"}})",
                      is_child ? "CHILD_OF" : "FOLLOWS_FROM", legacy_trace_id(trace_id),
                      bytes_to_hex(span_id));
}

// Jaeger reads OpenTracing's kind of reference from an attribute of the link.
bool is_child_link(const LinkView& link) {
  const auto type = find_attribute(link.content, LinkView::k_attributes, "opentracing.ref_type");
  return type && text_of(value_of(*type)) == "child_of";
}

// The parent first; a link to the parent only gives that reference its type.
void append_references(std::string& json, const SpanView& span) {
  const auto is_parent = [&](const LinkView& link) {
    return span.has_parent() && link.trace_id == span.trace_id && link.span_id == span.parent_id;
  };
  bool is_child = true;
  for_each(span.content, SpanView::k_links, [&](std::string_view content) {
    const LinkView link = link_view(content);
    is_child = is_parent(link) ? is_child_link(link) : is_child;
    return true;
  });
  json += R"("references":[)";
  if (span.has_parent()) {
    append_reference(json, is_child, span.trace_id, span.parent_id);
  }
  for_each(span.content, SpanView::k_links, [&](std::string_view content) {
    const LinkView link = link_view(content);
    if (!is_parent(link)) {
      append_reference(json, is_child_link(link), link.trace_id, link.span_id);
    }
    return true;
  });
  json += ']';
}

void append_logs(std::string& json, const SpanView& span) {
  json += R"("logs":[)";
  for_each(span.content, SpanView::k_events, [&](std::string_view content) {
    const EventView event = event_view(content);
    separate(json);
    json += fmt::format(R"({{"timestamp":{},"fields":[)", event.time / 1000);
    if (!event.name.empty() && !find_attribute(content, EventView::k_attributes, "event")) {
      append_text_tag(json, "event", event.name);
    }
    append_attributes(json, content, EventView::k_attributes);
    json += "]}";
    return true;
  });
  json += ']';
}

void append_span(std::string& json, const ScopeView& scope, const SpanView& span,
                 std::size_t process) {
  separate(json);
  json += fmt::format(R"({{"traceID":"{}","spanID":"{}","operationName":)",
                      legacy_trace_id(span.trace_id), bytes_to_hex(span.span_id));
  otlp::append_json_string(json, span.name);
  json += ',';
  append_references(json, span);
  const std::uint64_t duration = span.end > span.start ? span.end - span.start : 0;
  json += fmt::format(R"(,"startTime":{},"duration":{},)", span.start / 1000, duration / 1000);
  append_tags(json, scope, span);
  json += ',';
  append_logs(json, span);
  json += fmt::format(R"(,"processID":"p{}","warnings":null}})", process);
}

std::string process_of(std::string_view resource) {
  std::string json = R"({"serviceName":)";
  otlp::append_json_string(json, service_of(resource));
  json += R"(,"tags":[)";
  append_attributes(json, resource, 1, "service.name");
  return json + "]}";
}

}  // namespace

std::string legacy_trace_id(std::string_view raw) {
  const bool is_short =
      raw.size() == 16 && raw.substr(0, 8).find_first_not_of('\0') == std::string_view::npos;
  return bytes_to_hex(is_short ? raw.substr(8) : raw);
}

void append_legacy_trace(std::string& json, std::string_view traces) {
  // Equal processes are one, named in the order of their first spans.
  std::map<std::string, std::size_t> processes;
  std::vector<const std::string*> in_order;
  std::string_view last_resource;
  std::size_t process = 0;
  std::string spans = "[";
  std::string trace_id;
  for_each_span(traces,
                [&](std::string_view resource, const ScopeView& scope, const SpanView& span) {
                  if (process == 0 || resource.data() != last_resource.data()) {
                    const auto [entry, is_new] =
                        processes.try_emplace(process_of(resource), processes.size() + 1);
                    if (is_new) {
                      in_order.push_back(&entry->first);
                    }
                    process = entry->second;
                    last_resource = resource;
                  }
                  if (trace_id.empty()) {
                    trace_id = legacy_trace_id(span.trace_id);
                  }
                  append_span(spans, scope, span, process);
                  return true;
                });
  json += fmt::format(R"({{"traceID":"{}","spans":)", trace_id);
  json += spans;
  json += R"(],"processes":{)";
  for (std::size_t index = 0; index < in_order.size(); ++index) {
    separate(json);
    json += fmt::format(R"("p{}":)", index + 1);
    json += *in_order[index];
  }
  json += R"(},"warnings":null})";
}

std::string indented(std::string_view json) {
  std::string text;
  std::size_t depth = 0;
  bool is_in_string = false;
  const auto new_line = [&] { text.append("\n").append(depth * 4, ' '); };
  for (std::size_t at = 0; at < json.size(); ++at) {
    const char c = json[at];
    if (is_in_string || c == '"') {
      text += c;
      if (c == '\\') {
        text += json[++at];
      } else if (c == '"') {
        is_in_string = !is_in_string;
      }
      continue;
    }
    const char next = at + 1 < json.size() ? json[at + 1] : '\0';
    if (c == '{' || c == '[') {
      text += c;
      if (next == '}' || next == ']') {
        text += next;
        ++at;
        continue;
      }
      ++depth;
      new_line();
    } else if (c == '}' || c == ']') {
      --depth;
      new_line();
      text += c;
    } else {
      text += c;
      if (c == ',') {
        new_line();
      } else if (c == ':') {
        text += ' ';
      }
    }
  }
  return text;
}

}  // namespace otelctl::server
