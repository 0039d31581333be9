// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/scenario/read.hpp"

using namespace otelctl;
using namespace otelctl::scenario;

namespace {

std::string with_metric(std::string_view keys) {
  return fmt::format("scenario: s\nservices: [{{name: shop}}]\nmetrics:\n  - {{name: m, {}}}\n",
                     keys);
}

std::string with_log(std::string_view keys) {
  return fmt::format("scenario: s\nservices: [{{name: shop}}]\nlogs:\n  - {{{}}}\n", keys);
}

int severity_of(std::string_view text) {
  return read(with_log(fmt::format("severity: {}", text))).logs.at(0).severity;
}

}  // namespace

TEST_CASE("a metric's defaults") {
  const synth::MetricSpec metric = read(with_metric("kind: gauge")).metrics.at(0);
  CHECK(metric.low == 0.0);
  CHECK(metric.high == 1.0);
  CHECK(!metric.is_integer);
}

TEST_CASE("whole numbers make an integer metric") {
  CHECK(read(with_metric("kind: counter, range: [0, 5]")).metrics.at(0).is_integer);
  CHECK(!read(with_metric("kind: counter, range: [0, 5.0]")).metrics.at(0).is_integer);
}

TEST_CASE("what a kind of metric does not have is refused") {
  CHECK(verdict(with_metric("kind: gauge, temporality: delta")) ==
        "OTC103@4:28 'temporality' has no effect on a gauge\n");
  CHECK(verdict(with_metric("kind: counter, bounds: [1]")) ==
        "OTC103@4:30 'bounds' has no effect on a counter\n");
  CHECK(verdict(with_metric("kind: histogram, quantiles: [0.5]")) ==
        "OTC103@4:32 'quantiles' has no effect on a histogram\n");
  CHECK(verdict(with_metric("kind: counter, range: [-1, 1]")) ==
        "OTC105@4:37 a counter never goes down\n");
  CHECK(verdict(with_metric("unit: ms")) == "OTC109@4:5 metrics[0] lacks the key 'kind'\n");
}

TEST_CASE("bounds and quantiles ascend") {
  CHECK(verdict(with_metric("kind: histogram, bounds: [1, 3, 2]")) ==
        "OTC105@4:47 bounds[2] must be above 3, which stands before it, not '2'\n");
  CHECK(verdict(with_metric("kind: summary, quantiles: [0.5, 1.5]")) ==
        "OTC105@4:47 quantiles[1] must be between 0 and 1, not 1.5\n");
}

TEST_CASE("a metric's attributes are fixed, or make series") {
  CHECK(read(with_metric("kind: gauge, attributes: {a: {one_of: [x, y]}, b: 1}"))
            .metrics.at(0)
            .attributes.size() == 2);
  CHECK(verdict(with_metric("kind: gauge, attributes: {a: {range: [1, 2]}}")) ==
        "OTC103@4:45 unknown key 'range' under a\n");
  CHECK(verdict(with_metric("kind: gauge, attributes: {a: \"{plan}\"}")) ==
        "OTC106@4:44 '{plan}' is a choice of a trace, and a metric is of none\n");
}

TEST_CASE("series are bounded") {
  std::string values = "a";
  for (int index = 0; index < 999; ++index) {
    values += fmt::format(", v{}", index);
  }
  CHECK(verdict(with_metric(fmt::format(
            "kind: gauge, attributes: {{a: {{one_of: [{0}]}}, b: {{one_of: [{0}]}}, c: {{one_of: "
            "[{0}]}}}}",
            values))) ==
        "OTC105@4:5 with this one a pass could make more than 100000 data points, or more than 64 "
        "MiB of them\n");
}

TEST_CASE("a service has one metric of a name") {
  CHECK(verdict("scenario: s\nservices: [{name: a}]\nmetrics: [{name: m, kind: gauge}, {name: m, "
                "kind: counter}]\n") == "OTC002@3:42 two metrics of a service are called 'm'\n");
}

TEST_CASE("what only the generator knows is found at the metric") {
  CHECK(verdict(with_metric("kind: gauge, attributes: {a: {one_of: [x, x]}}"))
            .find("OTC105@4:5 metric 'm': ") == 0);
}

TEST_CASE("severities by name and by number") {
  CHECK(severity_of("trace") == 1);
  CHECK(severity_of("INFO") == 9);
  CHECK(severity_of("warn2") == 14);
  CHECK(severity_of("24") == 24);
  CHECK(verdict(with_log("severity: 25")) ==
        "OTC105@4:16 severity must be between 1 and 24, not '25'\n");
  CHECK(verdict(with_log("severity: warning")) ==
        "OTC106@4:16 severity: 'warning' is no severity\n");
}

TEST_CASE("bodies") {
  CHECK(verdict(with_log("body: {text: a}")) == "OTC103@4:13 unknown key 'text' under body\n");
  CHECK(verdict(with_log("body: {bytes: \"*\"}")) == "OTC104@4:20 bytes is not base64\n");
  CHECK(verdict(with_log("body: {map: {a: {b: 1}}}")) ==
        "OTC102@4:22 a: expected a value, found a map\n");
}

TEST_CASE("log records of a pass are bounded") {
  CHECK(verdict(with_log("repeat: 1000000000")) ==
        "OTC105@4:14 repeat must be between 1 and 100000, not '1000000000'\n");
  CHECK(verdict(with_log("repeat: 90000") + "  - repeat: 90000\n")
            .find("OTC105@5:5 with this one a pass could make more than 100000 log records") == 0);
}
