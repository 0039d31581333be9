// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/record.hpp"

#include <type_traits>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"

#include "base/text.hpp"

namespace otelctl::otlp {
namespace {

namespace proto = opentelemetry::proto;

// trace.proto, enum SpanFlags: whether the parent is remote is known, and whether it is.
constexpr std::uint32_t k_has_is_remote = 0x100;
constexpr std::uint32_t k_is_remote = 0x200;

std::uint64_t unix_nanoseconds(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

void write_value(const AttributeValue& value, proto::common::v1::AnyValue& out) {
  std::visit(
      [&](const auto& plain) {
        using Plain = std::decay_t<decltype(plain)>;
        if constexpr (std::is_same_v<Plain, std::string>) {
          out.set_string_value(to_valid_utf8(plain));
        } else if constexpr (std::is_same_v<Plain, bool>) {
          out.set_bool_value(plain);
        } else if constexpr (std::is_same_v<Plain, std::int64_t>) {
          out.set_int_value(plain);
        } else if constexpr (std::is_same_v<Plain, double>) {
          out.set_double_value(plain);
        } else {
          auto& items = *out.mutable_array_value();
          for (const std::string& item : plain) {
            items.add_values()->set_string_value(to_valid_utf8(item));
          }
        }
      },
      value);
}

template <typename Message>
void write_attributes(const std::vector<Attribute>& attributes, Message& out) {
  for (const Attribute& attribute : attributes) {
    auto& pair = *out.add_attributes();
    pair.set_key(to_valid_utf8(attribute.key));
    write_value(attribute.value, *pair.mutable_value());
  }
}

void write_scope(proto::common::v1::InstrumentationScope& scope) {
  scope.set_name("otelctl");
  scope.set_version(OTELCTL_VERSION);
}

template <typename Id>
std::string raw(const Id& id) {
  return std::string(id.view());
}

}  // namespace

std::string encode_record(const SpanRecord& span) {
  proto::collector::trace::v1::ExportTraceServiceRequest request;
  auto& resource_spans = *request.add_resource_spans();
  write_attributes(span.resource, *resource_spans.mutable_resource());
  auto& scope_spans = *resource_spans.add_scope_spans();
  write_scope(*scope_spans.mutable_scope());
  auto& out = *scope_spans.add_spans();
  out.set_trace_id(raw(span.trace_id));
  out.set_span_id(raw(span.span_id));
  out.set_trace_state(to_valid_utf8(span.trace_state));
  std::uint32_t flags = k_has_is_remote | span.trace_flags;
  if (span.parent_span_id) {
    out.set_parent_span_id(raw(*span.parent_span_id));
    flags |= span.is_parent_remote ? k_is_remote : 0U;
  }
  out.set_flags(flags);
  out.set_name(to_valid_utf8(span.name));
  out.set_kind(static_cast<proto::trace::v1::Span::SpanKind>(span.kind));
  out.set_start_time_unix_nano(unix_nanoseconds(span.start));
  out.set_end_time_unix_nano(unix_nanoseconds(span.end));
  write_attributes(span.attributes, out);
  if (span.status != SpanStatus::unset) {
    out.mutable_status()->set_code(static_cast<proto::trace::v1::Status::StatusCode>(span.status));
    out.mutable_status()->set_message(to_valid_utf8(span.status_message));
  }
  return request.SerializeAsString();
}

std::string encode_record(const MetricRecord& metric) {
  proto::collector::metrics::v1::ExportMetricsServiceRequest request;
  auto& resource_metrics = *request.add_resource_metrics();
  write_attributes(metric.resource, *resource_metrics.mutable_resource());
  auto& scope_metrics = *resource_metrics.add_scope_metrics();
  write_scope(*scope_metrics.mutable_scope());
  auto& out = *scope_metrics.add_metrics();
  out.set_name(to_valid_utf8(metric.name));
  out.set_description(to_valid_utf8(metric.description));
  out.set_unit(to_valid_utf8(metric.unit));
  auto& point = *out.mutable_gauge()->add_data_points();
  point.set_time_unix_nano(unix_nanoseconds(metric.time));
  point.set_as_int(metric.value);
  write_attributes(metric.attributes, point);
  return request.SerializeAsString();
}

std::string encode_record(const LogRecord& log) {
  proto::collector::logs::v1::ExportLogsServiceRequest request;
  auto& resource_logs = *request.add_resource_logs();
  write_attributes(log.resource, *resource_logs.mutable_resource());
  auto& scope_logs = *resource_logs.add_scope_logs();
  write_scope(*scope_logs.mutable_scope());
  auto& out = *scope_logs.add_log_records();
  out.set_time_unix_nano(unix_nanoseconds(log.time));
  out.set_observed_time_unix_nano(unix_nanoseconds(log.time));
  out.set_severity_number(static_cast<proto::logs::v1::SeverityNumber>(log.severity));
  out.set_severity_text(to_valid_utf8(log.severity_text));
  out.mutable_body()->set_string_value(to_valid_utf8(log.body));
  write_attributes(log.attributes, out);
  return request.SerializeAsString();
}

}  // namespace otelctl::otlp
