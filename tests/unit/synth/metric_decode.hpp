// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "opentelemetry/proto/collector/metrics/v1/metrics_service.pb.h"
#include <doctest/doctest.h>

#include "synth/metric_template.hpp"
#include "tests/unit/synth/decode.hpp"

// What the encoder of metrics writes, read by protobuf.
namespace otelctl::test {

namespace metrics_proto = opentelemetry::proto::metrics::v1;
using MetricsRequest = opentelemetry::proto::collector::metrics::v1::ExportMetricsServiceRequest;

inline const synth::MetricOptions k_metric_options{
    .seed = 1, .start = k_start - std::chrono::hours(1), .interval = std::chrono::seconds(1)};

inline synth::MetricTemplate compile_metrics(
    const synth::Scenario& scenario, const synth::MetricOptions& options = k_metric_options) {
  auto compiled = synth::MetricTemplate::compile(scenario, options);
  REQUIRE(compiled);
  return std::move(*compiled);
}

inline std::string encode(const synth::Generator& generator,
                          const std::vector<synth::Slice>& slices) {
  const auto workspace = generator.make_workspace();
  return std::string(generator.encode(slices, synth::Anchor::start, *workspace));
}

// Whole passes from number `first` on, a second apart.
inline std::vector<synth::Slice> whole_passes(const synth::Generator& generator,
                                              std::uint64_t count, std::uint64_t first = 0) {
  std::vector<synth::Slice> slices;
  for (std::uint64_t pass = first; pass < first + count; ++pass) {
    slices.push_back({pass, 0, generator.size(pass),
                      k_start + std::chrono::seconds(static_cast<std::int64_t>(pass))});
  }
  return slices;
}

inline MetricsRequest decode_metrics(std::string_view payload) {
  MetricsRequest request;
  REQUIRE(request.ParseFromArray(payload.data(), static_cast<int>(payload.size())));
  return request;
}

inline MetricsRequest passes_of(const synth::MetricTemplate& metrics, std::uint64_t count,
                                std::uint64_t first = 0) {
  return decode_metrics(encode(metrics, whole_passes(metrics, count, first)));
}

inline std::vector<metrics_proto::Metric> metrics_of(const MetricsRequest& request) {
  std::vector<metrics_proto::Metric> metrics;
  for (const auto& resource : request.resource_metrics()) {
    for (const auto& scope : resource.scope_metrics()) {
      metrics.insert(metrics.end(), scope.metrics().begin(), scope.metrics().end());
    }
  }
  return metrics;
}

// The reference lives as long as the request.
inline const metrics_proto::Metric& metric_called(const MetricsRequest& request,
                                                  std::string_view name) {
  for (const auto& resource : request.resource_metrics()) {
    for (const auto& scope : resource.scope_metrics()) {
      for (const auto& metric : scope.metrics()) {
        if (metric.name() == name) {
          return metric;
        }
      }
    }
  }
  FAIL("no metric " << name);
  return request.resource_metrics(0).scope_metrics(0).metrics(0);
}

}  // namespace otelctl::test
