// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/partial.hpp"

#include <algorithm>

#include "opentelemetry/proto/collector/logs/v1/logs_service.pb.h"
#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include "opentelemetry/proto/collector/trace/v1/trace_service.pb.h"
#include <google/protobuf/io/coded_stream.h>

#include "otlp/wire_schema.hpp"

namespace otelctl::server {
namespace {

namespace collector = opentelemetry::proto::collector;
using opentelemetry::proto::metrics::v1::Metric;

// Removes records until `left` is used up.
template <typename Records>
void remove_front(Records& records, std::uint64_t& left) {
  const auto count = std::min(left, static_cast<std::uint64_t>(records.size()));
  records.DeleteSubrange(0, static_cast<int>(count));
  left -= count;
}

void remove_points(Metric& metric, std::uint64_t& left) {
  switch (metric.data_case()) {
    case Metric::kGauge:
      return remove_front(*metric.mutable_gauge()->mutable_data_points(), left);
    case Metric::kSum:
      return remove_front(*metric.mutable_sum()->mutable_data_points(), left);
    case Metric::kHistogram:
      return remove_front(*metric.mutable_histogram()->mutable_data_points(), left);
    case Metric::kExponentialHistogram:
      return remove_front(*metric.mutable_exponential_histogram()->mutable_data_points(), left);
    case Metric::kSummary:
      return remove_front(*metric.mutable_summary()->mutable_data_points(), left);
    case Metric::DATA_NOT_SET:
      return;
  }
}

void remove_records(collector::trace::v1::ExportTraceServiceRequest& request, std::uint64_t& left) {
  for (auto& resource : *request.mutable_resource_spans()) {
    for (auto& scope : *resource.mutable_scope_spans()) {
      remove_front(*scope.mutable_spans(), left);
    }
  }
}

void remove_records(collector::metrics::v1::ExportMetricsServiceRequest& request,
                    std::uint64_t& left) {
  for (auto& resource : *request.mutable_resource_metrics()) {
    for (auto& scope : *resource.mutable_scope_metrics()) {
      for (Metric& metric : *scope.mutable_metrics()) {
        remove_points(metric, left);
      }
    }
  }
}

void remove_records(collector::logs::v1::ExportLogsServiceRequest& request, std::uint64_t& left) {
  for (auto& resource : *request.mutable_resource_logs()) {
    for (auto& scope : *resource.mutable_scope_logs()) {
      remove_front(*scope.mutable_log_records(), left);
    }
  }
}

template <typename Request>
Reduced reduce(std::string_view payload, std::uint64_t count) {
  google::protobuf::io::CodedInputStream input(
      reinterpret_cast<const std::uint8_t*>(payload.data()), static_cast<int>(payload.size()));
  input.SetRecursionLimit(otlp::k_max_nesting);
  Request request;
  request.ParseFromCodedStream(&input);
  std::uint64_t left = count;
  remove_records(request, left);
  return {request.SerializeAsString(), count - left};
}

}  // namespace

Reduced without_first(Signal signal, std::string_view payload, std::uint64_t count) {
  switch (signal) {
    case Signal::traces:
      return reduce<collector::trace::v1::ExportTraceServiceRequest>(payload, count);
    case Signal::metrics:
      return reduce<collector::metrics::v1::ExportMetricsServiceRequest>(payload, count);
    case Signal::logs:
      return reduce<collector::logs::v1::ExportLogsServiceRequest>(payload, count);
  }
  return {};
}

}  // namespace otelctl::server
