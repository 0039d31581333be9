// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/otlp_messages.hpp"

#include <array>

namespace otelctl::query {
namespace {

using Node = OtlpNode;

constexpr std::array<std::string_view, 17> k_names{"TraceByIDResponse",
                                                   "TracesData",
                                                   "ResourceSpans",
                                                   "Resource",
                                                   "ScopeSpans",
                                                   "InstrumentationScope",
                                                   "Span",
                                                   "Status",
                                                   "Event",
                                                   "Link",
                                                   "KeyValue",
                                                   "AnyValue",
                                                   "ArrayValue",
                                                   "AnyValue",
                                                   "KeyValueList",
                                                   "KeyValue",
                                                   "AnyValue"};

// Before 1.0 scopes were instrumentation libraries, with a list of their own under this number.
constexpr std::uint32_t k_library_spans = 1000;
constexpr std::uint32_t k_highest_field = 16;

using Fields = std::array<ProtobufField, k_highest_field + 1>;

constexpr ProtobufField message(Node node, std::string_view name) {
  return {ProtobufType::message, static_cast<std::uint8_t>(node), name};
}
constexpr ProtobufField text(std::string_view name) {
  return {ProtobufType::text, 0, name};
}
constexpr ProtobufField varint(std::string_view name) {
  return {ProtobufType::varint, 0, name};
}
constexpr ProtobufField fixed32(std::string_view name) {
  return {ProtobufType::fixed32, 0, name};
}
constexpr ProtobufField fixed64(std::string_view name) {
  return {ProtobufType::fixed64, 0, name};
}

constexpr Fields fields_of_span() {
  Fields fields{};
  fields[1] = text("trace_id");
  fields[2] = text("span_id");
  fields[3] = text("trace_state");
  fields[4] = text("parent_span_id");
  fields[5] = text("name");
  fields[6] = varint("kind");
  fields[7] = fixed64("start_time_unix_nano");
  fields[8] = fixed64("end_time_unix_nano");
  fields[9] = message(Node::attribute, "attributes");
  fields[10] = varint("dropped_attributes_count");
  fields[11] = message(Node::event, "events");
  fields[12] = varint("dropped_events_count");
  fields[13] = message(Node::link, "links");
  fields[14] = varint("dropped_links_count");
  fields[15] = message(Node::status, "status");
  fields[16] = fixed32("flags");
  return fields;
}

constexpr Fields fields_of_event() {
  Fields fields{};
  fields[1] = fixed64("time_unix_nano");
  fields[2] = text("name");
  fields[3] = message(Node::attribute, "attributes");
  fields[4] = varint("dropped_attributes_count");
  return fields;
}

constexpr Fields fields_of_link() {
  Fields fields{};
  fields[1] = text("trace_id");
  fields[2] = text("span_id");
  fields[3] = text("trace_state");
  fields[4] = message(Node::attribute, "attributes");
  fields[5] = varint("dropped_attributes_count");
  fields[6] = fixed32("flags");
  return fields;
}

constexpr Fields fields_of_value() {
  Fields fields{};
  fields[1] = text("string_value");
  fields[2] = varint("bool_value");
  fields[3] = varint("int_value");
  fields[4] = fixed64("double_value");
  fields[5] = message(Node::array_value, "array_value");
  fields[6] = message(Node::map_value, "kvlist_value");
  fields[7] = text("bytes_value");
  return fields;
}

constexpr std::array<Fields, k_names.size()> all_fields() {
  std::array<Fields, k_names.size()> all{};
  const auto of = [&all](Node node) -> Fields& { return all[static_cast<std::size_t>(node)]; };
  of(Node::tempo_answer)[1] = message(Node::traces, "trace");
  of(Node::tempo_answer)[3] = varint("status");
  of(Node::tempo_answer)[4] = text("message");
  of(Node::traces)[1] = message(Node::resource_spans, "resource_spans");
  of(Node::resource_spans)[1] = message(Node::resource, "resource");
  of(Node::resource_spans)[2] = message(Node::scope_spans, "scope_spans");
  of(Node::resource)[1] = message(Node::attribute, "attributes");
  of(Node::scope_spans)[1] = message(Node::scope, "scope");
  of(Node::scope_spans)[2] = message(Node::span, "spans");
  of(Node::scope)[1] = text("name");
  of(Node::scope)[2] = text("version");
  of(Node::scope)[3] = message(Node::attribute, "attributes");
  of(Node::span) = fields_of_span();
  of(Node::status)[2] = text("message");
  of(Node::status)[3] = varint("code");
  of(Node::event) = fields_of_event();
  of(Node::link) = fields_of_link();
  of(Node::attribute)[1] = text("key");
  of(Node::attribute)[2] = message(Node::value, "value");
  for (const Node value : {Node::value, Node::element, Node::entry_value}) {
    of(value) = fields_of_value();
  }
  of(Node::array_value)[1] = message(Node::element, "values");
  of(Node::map_value)[1] = message(Node::map_entry, "values");
  of(Node::map_entry)[1] = text("key");
  of(Node::map_entry)[2] = message(Node::entry_value, "value");
  return all;
}

constexpr std::array<Fields, k_names.size()> k_fields = all_fields();

}  // namespace

ProtobufField otlp_field(OtlpNode node, std::uint32_t number) {
  if (number <= k_highest_field) {
    return k_fields[static_cast<std::size_t>(node)][number];
  }
  const bool is_old = number == k_library_spans && node == Node::resource_spans;
  return is_old ? message(Node::scope_spans, "instrumentation_library_spans") : ProtobufField{};
}

std::string_view otlp_message_name(OtlpNode node) {
  return k_names[static_cast<std::size_t>(node)];
}

}  // namespace otelctl::query
