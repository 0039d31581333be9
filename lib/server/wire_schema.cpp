// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/wire_schema.hpp"

namespace otelctl::server {
namespace {

struct FieldEntry {
  std::uint32_t number;
  std::string_view name;
  FieldKind kind;
  Message message = Message::any_value;
};

struct MessageEntry {
  Message message;
  std::string_view name;
  std::array<FieldEntry, k_highest_field> fields;
};

using enum FieldKind;
using M = Message;

// tests/unit/server/wire_schema_test.cpp compares this table with the descriptors of lib/otlp/proto.
constexpr std::array<MessageEntry, k_message_count> k_messages{{
    {M::trace_request, "ExportTraceServiceRequest",
     {{{1, "resource_spans", message, M::resource_spans}}}},
    {M::resource_spans, "ResourceSpans",
     {{{1, "resource", message, M::resource},
       {2, "scope_spans", message, M::scope_spans},
       {3, "schema_url", text}}}},
    {M::scope_spans, "ScopeSpans",
     {{{1, "scope", message, M::scope},
       {2, "spans", message, M::span},
       {3, "schema_url", text}}}},
    {M::span, "Span",
     {{{1, "trace_id", bytes},
       {2, "span_id", bytes},
       {3, "trace_state", text},
       {4, "parent_span_id", bytes},
       {5, "name", text},
       {6, "kind", varint},
       {7, "start_time_unix_nano", fixed64},
       {8, "end_time_unix_nano", fixed64},
       {9, "attributes", message, M::key_value},
       {10, "dropped_attributes_count", varint},
       {11, "events", message, M::event},
       {12, "dropped_events_count", varint},
       {13, "links", message, M::link},
       {14, "dropped_links_count", varint},
       {15, "status", message, M::status},
       {16, "flags", fixed32}}}},
    {M::event, "Event",
     {{{1, "time_unix_nano", fixed64},
       {2, "name", text},
       {3, "attributes", message, M::key_value},
       {4, "dropped_attributes_count", varint}}}},
    {M::link, "Link",
     {{{1, "trace_id", bytes},
       {2, "span_id", bytes},
       {3, "trace_state", text},
       {4, "attributes", message, M::key_value},
       {5, "dropped_attributes_count", varint},
       {6, "flags", fixed32}}}},
    {M::status, "Status", {{{2, "message", text}, {3, "code", varint}}}},
    {M::metrics_request, "ExportMetricsServiceRequest",
     {{{1, "resource_metrics", message, M::resource_metrics}}}},
    {M::resource_metrics, "ResourceMetrics",
     {{{1, "resource", message, M::resource},
       {2, "scope_metrics", message, M::scope_metrics},
       {3, "schema_url", text}}}},
    {M::scope_metrics, "ScopeMetrics",
     {{{1, "scope", message, M::scope},
       {2, "metrics", message, M::metric},
       {3, "schema_url", text}}}},
    {M::metric, "Metric",
     {{{1, "name", text},
       {2, "description", text},
       {3, "unit", text},
       {5, "gauge", message, M::gauge},
       {7, "sum", message, M::sum},
       {9, "histogram", message, M::histogram},
       {10, "exponential_histogram", message, M::exponential_histogram},
       {11, "summary", message, M::summary},
       {12, "metadata", message, M::key_value}}}},
    {M::gauge, "Gauge", {{{1, "data_points", message, M::number_point}}}},
    {M::sum, "Sum",
     {{{1, "data_points", message, M::number_point},
       {2, "aggregation_temporality", varint},
       {3, "is_monotonic", varint}}}},
    {M::histogram, "Histogram",
     {{{1, "data_points", message, M::histogram_point}, {2, "aggregation_temporality", varint}}}},
    {M::exponential_histogram, "ExponentialHistogram",
     {{{1, "data_points", message, M::exponential_point},
       {2, "aggregation_temporality", varint}}}},
    {M::summary, "Summary", {{{1, "data_points", message, M::summary_point}}}},
    {M::number_point, "NumberDataPoint",
     {{{2, "start_time_unix_nano", fixed64},
       {3, "time_unix_nano", fixed64},
       {4, "as_double", fixed64},
       {5, "exemplars", message, M::exemplar},
       {6, "as_int", fixed64},
       {7, "attributes", message, M::key_value},
       {8, "flags", varint}}}},
    {M::histogram_point, "HistogramDataPoint",
     {{{2, "start_time_unix_nano", fixed64},
       {3, "time_unix_nano", fixed64},
       {4, "count", fixed64},
       {5, "sum", fixed64},
       {6, "bucket_counts", fixed64s},
       {7, "explicit_bounds", fixed64s},
       {8, "exemplars", message, M::exemplar},
       {9, "attributes", message, M::key_value},
       {10, "flags", varint},
       {11, "min", fixed64},
       {12, "max", fixed64}}}},
    {M::exponential_point, "ExponentialHistogramDataPoint",
     {{{1, "attributes", message, M::key_value},
       {2, "start_time_unix_nano", fixed64},
       {3, "time_unix_nano", fixed64},
       {4, "count", fixed64},
       {5, "sum", fixed64},
       {6, "scale", varint},
       {7, "zero_count", fixed64},
       {8, "positive", message, M::buckets},
       {9, "negative", message, M::buckets},
       {10, "flags", varint},
       {11, "exemplars", message, M::exemplar},
       {12, "min", fixed64},
       {13, "max", fixed64},
       {14, "zero_threshold", fixed64}}}},
    {M::buckets, "Buckets", {{{1, "offset", varint}, {2, "bucket_counts", varints}}}},
    {M::summary_point, "SummaryDataPoint",
     {{{2, "start_time_unix_nano", fixed64},
       {3, "time_unix_nano", fixed64},
       {4, "count", fixed64},
       {5, "sum", fixed64},
       {6, "quantile_values", message, M::value_at_quantile},
       {7, "attributes", message, M::key_value},
       {8, "flags", varint}}}},
    {M::value_at_quantile, "ValueAtQuantile", {{{1, "quantile", fixed64}, {2, "value", fixed64}}}},
    {M::exemplar, "Exemplar",
     {{{2, "time_unix_nano", fixed64},
       {3, "as_double", fixed64},
       {4, "span_id", bytes},
       {5, "trace_id", bytes},
       {6, "as_int", fixed64},
       {7, "filtered_attributes", message, M::key_value}}}},
    {M::logs_request, "ExportLogsServiceRequest",
     {{{1, "resource_logs", message, M::resource_logs}}}},
    {M::resource_logs, "ResourceLogs",
     {{{1, "resource", message, M::resource},
       {2, "scope_logs", message, M::scope_logs},
       {3, "schema_url", text}}}},
    {M::scope_logs, "ScopeLogs",
     {{{1, "scope", message, M::scope},
       {2, "log_records", message, M::log_record},
       {3, "schema_url", text}}}},
    {M::log_record, "LogRecord",
     {{{1, "time_unix_nano", fixed64},
       {2, "severity_number", varint},
       {3, "severity_text", text},
       {5, "body", message, M::any_value},
       {6, "attributes", message, M::key_value},
       {7, "dropped_attributes_count", varint},
       {8, "flags", fixed32},
       {9, "trace_id", bytes},
       {10, "span_id", bytes},
       {11, "observed_time_unix_nano", fixed64},
       {12, "event_name", text}}}},
    {M::resource, "Resource",
     {{{1, "attributes", message, M::key_value}, {2, "dropped_attributes_count", varint}}}},
    {M::scope, "InstrumentationScope",
     {{{1, "name", text},
       {2, "version", text},
       {3, "attributes", message, M::key_value},
       {4, "dropped_attributes_count", varint}}}},
    {M::key_value, "KeyValue", {{{1, "key", text}, {2, "value", message, M::any_value}}}},
    {M::any_value, "AnyValue",
     {{{1, "string_value", text},
       {2, "bool_value", varint},
       {3, "int_value", varint},
       {4, "double_value", fixed64},
       {5, "array_value", message, M::array_value},
       {6, "kvlist_value", message, M::key_value_list},
       {7, "bytes_value", bytes}}}},
    {M::array_value, "ArrayValue", {{{1, "values", message, M::any_value}}}},
    {M::key_value_list, "KeyValueList", {{{1, "values", message, M::key_value}}}},
}};

constexpr std::array<MessageRules, k_message_count> make_rules() {
  std::array<MessageRules, k_message_count> rules{};
  for (const MessageEntry& entry : k_messages) {
    for (const FieldEntry& field : entry.fields) {
      if (field.number != 0) {
        rules[static_cast<std::size_t>(entry.message)].fields[field.number] = {field.kind,
                                                                               field.message};
      }
    }
  }
  return rules;
}

}  // namespace

constexpr std::array<MessageRules, k_message_count> k_rules = make_rules();

std::string_view name_of(Message message) {
  return k_messages[static_cast<std::size_t>(message)].name;
}

std::string_view field_name(Message message, std::uint32_t field) {
  for (const FieldEntry& entry : k_messages[static_cast<std::size_t>(message)].fields) {
    if (entry.number == field && field != 0) {
      return entry.name;
    }
  }
  return "an unknown field";
}

}  // namespace otelctl::server
