// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/zipkin_json.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "base/ids.hpp"
#include "base/text.hpp"
#include "otlp/json_text.hpp"
#include "server/any_value.hpp"
#include "server/legacy_json.hpp"
#include "server/resources.hpp"
#include "server/span_view.hpp"

namespace otelctl::server {
namespace {

// Zipkin's kinds; "" where it has none.
constexpr std::array<std::string_view, 6> k_kinds{"",       "",         "SERVER",
                                                  "CLIENT", "PRODUCER", "CONSUMER"};
constexpr std::uint32_t k_internal = 1;
constexpr std::uint32_t k_resource_attributes = 1;

void append_member(std::string& json, std::string_view key, std::string_view value) {
  json += json.back() == '{' ? "" : ",";
  otlp::append_json_string(json, key);
  json += ':';
  otlp::append_json_string(json, value);
}

// A value in JSON's own type; lists are JSON as text already.
void append_value(std::string& json, const Value& value) {
  switch (value.type) {
    case ValueType::boolean:
      json += value.field.value != 0 ? "true" : "false";
      break;
    case ValueType::integer:
      json += fmt::format("{}", value.integer());
      break;
    case ValueType::real:
      otlp::append_json_number(json, value.real());
      break;
    case ValueType::array:
    case ValueType::map:
      json += text_of(value);
      break;
    case ValueType::none:
      json += "null";
      break;
    case ValueType::text:
    case ValueType::bytes:
      otlp::append_json_string(json, text_of(value));
      break;
  }
}

std::string attributes_json(std::string_view message, std::uint32_t attributes) {
  std::string json = "{";
  for_each(message, attributes, [&](std::string_view content) {
    const AttributeView attribute = attribute_view(content);
    json += json.size() == 1 ? "" : ",";
    otlp::append_json_string(json, attribute.key);
    json += ':';
    append_value(json, value_of(attribute.value));
    return true;
  });
  return json + '}';
}

std::uint64_t dropped(std::string_view message, std::uint32_t number) {
  std::uint64_t count = 0;
  otlp::WireReader reader(message);
  for (otlp::WireField field; reader.next(field);) {
    count = field.number == number ? field.value : count;
  }
  return count;
}

void append_attributes(std::string& json, std::string_view resource, const SpanView& span) {
  for_each(resource, k_resource_attributes, [&](std::string_view content) {
    const AttributeView attribute = attribute_view(content);
    const bool is_hidden =
        attribute.key == "service.name" ||
        find_attribute(span.content, SpanView::k_attributes, attribute.key).has_value();
    if (!is_hidden) {
      append_member(json, attribute.key, text_of(value_of(attribute.value)));
    }
    return true;
  });
  for_each(span.content, SpanView::k_attributes, [&](std::string_view content) {
    const AttributeView attribute = attribute_view(content);
    // To Zipkin its mere presence is failure; the status says whether the span failed.
    if (attribute.key != "error") {
      append_member(json, attribute.key, text_of(value_of(attribute.value)));
    }
    return true;
  });
}

void append_links(std::string& json, const SpanView& span) {
  constexpr std::uint32_t k_trace_state = 3;
  constexpr std::uint32_t k_dropped = 5;
  std::size_t number = 0;
  for_each(span.content, SpanView::k_links, [&](std::string_view content) {
    const LinkView link = link_view(content);
    append_member(
        json, fmt::format("otlp.link.{}", number++),
        fmt::format("{}|{}|{}|{}|{}", bytes_to_hex(link.trace_id), bytes_to_hex(link.span_id),
                    single(content, k_trace_state),
                    attributes_json(content, LinkView::k_attributes), dropped(content, k_dropped)));
    return true;
  });
}

void append_tags(std::string& json, std::string_view resource, const ScopeView& scope,
                 const SpanView& span) {
  json += R"(,"tags":{)";
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) {
      append_member(json, key, value);
    }
  };
  append_attributes(json, resource, span);
  add("span.kind", span.kind == k_internal ? "internal" : "");
  add("otel.scope.name", scope.name);
  add("otel.scope.version", scope.version);
  add("w3c.tracestate", span.trace_state);
  if (span.status == k_status_ok || span.status == k_status_error) {
    add("otel.status_code", span.status == k_status_ok ? "OK" : "ERROR");
    add("otel.status_description", span.status_message);
  }
  add("error", span.status == k_status_error ? "true" : "");
  append_links(json, span);
  json += '}';
}

void append_annotations(std::string& json, const SpanView& span) {
  constexpr std::uint32_t k_dropped = 4;
  json += R"(,"annotations":[)";
  for_each(span.content, SpanView::k_events, [&](std::string_view content) {
    const EventView event = event_view(content);
    const std::string attributes = attributes_json(content, EventView::k_attributes);
    const std::uint64_t left_out = dropped(content, k_dropped);
    const bool is_plain = attributes == "{}" && left_out == 0;
    json += json.back() == '[' ? "" : ",";
    json += fmt::format(R"({{"timestamp":{},"value":)", event.time / 1000);
    otlp::append_json_string(json, is_plain
                                       ? std::string(event.name)
                                       : fmt::format("{}|{}|{}", event.name, attributes, left_out));
    json += '}';
    return true;
  });
  json += ']';
}

}  // namespace

void append_zipkin_trace(std::string& json, std::string_view traces) {
  json += '[';
  for_each_span(traces,
                [&](std::string_view resource, const ScopeView& scope, const SpanView& span) {
                  json += json.back() == '[' ? "{" : ",{";
                  append_member(json, "traceId", legacy_trace_id(span.trace_id));
                  append_member(json, "id", bytes_to_hex(span.span_id));
                  if (span.has_parent()) {
                    append_member(json, "parentId", bytes_to_hex(span.parent_id));
                  }
                  if (span.kind < k_kinds.size() && !k_kinds[span.kind].empty()) {
                    append_member(json, "kind", k_kinds[span.kind]);
                  }
                  append_member(json, "name", to_lower(span.name));
                  if (span.start > 0) {
                    json += fmt::format(R"(,"timestamp":{})", span.start / 1000);
                  }
                  if (span.end > span.start) {
                    const std::uint64_t length = (span.end - span.start) / 1000;
                    json += fmt::format(R"(,"duration":{})", std::max<std::uint64_t>(length, 1));
                  }
                  json += R"(,"localEndpoint":{"serviceName":)";
                  otlp::append_json_string(json, to_lower(service_of(resource)));
                  json += '}';
                  append_annotations(json, span);
                  append_tags(json, resource, scope, span);
                  json += '}';
                  return true;
                });
  json += ']';
}

}  // namespace otelctl::server
