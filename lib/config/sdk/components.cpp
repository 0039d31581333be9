// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/sdk/components.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace otelctl::config::sdk {
namespace {

struct Row {
  // What the definitions that choose it end in.
  std::string_view point;
  std::string_view name;
  std::string_view now;
  std::string_view help;
};

// Sources: the change log of opentelemetry-configuration up to 1.1.0; the Collector's and the
// environment's names for the same things, which people bring along.
constexpr std::array<Row, 17> k_old_components{{
    {"Exporter", "otlp", "", "since 1.0 the transport is in the name: otlp_http or otlp_grpc"},
    {"Exporter", "otlphttp", "otlp_http", "write otlp_http"},
    {"Exporter", "otlpgrpc", "otlp_grpc", "write otlp_grpc"},
    {"Exporter", "otlp/stdout", "otlp_file/development", "write otlp_file/development"},
    {"Exporter", "jaeger", "", "it is gone from SDKs: use otlp_grpc, Jaeger takes it on port 4317"},
    {"Exporter", "zipkin", "", "it is gone from the schema: use otlp_http or otlp_grpc"},
    {"Exporter", "logging", "console", "the console exporter is meant"},
    {"Exporter", "debug", "console", "that is the Collector's; here it is console"},
    {"Exporter", "stdout", "console", "write console"},
    {"Sampler", "traceidratio", "trace_id_ratio_based", "write trace_id_ratio_based"},
    {"Sampler", "trace_id_ratio", "trace_id_ratio_based", "write trace_id_ratio_based"},
    {"Sampler", "parentbased_always_on", "", "write parent_based with root: always_on"},
    {"Sampler", "parentbased_always_off", "", "write parent_based with root: always_off"},
    {"Sampler", "parentbased_traceidratio", "",
     "write parent_based with root: trace_id_ratio_based"},
    {"Sampler", "alwayson", "always_on", "write always_on"},
    {"Sampler", "alwaysoff", "always_off", "write always_off"},
    {"MetricProducer", "prometheus", "", "it was taken out before 1.0: use the pull reader"},
}};

}  // namespace

std::optional<OldComponent> find_old_component(const schema::Rules& point, std::string_view name) {
  const auto* const found = std::find_if(
      k_old_components.begin(), k_old_components.end(),
      [&](const Row& row) { return row.name == name && point.name.ends_with(row.point); });
  if (found != k_old_components.end()) {
    return OldComponent{std::string(found->now), std::string(found->help)};
  }
  // "otlp_file" where the schema has "otlp_file/development".
  for (const schema::Property& property : point.properties) {
    const std::string_view whole = property.name;
    if (whole.starts_with(name) && whole.substr(name.size()).starts_with('/')) {
      return OldComponent{property.name, fmt::format("it is experimental: write {}", whole)};
    }
  }
  return std::nullopt;
}

}  // namespace otelctl::config::sdk
