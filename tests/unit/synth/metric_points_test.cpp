// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
// What the data points of metrics say, each kind of its own.
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <set>

#include <doctest/doctest.h>

#include "synth/metric_template.hpp"
#include "tests/unit/synth/metric_decode.hpp"
#include "tests/unit/synth/metric_zoo.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

using metrics_proto::Metric;

std::uint64_t nanoseconds_of(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

template <typename Counts>
std::uint64_t total_of(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

void check_histogram_point(const metrics_proto::HistogramDataPoint& point, double low,
                           double high) {
  CHECK(point.bucket_counts_size() == point.explicit_bounds_size() + 1);
  CHECK(point.count() == total_of(point.bucket_counts()));
  CHECK(low <= point.min());
  CHECK(point.min() <= point.max());
  CHECK(point.max() <= high);
  const auto count = static_cast<double>(point.count());
  CHECK(point.sum() >= count * point.min() * (1 - 1e-12));
  CHECK(point.sum() <= count * point.max() * (1 + 1e-12));
  // The extremes lie in the first and in the last bucket that holds anything, and what the buckets
  // say bounds the sum.
  double least = 0.0;
  double most = 0.0;
  bool has_begun = false;
  for (int index = 0; index < point.bucket_counts_size(); ++index) {
    const auto here = point.bucket_counts(index);
    const double lower = index == 0 ? point.min() : point.explicit_bounds(index - 1);
    const double upper =
        index == point.explicit_bounds_size() ? point.max() : point.explicit_bounds(index);
    least += static_cast<double>(here) * lower;
    most += static_cast<double>(here) * upper;
    if (here > 0 && !has_begun) {
      has_begun = true;
      CHECK(point.min() <= upper);
      CHECK((index == 0 || point.min() > lower));
    }
  }
  CHECK(least <= point.sum() * (1 + 1e-12));
  CHECK(most >= point.sum() * (1 - 1e-12));
}

void check_exponential_point(const metrics_proto::ExponentialHistogramDataPoint& point) {
  CHECK(point.count() == point.zero_count() + total_of(point.positive().bucket_counts()) +
                             total_of(point.negative().bucket_counts()));
  CHECK(point.min() <= point.max());
  const auto count = static_cast<double>(point.count());
  CHECK(point.sum() >= count * point.min() - 1e-9);
  CHECK(point.sum() <= count * point.max() + 1e-9);
  // The greatest lies in the last positive bucket that holds anything.
  const auto& positive = point.positive().bucket_counts();
  for (int index = positive.size(); index-- > 0;) {
    if (positive[index] > 0) {
      const double base = std::exp2(std::exp2(-point.scale()));
      const double exponent = point.positive().offset() + index;
      CHECK(point.max() > std::pow(base, exponent) * (1 - 1e-9));
      CHECK(point.max() <= std::pow(base, exponent + 1) * (1 + 1e-9));
      break;
    }
  }
}

}  // namespace

TEST_CASE("metrics: cumulative sums begin at one time, grow by the range and never fall") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const MetricsRequest request = passes_of(metrics, 1000);
  const Metric requests = metric_called(request, "requests");
  CHECK(requests.sum().is_monotonic());
  CHECK(requests.sum().aggregation_temporality() ==
        metrics_proto::AGGREGATION_TEMPORALITY_CUMULATIVE);
  std::set<std::int64_t> increments;
  for (const auto& [identity, points] : by_series(requests.sum().data_points())) {
    std::int64_t last = 0;
    for (std::size_t pass = 0; pass < points.size(); ++pass) {
      REQUIRE(points[pass].value_case() == metrics_proto::NumberDataPoint::kAsInt);
      increments.insert(points[pass].as_int() - last);
      last = points[pass].as_int();
      CHECK(points[pass].start_time_unix_nano() == nanoseconds_of(k_metric_options.start));
      CHECK(points[pass].time_unix_nano() == nanoseconds_of(k_start + std::chrono::seconds(pass)));
    }
  }
  CHECK(*increments.begin() == 0);
  CHECK(*increments.rbegin() == 9);
  CHECK(increments.size() == 10);

  double last = 0.0;
  for (const auto& point : metric_called(request, "heat").sum().data_points()) {
    CHECK(point.as_double() - last >= 0.1 - 1e-9);
    CHECK(point.as_double() - last <= 0.7 + 1e-9);
    last = point.as_double();
  }
}

TEST_CASE("metrics: any pass of a counter is known without those before it") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const auto all = metric_called(passes_of(metrics, 1000), "heat").sum().data_points();
  for (const std::uint64_t pass : {0ULL, 1ULL, 255ULL, 256ULL, 999ULL}) {
    const auto alone = metric_called(passes_of(metrics, 1, pass), "heat").sum().data_points(0);
    CHECK(alone.SerializeAsString() == all[static_cast<int>(pass)].SerializeAsString());
  }
}

TEST_CASE("metrics: a counter that leaves 64 bits stays at their end") {
  const auto metrics = compile_metrics(one_metric({.name = "c",
                                                   .kind = MetricKind::counter,
                                                   .low = 0,
                                                   .high = 4294967295.0,
                                                   .is_integer = true}));
  std::int64_t last = 0;
  for (const std::uint64_t pass : {1ULL << 20U, 1ULL << 31U, 1ULL << 33U, 1ULL << 50U}) {
    const auto value = metric_called(decode_metrics(encode(metrics, {{pass, 0, 1, k_start}})), "c")
                           .sum()
                           .data_points(0)
                           .as_int();
    CHECK(value >= last);
    last = value;
  }
  CHECK(last == std::numeric_limits<std::int64_t>::max());
}

TEST_CASE("metrics: a delta counter has each pass's increment, over the time since the last") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const Metric sent = metric_called(passes_of(metrics, 300), "sent");
  CHECK(sent.sum().aggregation_temporality() == metrics_proto::AGGREGATION_TEMPORALITY_DELTA);
  std::set<std::int64_t> values;
  for (const auto& point : sent.sum().data_points()) {
    values.insert(point.as_int());
    CHECK(point.time_unix_nano() - point.start_time_unix_nano() == 1'000'000'000);
  }
  CHECK(values == std::set<std::int64_t>{3, 4, 5, 6, 7, 8});
}

TEST_CASE("metrics: gauges and up-down counters lie in their range, and only sums have a start") {
  const MetricsRequest request = passes_of(compile_metrics(gauges_to_summaries()), 300);
  for (const auto& point : metric_called(request, "load").gauge().data_points()) {
    CHECK(point.as_double() >= 0.0);
    CHECK(point.as_double() <= 4.0);
    CHECK(point.start_time_unix_nano() == 0);
  }
  const Metric queue = metric_called(request, "queue");
  CHECK_FALSE(queue.sum().is_monotonic());
  std::set<std::int64_t> values;
  for (const auto& point : queue.sum().data_points()) {
    values.insert(point.as_int());
    CHECK(point.start_time_unix_nano() == nanoseconds_of(k_metric_options.start));
  }
  CHECK(*values.begin() == -5);
  CHECK(*values.rbegin() == 20);
}

TEST_CASE("metrics: a histogram's buckets, sum and extremes agree, and cumulative ones grow") {
  const MetricsRequest request = passes_of(compile_metrics(gauges_to_summaries()), 600);
  for (const auto& [identity, points] :
       by_series(metric_called(request, "duration").histogram().data_points())) {
    std::vector<std::uint64_t> last(6, 0);
    double sum = 0.0;
    std::uint64_t pass = 0;
    for (const auto& point : points) {
      check_histogram_point(point, 0.5, 120.0);
      CHECK(point.count() == 20 * ++pass);
      CHECK(point.sum() > sum);
      sum = point.sum();
      REQUIRE(point.bucket_counts_size() == 6);
      for (int index = 0; index < 6; ++index) {
        CHECK(point.bucket_counts(index) >= last[static_cast<std::size_t>(index)]);
        last[static_cast<std::size_t>(index)] = point.bucket_counts(index);
      }
    }
    // Drawn evenly from 0.5 to 120: 50 to 100 holds some 42 %.
    CHECK(last[4] > 12000 * 35 / 100);
    CHECK(last[4] < 12000 * 49 / 100);
  }
  for (const auto& point : metric_called(request, "bytes").histogram().data_points()) {
    check_histogram_point(point, 0.0, 5000.0);
    CHECK(point.count() == 10);
    CHECK(point.time_unix_nano() - point.start_time_unix_nano() == 1'000'000'000);
  }
}

TEST_CASE("metrics: an exponential histogram counts each observation once") {
  const MetricsRequest request = passes_of(compile_metrics(gauges_to_summaries()), 600);
  std::uint64_t pass = 0;
  for (const auto& point :
       metric_called(request, "latency").exponential_histogram().data_points()) {
    check_exponential_point(point);
    CHECK(point.count() == 50 * ++pass);
    CHECK(point.scale() == 3);
    CHECK(point.zero_count() == 0);
    CHECK_FALSE(point.has_negative());
    CHECK(point.positive().bucket_counts_size() <= 160);
  }
  std::uint64_t zeros = 0;
  for (const auto& point : metric_called(request, "drift").exponential_histogram().data_points()) {
    check_exponential_point(point);
    CHECK(point.count() == 10);
    CHECK(point.zero_threshold() > 0.0);
    CHECK(point.zero_threshold() < 8.0 / 1024.0);
    CHECK(total_of(point.negative().bucket_counts()) + point.zero_count() > 0);
    zeros += point.zero_count();
  }
  CHECK(zeros > 0);
}

TEST_CASE("metrics: a summary's quantiles ascend within the range, its count and sum grow") {
  const Metric sizes =
      metric_called(passes_of(compile_metrics(gauges_to_summaries()), 300), "sizes");
  double sum = 0.0;
  std::uint64_t pass = 0;
  for (const auto& point : sizes.summary().data_points()) {
    CHECK(point.count() == 10 * ++pass);
    CHECK(point.sum() > sum);
    sum = point.sum();
    REQUIRE(point.quantile_values_size() == 4);
    CHECK(point.quantile_values(0).quantile() == 0.0);
    CHECK(point.quantile_values(3).quantile() == 1.0);
    double last = 0.0;
    for (const auto& value : point.quantile_values()) {
      CHECK(value.value() >= last);
      last = value.value();
    }
    CHECK(last <= 10.0);
  }
}

TEST_CASE("metrics: exemplars point to spans of the seed's traces, in time and range") {
  const Scenario scenario = gauges_to_summaries();
  const auto metrics = compile_metrics(scenario);
  const auto traces = compile(scenario, {.seed = 1});
  const auto spans = spans_of(encode_and_decode(traces, 200));
  std::map<std::string, std::string> names;
  for (const ProtoSpan& span : spans) {
    names[span.trace_id() + span.span_id()] = span.name();
  }
  for (std::uint64_t pass = 0; pass < 200; ++pass) {
    const MetricsRequest request = passes_of(metrics, 1, pass);
    const auto check_exemplar = [&](const auto& point) {
      REQUIRE(point.exemplars_size() == 1);
      const auto& exemplar = point.exemplars(0);
      CHECK(exemplar.trace_id() == traces.trace_id(pass)->view());
      REQUIRE(names.contains(exemplar.trace_id() + exemplar.span_id()));
      CHECK(names.at(exemplar.trace_id() + exemplar.span_id()) == "pay");
      CHECK(exemplar.time_unix_nano() <= point.time_unix_nano());
      CHECK(exemplar.time_unix_nano() > point.start_time_unix_nano());
      return exemplar;
    };
    for (const auto& point : metric_called(request, "requests").sum().data_points()) {
      CHECK(check_exemplar(point).as_int() <= point.as_int());
    }
    const auto& load = metric_called(request, "load").gauge().data_points(0);
    CHECK(check_exemplar(load).as_double() == load.as_double());
    const auto& bytes = metric_called(request, "bytes").histogram().data_points(0);
    const auto size = static_cast<double>(check_exemplar(bytes).as_int());
    CHECK(size >= bytes.min());
    CHECK(size <= bytes.max());
    const auto& latency = metric_called(request, "latency").exponential_histogram().data_points(0);
    const double seconds = check_exemplar(latency).as_double();
    CHECK(seconds >= latency.min());
    CHECK(seconds <= latency.max());
    CHECK(metric_called(request, "heat").sum().data_points(0).exemplars_size() == 0);
  }
}
