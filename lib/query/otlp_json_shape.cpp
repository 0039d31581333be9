// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What the members of OTLP/JSON are called and where they stand.
#include <initializer_list>
#include <utility>

#include "query/otlp_json.hpp"

namespace otelctl::query {

// Members are the bulk of an answer, so they are compared with few others: those of their length.
OtlpJsonReader::Field OtlpJsonReader::field_of(std::string_view name) {
  using Names = std::initializer_list<std::pair<std::string_view, Field>>;
  const auto among = [&](const Names& names) {
    for (const auto& [known, field] : names) {
      if (known == name) {
        return field;
      }
    }
    return Field::unknown;
  };
  switch (name.size()) {
    case 3:
      return among({{"key", Field::key}});
    case 4:
      return among({{"name", Field::name}, {"kind", Field::kind}, {"code", Field::code}});
    case 5:
      return among({{"value", Field::value},
                    {"spans", Field::spans},
                    {"scope", Field::scope},
                    {"links", Field::links},
                    {"flags", Field::flags},
                    {"trace", Field::trace}});
    case 6:
      return among({{"spanId", Field::span_id},
                    {"status", Field::status},
                    {"values", Field::values},
                    {"events", Field::events},
                    {"result", Field::result}});
    case 7:
      return among({{"traceId", Field::trace_id},
                    {"version", Field::version},
                    {"message", Field::message},
                    {"batches", Field::resource_spans}});
    case 8:
      return among({{"intValue", Field::int_value}, {"resource", Field::resource}});
    case 9:
      return among({{"boolValue", Field::bool_value}});
    case 10:
      return among({{"attributes", Field::attributes},
                    {"arrayValue", Field::array_value},
                    {"bytesValue", Field::bytes_value},
                    {"traceState", Field::trace_state},
                    {"scopeSpans", Field::scope_spans}});
    case 11:
      return among({{"stringValue", Field::string_value},
                    {"doubleValue", Field::double_value},
                    {"kvlistValue", Field::kvlist_value}});
    case 12:
      return among({{"parentSpanId", Field::parent_span_id}, {"timeUnixNano", Field::time}});
    case 13:
      return among({{"resourceSpans", Field::resource_spans}});
    case 15:
      return among({{"endTimeUnixNano", Field::end_time}});
    case 17:
      return among(
          {{"startTimeUnixNano", Field::start_time}, {"droppedLinksCount", Field::dropped_links}});
    case 18:
      return among({{"droppedEventsCount", Field::dropped_events}});
    case 22:
      return among({{"droppedAttributesCount", Field::dropped_attributes},
                    {"instrumentationLibrary", Field::instrumentation_library}});
    case 27:
      return among({{"instrumentationLibrarySpans", Field::instrumentation_library_spans}});
    default:
      return Field::unknown;
  }
}

OtlpJsonReader::Node OtlpJsonReader::object_in(Node parent, Field field) {
  switch (parent) {
    case Node::document:
      return field == Field::result || field == Field::trace ? Node::document : Node::ignored;
    case Node::document_list:
      return Node::document;
    case Node::resource_spans_list:
      return Node::resource_spans;
    case Node::resource_spans:
      return field == Field::resource ? Node::resource : Node::ignored;
    case Node::scope_spans_list:
      return Node::scope_spans;
    case Node::scope_spans:
      return field == Field::scope || field == Field::instrumentation_library ? Node::scope
                                                                              : Node::ignored;
    case Node::span_list:
      return Node::span;
    case Node::span:
      return field == Field::status ? Node::status : Node::ignored;
    case Node::event_list:
      return Node::event;
    case Node::link_list:
      return Node::link;
    case Node::attribute_list:
      return Node::attribute;
    case Node::attribute:
    case Node::map_entry:
      return field == Field::value ? Node::value : Node::ignored;
    case Node::value:
      return field == Field::array_value    ? Node::array_value
             : field == Field::kvlist_value ? Node::map_value
                                            : Node::ignored;
    case Node::array_value_list:
      return Node::value;
    case Node::map_entry_list:
      return Node::map_entry;
    default:
      return Node::ignored;
  }
}

OtlpJsonReader::Node OtlpJsonReader::array_in(Node parent, Field field) {
  switch (parent) {
    case Node::document:
      return field == Field::resource_spans ? Node::resource_spans_list : Node::ignored;
    case Node::resource_spans:
      return field == Field::scope_spans || field == Field::instrumentation_library_spans
                 ? Node::scope_spans_list
                 : Node::ignored;
    case Node::scope_spans:
      return field == Field::spans ? Node::span_list : Node::ignored;
    case Node::span:
      return field == Field::attributes ? Node::attribute_list
             : field == Field::events   ? Node::event_list
             : field == Field::links    ? Node::link_list
                                        : Node::ignored;
    case Node::resource:
    case Node::scope:
    case Node::event:
    case Node::link:
      return field == Field::attributes ? Node::attribute_list : Node::ignored;
    case Node::array_value:
      return field == Field::values ? Node::array_value_list : Node::ignored;
    case Node::map_value:
      return field == Field::values ? Node::map_entry_list : Node::ignored;
    default:
      return Node::ignored;
  }
}

}  // namespace otelctl::query
