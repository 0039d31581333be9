// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/metric_template.hpp"

#include <numeric>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/synth/metric_decode.hpp"
#include "tests/unit/synth/metric_zoo.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

using metrics_proto::Metric;

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
