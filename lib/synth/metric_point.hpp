// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/random.hpp"
#include "base/time.hpp"
#include "synth/backward_writer.hpp"
#include "synth/metric_grid.hpp"
#include "synth/metric_readings.hpp"
#include "synth/scenario.hpp"
#include "synth/template.hpp"

// One Metric message: the parts that are always the same, and its data points.
namespace otelctl::synth {

// The metric's encoded parts and what its values are drawn from.
struct MetricForm {
  MetricForm(const MetricSpec& spec, std::string_view name, const Grid& values, std::uint32_t rows,
             Random& random);

  MetricKind kind;
  bool is_delta;
  bool is_integer;
  std::int32_t scale;
  std::optional<SpanReference> exemplar;
  std::vector<double> quantiles;
  Grid grid;
  Readings readings;
  std::string front;   // name, description and unit
  std::string tail;    // what follows the points: temporality, and whether it is monotonic
  std::string bounds;  // the field explicit_bounds, whole
};

struct PointTimes {
  Time start;  // of what is counted; gauges have none
  Time time;
  Time exemplar;
};

// What one point is made of.
struct PointSource {
  std::string_view attributes;  // whole elements of the field
  Readings::Passes passes;
  std::uint64_t word = 0;  // random, for the kinds without readings
  PointTimes times = {};
  std::optional<SpanContext> span = std::nullopt;
};

// Puts a data point in front of what was written, as an element of data_points.
void put_point(BackwardWriter& out, const MetricForm& metric, const PointSource& source);
// Makes what was written since size() was `begin`, the metric's tail and its points, an element of
// ScopeMetrics.metrics.
void close_metric(BackwardWriter& out, const MetricForm& metric, std::size_t begin);
// Bytes that a point takes at most but for its attributes, in pass number `pass`.
std::size_t most_point_bytes(const MetricForm& metric, std::uint64_t pass);

// The number of the field `attributes` in that kind's data points.
unsigned attributes_field(MetricKind kind);

}  // namespace otelctl::synth
