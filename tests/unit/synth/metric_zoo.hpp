// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tests/unit/synth/metric_decode.hpp"

// Metrics of every kind, and how the points of one are told apart.
namespace otelctl::test {

inline std::vector<synth::MetricSpec> metrics_of_numbers(const synth::SpanReference& exemplar) {
  using namespace synth;
  return {
      {.service = 1,
       .name = "requests",
       .description = "Requests so far",
       .unit = "{request}",
       .kind = MetricKind::counter,
       .low = 0,
       .high = 9,
       .is_integer = true,
       .attributes = {{"method", OneOf{{"GET", "POST"}}},
                      {"route", Value("/{{id}}")},
                      {"code", OneOf{{std::int64_t{200}, std::int64_t{404}, std::int64_t{500}}}}},
       .exemplar = exemplar},
      {.name = "load", .kind = MetricKind::gauge, .low = 0.0, .high = 4.0, .exemplar = exemplar},
      {.name = "heat", .kind = MetricKind::counter, .low = 0.1, .high = 0.7},
      {.name = "queue",
       .kind = MetricKind::up_down_counter,
       .low = -5,
       .high = 20,
       .is_integer = true},
      {.name = "sent",
       .kind = MetricKind::counter,
       .temporality = Temporality::delta,
       .low = 3,
       .high = 8,
       .is_integer = true}};
}

inline std::vector<synth::MetricSpec> metrics_of_distributions(
    const synth::SpanReference& exemplar) {
  using namespace synth;
  return {{.service = 1,
           .name = "duration",
           .unit = "ms",
           .kind = MetricKind::histogram,
           .low = 0.5,
           .high = 120.0,
           .observations = 20,
           .bounds = {1, 5, 10, 50, 100},
           .attributes = {{"route", OneOf{{"/a", "/b"}}}},
           .exemplar = exemplar},
          {.name = "bytes",
           .kind = MetricKind::histogram,
           .temporality = Temporality::delta,
           .low = 0,
           .high = 5000,
           .is_integer = true,
           .bounds = {0, 1000, 4000},
           .exemplar = exemplar},
          {.name = "latency",
           .kind = MetricKind::exponential_histogram,
           .low = 0.002,
           .high = 3.0,
           .observations = 50,
           .exemplar = exemplar},
          {.name = "drift",
           .kind = MetricKind::exponential_histogram,
           .temporality = Temporality::delta,
           .low = -8.0,
           .high = 2.0,
           .scale = 1},
          {.name = "sizes",
           .kind = MetricKind::summary,
           .low = 0.0,
           .high = 10.0,
           .quantiles = {0.0, 0.5, 0.9, 1.0}}};
}

// Every kind of metric over two services, and a trace for the exemplars.
inline synth::Scenario gauges_to_summaries() {
  using namespace synth;
  using namespace std::chrono_literals;
  Scenario scenario;
  scenario.name = "zoo";
  scenario.services = {{.name = "front", .scope_name = "f", .scope_version = "1"},
                       {.name = "back", .resource = {{"replicas", Value(std::int64_t{3})}}}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "buy", .own_time = Uniform{1ms, 9ms}});
  trace.add({.parent = root, .service = 1, .name = "pay", .repeat_low = 1, .repeat_high = 3});
  const SpanReference pay{0, 1};
  scenario.metrics = metrics_of_numbers(pay);
  for (MetricSpec& metric : metrics_of_distributions(pay)) {
    scenario.metrics.push_back(std::move(metric));
  }
  return scenario;
}

inline synth::Scenario one_metric(synth::MetricSpec metric) {
  synth::Scenario scenario;
  scenario.name = "one";
  scenario.services = {{.name = "shop"}};
  scenario.metrics = {std::move(metric)};
  return scenario;
}

template <typename Point>
std::string identity_of(const Point& point) {
  std::string identity;
  for (const auto& attribute : point.attributes()) {
    identity += attribute.SerializeAsString();
  }
  return identity;
}

// The metric's points by series, each in the order of its passes.
template <typename Points>
auto by_series(const Points& points) {
  std::map<std::string, std::vector<typename Points::value_type>> series;
  for (const auto& point : points) {
    series[identity_of(point)].push_back(point);
  }
  return series;
}

}  // namespace otelctl::test
