// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_template.hpp"

#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/synth/metric_decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

using metrics_proto::Metric;

// Every kind of metric over two services, and a trace for the exemplars.
Scenario gauges_to_summaries() {
  Scenario scenario;
  scenario.name = "zoo";
  scenario.services = {{.name = "front", .scope_name = "f", .scope_version = "1"},
                       {.name = "back", .resource = {{"replicas", Value(std::int64_t{3})}}}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "buy", .own_time = Uniform{1ms, 9ms}});
  trace.add({.parent = root, .service = 1, .name = "pay", .repeat_low = 1, .repeat_high = 3});
  const SpanReference pay{0, 1};
  scenario.metrics = {
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
       .exemplar = pay},
      {.name = "load", .kind = MetricKind::gauge, .low = 0.0, .high = 4.0, .exemplar = pay},
      {.name = "heat", .kind = MetricKind::counter, .low = 0.1, .high = 0.7},
      {.name = "queue",
       .kind = MetricKind::up_down_counter,
       .low = -5,
       .high = 20,
       .is_integer = true},
      {.service = 1,
       .name = "duration",
       .unit = "ms",
       .kind = MetricKind::histogram,
       .low = 0.5,
       .high = 120.0,
       .observations = 20,
       .bounds = {1, 5, 10, 50, 100},
       .attributes = {{"route", OneOf{{"/a", "/b"}}}},
       .exemplar = pay},
      {.name = "bytes",
       .kind = MetricKind::histogram,
       .temporality = Temporality::delta,
       .low = 0,
       .high = 5000,
       .is_integer = true,
       .bounds = {0, 1000, 4000},
       .exemplar = pay},
      {.name = "latency",
       .kind = MetricKind::exponential_histogram,
       .low = 0.002,
       .high = 3.0,
       .observations = 50,
       .exemplar = pay},
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
       .quantiles = {0.0, 0.5, 0.9, 1.0}},
      {.name = "sent",
       .kind = MetricKind::counter,
       .temporality = Temporality::delta,
       .low = 3,
       .high = 8,
       .is_integer = true}};
  return scenario;
}

std::uint64_t nanoseconds_of(Time time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

template <typename Counts>
std::uint64_t total_of(const Counts& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
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

// Metric with one of each kind of points, called as such; keeps tests of one metric short.
Scenario one_metric(MetricSpec metric) {
  Scenario scenario;
  scenario.name = "one";
  scenario.services = {{.name = "shop"}};
  scenario.metrics = {std::move(metric)};
  return scenario;
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

TEST_CASE("metrics: the bytes are those that protobuf itself writes for the same data") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const std::string payload = encode(metrics, whole_passes(metrics, 300));
  CHECK(decode_metrics(payload).SerializeAsString() == payload);
}

TEST_CASE("metrics: a seed gives the same bytes each time, another seed gives others") {
  const auto bytes = [](std::uint64_t seed) {
    MetricOptions options = k_metric_options;
    options.seed = seed;
    const auto metrics = compile_metrics(gauges_to_summaries(), options);
    return encode(metrics, whole_passes(metrics, 20));
  };
  CHECK(bytes(1) == bytes(1));
  CHECK(bytes(1) != bytes(2));
}

TEST_CASE("metrics: each service's resource and each metric's name stand once in a request") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const MetricsRequest request = passes_of(metrics, 5);
  REQUIRE(request.resource_metrics_size() == 2);
  std::multiset<std::string> names;
  for (const auto& resource : request.resource_metrics()) {
    REQUIRE(resource.scope_metrics_size() == 1);
    for (const auto& metric : resource.scope_metrics(0).metrics()) {
      names.insert(metric.name());
    }
  }
  CHECK(text_of(request.resource_metrics(0).resource(), "service.name") == "front");
  CHECK(request.resource_metrics(0).scope_metrics(0).scope().name() == "f");
  CHECK(text_of(request.resource_metrics(1).resource(), "service.name") == "back");
  CHECK(integer_of(request.resource_metrics(1).resource(), "replicas") == 3);
  CHECK(names.size() == 10);
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == 10);
  const Metric requests = metric_called(request, "requests");
  CHECK(requests.description() == "Requests so far");
  CHECK(requests.unit() == "{request}");
}

TEST_CASE("metrics: a series for each combination of an attribute's values") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  CHECK(metrics.size(0) == 6 + 1 + 1 + 1 + 2 + 1 + 1 + 1 + 1 + 1);
  const auto series =
      by_series(metric_called(passes_of(metrics, 4), "requests").sum().data_points());
  CHECK(series.size() == 6);
  std::set<std::string> seen;
  for (const auto& [identity, points] : series) {
    CHECK(points.size() == 4);
    CHECK(text_of(points[0], "route") == "/{id}");
    seen.insert(text_of(points[0], "method") + std::to_string(integer_of(points[0], "code")));
  }
  CHECK(seen ==
        std::set<std::string>{"GET200", "GET404", "GET500", "POST200", "POST404", "POST500"});
}

TEST_CASE("metrics: parts of a pass are together what the whole is, wherever it is cut") {
  const auto metrics = compile_metrics(gauges_to_summaries());
  const std::uint32_t size = metrics.size(0);
  const auto points_of = [&](const std::vector<Slice>& slices) {
    std::vector<std::string> points;
    for (const Metric& metric : metrics_of(decode_metrics(encode(metrics, slices)))) {
      Metric alone = metric;
      const auto take = [&](auto& of) {
        const auto all = of.data_points();
        for (const auto& point : all) {
          of.clear_data_points();
          *of.add_data_points() = point;
          points.push_back(alone.SerializeAsString());
        }
      };
      metric.has_gauge()       ? take(*alone.mutable_gauge())
      : metric.has_sum()       ? take(*alone.mutable_sum())
      : metric.has_histogram() ? take(*alone.mutable_histogram())
      : metric.has_summary()   ? take(*alone.mutable_summary())
                               : take(*alone.mutable_exponential_histogram());
    }
    return points;
  };
  const auto whole = points_of({{7, 0, size, k_start}});
  CHECK(whole.size() == size);
  for (std::uint32_t cut = 1; cut < size; ++cut) {
    auto parts = points_of({{7, 0, cut, k_start}});
    const auto rest = points_of({{7, cut, size - cut, k_start}});
    parts.insert(parts.end(), rest.begin(), rest.end());
    CHECK(parts == whole);
  }
}

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

TEST_CASE("metrics: one value is sent as it is, however many digits it has") {
  for (const double value : {3.141592653589793, 0.1, 1e-300, 1e300, 0.0, -2.5}) {
    const auto metrics = compile_metrics(
        one_metric({.name = "g", .kind = MetricKind::gauge, .low = value, .high = value}));
    const auto gauge = metric_called(passes_of(metrics, 2), "g").gauge();
    CHECK(gauge.data_points(0).as_double() == value);
    CHECK(gauge.data_points(1).as_double() == value);
  }
}

TEST_CASE("metrics: a scenario without them, or with too large a pass, is refused") {
  Scenario scenario = gauges_to_summaries();
  scenario.metrics.clear();
  const auto none = MetricTemplate::compile(scenario, k_metric_options);
  REQUIRE_FALSE(none);
  CHECK(none.error().message == "the scenario zoo has no metrics");

  std::vector<Value> values;
  for (std::int64_t value = 0; value < 100'000; ++value) {
    values.emplace_back(value);
  }
  std::vector<double> bounds(1000);
  std::iota(bounds.begin(), bounds.end(), 0.0);
  const auto large = MetricTemplate::compile(one_metric({.name = "h",
                                                         .kind = MetricKind::histogram,
                                                         .bounds = bounds,
                                                         .attributes = {{"id", OneOf{values}}}}),
                                             k_metric_options);
  REQUIRE_FALSE(large);
  CHECK(large.error().message.find("more than 32 MiB") != std::string::npos);
}
