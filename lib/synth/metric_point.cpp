// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_point.hpp"

#include <array>
#include <bit>

#include "synth/sequence.hpp"
#include "synth/wire.hpp"

namespace otelctl::synth {
namespace {

// Field numbers of opentelemetry/proto/metrics/v1/metrics.proto. The points of all kinds have the
// first three in common.
namespace field {
constexpr unsigned k_start = 2;
constexpr unsigned k_time = 3;
constexpr unsigned k_count = 4;
constexpr unsigned k_scope_metrics_metrics = 2;
}  // namespace field
namespace number {
constexpr unsigned k_as_double = 4;
constexpr unsigned k_exemplars = 5;
constexpr unsigned k_as_int = 6;
constexpr unsigned k_attributes = 7;
}  // namespace number
namespace histogram {
constexpr unsigned k_sum = 5;
constexpr unsigned k_bucket_counts = 6;
constexpr unsigned k_explicit_bounds = 7;
constexpr unsigned k_exemplars = 8;
constexpr unsigned k_attributes = 9;
constexpr unsigned k_min = 11;
constexpr unsigned k_max = 12;
}  // namespace histogram
namespace exponential {
constexpr unsigned k_attributes = 1;
constexpr unsigned k_sum = 5;
constexpr unsigned k_scale = 6;
constexpr unsigned k_zero_count = 7;
constexpr unsigned k_positive = 8;
constexpr unsigned k_negative = 9;
constexpr unsigned k_exemplars = 11;
constexpr unsigned k_min = 12;
constexpr unsigned k_max = 13;
constexpr unsigned k_zero_threshold = 14;
}  // namespace exponential
namespace summary {
constexpr unsigned k_sum = 5;
constexpr unsigned k_quantile_values = 6;
constexpr unsigned k_attributes = 7;
}  // namespace summary
namespace exemplar {
constexpr unsigned k_time = 2;
constexpr unsigned k_as_double = 3;
constexpr unsigned k_span_id = 4;
constexpr unsigned k_trace_id = 5;
constexpr unsigned k_as_int = 6;
}  // namespace exemplar

constexpr std::uint64_t k_delta = 1;
constexpr std::uint64_t k_cumulative = 2;

std::uint64_t nanoseconds_of(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

// sint32: numbers near zero of either sign are short.
std::uint64_t zigzag(std::int32_t value) {
  const auto bits = static_cast<std::uint32_t>(value);
  return (bits << 1U) ^ (value < 0 ? 0xFFFFFFFFU : 0U);
}

void put_times(BackwardWriter& out, const PointTimes& times) {
  out.put_fixed64_field(field::k_time, nanoseconds_of(times.time));
  out.put_fixed64_field(field::k_start, nanoseconds_of(times.start));
}

void put_exemplar(BackwardWriter& out, unsigned field, const MetricForm& metric,
                  const PointSource& source, std::int64_t value) {
  if (!source.span) {
    return;
  }
  const std::size_t begin = out.size();
  if (metric.is_integer) {
    out.put_fixed64_field(exemplar::k_as_int, static_cast<std::uint64_t>(value));
  }
  out.put_bytes_field(exemplar::k_trace_id, source.span->trace_id.view());
  out.put_bytes_field(exemplar::k_span_id, source.span->span_id.view());
  if (!metric.is_integer) {
    out.put_double_field(exemplar::k_as_double, metric.grid.value(value));
  }
  out.put_fixed64_field(exemplar::k_time, nanoseconds_of(source.times.exemplar));
  out.close_field(field, begin);
}

void put_number(BackwardWriter& out, const MetricForm& metric, const PointSource& source) {
  const bool is_counter = metric.kind == MetricKind::counter;
  const std::int64_t value =
      is_counter
          ? metric.readings.total(source.passes)
          : metric.grid.low + static_cast<std::int64_t>(below(metric.grid.choices(), source.word));
  out.put(source.attributes);
  if (metric.is_integer) {
    out.put_fixed64_field(number::k_as_int, static_cast<std::uint64_t>(value));
  }
  // Of a counter what was measured is what was added.
  put_exemplar(out, number::k_exemplars, metric, source,
               is_counter ? metric.readings.example(source.passes.to - 1) : value);
  if (!metric.is_integer) {
    out.put_double_field(number::k_as_double, metric.grid.value(value));
  }
  if (metric.kind == MetricKind::gauge) {
    out.put_fixed64_field(field::k_time, nanoseconds_of(source.times.time));
  } else {
    put_times(out, source.times);
  }
}

void put_extremes(BackwardWriter& out, unsigned min_field, unsigned max_field,
                  const MetricForm& metric, const Readings::Passes& passes) {
  out.put_double_field(max_field, metric.grid.value(metric.readings.highest(passes)));
  out.put_double_field(min_field, metric.grid.value(metric.readings.lowest(passes)));
}

void put_count_and_sum(BackwardWriter& out, unsigned sum_field, const MetricForm& metric,
                       const Readings::Passes& passes) {
  out.put_double_field(sum_field, metric.grid.value(metric.readings.sum(passes)));
  out.put_fixed64_field(field::k_count, metric.readings.count(passes));
}

void put_histogram(BackwardWriter& out, const MetricForm& metric, const PointSource& source) {
  const Readings::Passes& passes = source.passes;
  put_extremes(out, histogram::k_min, histogram::k_max, metric, passes);
  out.put(source.attributes);
  put_exemplar(out, histogram::k_exemplars, metric, source, metric.readings.example(passes.to - 1));
  out.put(metric.bounds);
  const std::size_t begin = out.size();
  metric.readings.for_each_bucket_backwards(
      passes, [&](std::size_t, std::uint64_t count) { out.put_fixed64(count); });
  out.close_field(histogram::k_bucket_counts, begin);
  put_count_and_sum(out, histogram::k_sum, metric, passes);
  put_times(out, source.times);
}

void close_buckets(BackwardWriter& out, unsigned field, std::int32_t offset, std::size_t begin) {
  constexpr unsigned k_offset = 1;
  constexpr unsigned k_bucket_counts = 2;
  out.close_field(k_bucket_counts, begin);
  if (offset != 0) {
    out.put_varint_field(k_offset, zigzag(offset));
  }
  out.close_field(field, begin);
}

// The fields negative, positive and zero_count. A sign without buckets is left out.
void put_exponential_buckets(BackwardWriter& out, const MetricForm& metric,
                             const Readings::Passes& passes) {
  const Buckets& buckets = metric.readings.buckets();
  const std::size_t zero = buckets.negative().count;
  std::array<std::uint64_t, 2 * std::size_t{Buckets::k_max_exponential} + 1> counts{};
  metric.readings.for_each_bucket_backwards(
      passes, [&](std::size_t index, std::uint64_t count) { counts[index] = count; });
  const auto put_range = [&](unsigned field, const ExponentialRange& range, std::size_t first) {
    if (range.count == 0) {
      return;
    }
    const std::size_t begin = out.size();
    for (std::size_t index = range.count; index-- > 0;) {
      out.put_varint(counts[first + index]);
    }
    close_buckets(out, field, range.offset, begin);
  };
  put_range(exponential::k_negative, buckets.negative(), 0);
  put_range(exponential::k_positive, buckets.positive(), zero + 1);
  if (counts[zero] > 0) {
    out.put_fixed64_field(exponential::k_zero_count, counts[zero]);
  }
}

void put_exponential(BackwardWriter& out, const MetricForm& metric, const PointSource& source) {
  const Readings::Passes& passes = source.passes;
  if (const double threshold = metric.readings.buckets().zero_threshold(); threshold > 0.0) {
    out.put_double_field(exponential::k_zero_threshold, threshold);
  }
  put_extremes(out, exponential::k_min, exponential::k_max, metric, passes);
  put_exemplar(out, exponential::k_exemplars, metric, source,
               metric.readings.example(passes.to - 1));
  put_exponential_buckets(out, metric, passes);
  if (metric.scale != 0) {
    out.put_varint_field(exponential::k_scale, zigzag(metric.scale));
  }
  put_count_and_sum(out, exponential::k_sum, metric, passes);
  put_times(out, source.times);
  out.put(source.attributes);
}

// Fields that proto3 leaves out when they are 0.
void put_nonzero(BackwardWriter& out, unsigned field, double value) {
  if (value != 0.0) {
    out.put_double_field(field, value);
  }
}

void put_summary(BackwardWriter& out, const MetricForm& metric, const PointSource& source) {
  const Readings::Passes& passes = source.passes;
  out.put(source.attributes);
  const std::int64_t* const values = metric.readings.quantiles(passes.to - 1);
  for (std::size_t index = metric.quantiles.size(); index-- > 0;) {
    const std::size_t begin = out.size();
    put_nonzero(out, 2, metric.grid.value(values[index]));
    put_nonzero(out, 1, metric.quantiles[index]);
    out.close_field(summary::k_quantile_values, begin);
  }
  put_nonzero(out, summary::k_sum, metric.grid.value(metric.readings.sum(passes)));
  out.put_fixed64_field(field::k_count, metric.readings.count(passes));
  put_times(out, source.times);
}

// The member of Metric that holds the kind's points.
unsigned data_field(MetricKind kind) {
  switch (kind) {
    case MetricKind::gauge:
      return 5;
    case MetricKind::counter:
    case MetricKind::up_down_counter:
      return 7;
    case MetricKind::histogram:
      return 9;
    case MetricKind::exponential_histogram:
      return 10;
    case MetricKind::summary:
      return 11;
  }
  return 5;
}

std::string encode_front(const MetricSpec& spec, std::string_view name) {
  std::string front;
  append_bytes_field(front, 1, name);
  if (!spec.description.empty()) {
    append_bytes_field(front, 2, spec.description);
  }
  if (!spec.unit.empty()) {
    append_bytes_field(front, 3, spec.unit);
  }
  return front;
}

std::string encode_tail(const MetricSpec& spec) {
  std::string tail;
  if (spec.kind == MetricKind::gauge || spec.kind == MetricKind::summary) {
    return tail;
  }
  append_varint_field(tail, 2, spec.temporality == Temporality::delta ? k_delta : k_cumulative);
  if (spec.kind == MetricKind::counter) {
    append_varint_field(tail, 3, 1);
  }
  return tail;
}

std::string encode_bounds(const MetricSpec& spec) {
  std::string bounds;
  if (spec.kind != MetricKind::histogram || spec.bounds.empty()) {
    return bounds;
  }
  append_tag(bounds, histogram::k_explicit_bounds, WireType::bytes);
  append_varint(bounds, 8 * spec.bounds.size());
  for (const double bound : spec.bounds) {
    bounds.append(8, '\0');
    put_fixed64(bounds.data() + bounds.size() - 8, std::bit_cast<std::uint64_t>(bound));
  }
  return bounds;
}

}  // namespace

MetricForm::MetricForm(const MetricSpec& spec, std::string_view name, const Grid& values,
                       std::uint32_t rows, Random& random)
    : kind(spec.kind),
      is_delta(spec.temporality == Temporality::delta && kind != MetricKind::summary),
      is_integer(spec.is_integer),
      scale(spec.scale),
      exemplar(spec.exemplar),
      quantiles(spec.quantiles),
      grid(values),
      readings(spec, values, rows, random),
      front(encode_front(spec, name)),
      tail(encode_tail(spec)),
      bounds(encode_bounds(spec)) {}

void put_point(BackwardWriter& out, const MetricForm& metric, const PointSource& source) {
  constexpr unsigned k_data_points = 1;
  const std::size_t begin = out.size();
  switch (metric.kind) {
    case MetricKind::gauge:
    case MetricKind::counter:
    case MetricKind::up_down_counter:
      put_number(out, metric, source);
      break;
    case MetricKind::histogram:
      put_histogram(out, metric, source);
      break;
    case MetricKind::exponential_histogram:
      put_exponential(out, metric, source);
      break;
    case MetricKind::summary:
      put_summary(out, metric, source);
      break;
  }
  out.close_field(k_data_points, begin);
}

void close_metric(BackwardWriter& out, const MetricForm& metric, std::size_t begin) {
  out.close_field(data_field(metric.kind), begin);
  out.put(metric.front);
  out.close_field(field::k_scope_metrics_metrics, begin);
}

std::size_t most_point_bytes(const MetricForm& metric, std::uint64_t pass) {
  // Tags, lengths, times, count, sum, extremes, scale and threshold; an exemplar.
  constexpr std::size_t k_fixed = 160;
  constexpr std::size_t k_exemplar = 64;
  constexpr std::size_t k_quantile = 20;
  const Buckets& buckets = metric.readings.buckets();
  const std::size_t bucket_bytes = metric.kind == MetricKind::exponential_histogram
                                       ? varint_size(metric.readings.count({0, pass + 1}))
                                       : 8;
  return k_fixed + (metric.exemplar ? k_exemplar : 0) + metric.bounds.size() +
         metric.quantiles.size() * k_quantile + buckets.size() * bucket_bytes;
}

unsigned attributes_field(MetricKind kind) {
  switch (kind) {
    case MetricKind::histogram:
      return histogram::k_attributes;
    case MetricKind::exponential_histogram:
      return exponential::k_attributes;
    case MetricKind::summary:
      return summary::k_attributes;
    case MetricKind::gauge:
    case MetricKind::counter:
    case MetricKind::up_down_counter:
      break;
  }
  return number::k_attributes;
}

}  // namespace otelctl::synth
