// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t k_worker = 1;
constexpr SpanReference k_request{0, 0};
constexpr SpanReference k_lookup{0, 2};
constexpr SpanReference k_process{0, 4};

// Every kind of span, type of attribute and way to make a value; a link back, an event, an error.
TraceSpec every_span() {
  TraceSpec trace;
  const std::size_t request =
      trace.add({.name = "server",
                 .kind = SpanKind::server,
                 .own_time = Constant{2ms},
                 .attributes = {{"type.string", Value("text")},
                                {"type.bool", Value(true)},
                                {"type.int", Value(std::int64_t{-42})},
                                {"type.int.large", Value(std::int64_t{9'007'199'254'740'993})},
                                {"type.double", Value(0.1)},
                                {"type.list", Value(std::vector<std::string>{"a", "", "c"})},
                                {"type.list.empty", Value(std::vector<std::string>{})}},
                 .success = Success::ok});
  const std::size_t work =
      trace.add({.parent = request,
                 .name = "internal",
                 .own_time = Uniform{1ms, 3ms},
                 .numbers = {{.name = "in", .range = {1, 100}},
                             {.name = "out", .range = {1, 100}},
                             {.name = "both", .sum_of = {"in", "out"}}},
                 .attributes = {{"drawn.one_of", OneOf{{"red", "green", "blue"}}},
                                {"drawn.int", IntRange{-5, 5}},
                                {"drawn.double", DoubleRange{-1.0, 1.0}},
                                {"drawn.counter", Counter{.prefix = "run-", .per = 2}},
                                {"drawn.in", NumberOf{"in"}},
                                {"drawn.out", NumberOf{"out"}},
                                {"drawn.sum", NumberOf{"both"}},
                                {"drawn.outcome", ByOutcome{"fine", "broken"}}},
                 .events = {{.name = "checkpoint",
                             .at = 0.5,
                             .attributes = {{"checkpoint.step", IntRange{1, 9}}}}}});
  trace.add({.parent = work,
             .name = "client",
             .kind = SpanKind::client,
             .own_time = Lognormal{4ms, 0.4},
             .error = ErrorSpec{.rate = 0.05,
                                .type = "LookupError",
                                .message = "nothing has this name",
                                .propagates = false}});
  const std::size_t publish = trace.add({.parent = request,
                                         .name = "producer",
                                         .kind = SpanKind::producer,
                                         .own_time = Uniform{1ms, 2ms}});
  trace.add({.parent = publish,
             .service = k_worker,
             .name = "consumer",
             .kind = SpanKind::consumer,
             .own_time = Uniform{2ms, 6ms},
             .links = {{request, {{"link.reason", Value("what it answers")}}}}});
  return trace;
}

MetricSpec base(MetricKind kind, Temporality temporality,
                std::optional<SpanReference> exemplar = std::nullopt) {
  return {.name = {},
          .description = "One of every kind",
          .unit = "1",
          .kind = kind,
          .temporality = temporality,
          .low = 0,
          .high = 100,
          .attributes = {{"series", OneOf{{"a", "b"}}}},
          .exemplar = exemplar};
}

// "kinds.counter.int.delta" and the like.
std::vector<MetricSpec> every_metric() {
  std::vector<MetricSpec> metrics;
  const auto add = [&](std::string name, MetricSpec metric) {
    metric.name = std::move(name);
    metrics.push_back(std::move(metric));
  };
  for (const bool is_integer : {true, false}) {
    const std::string_view type = is_integer ? "int" : "double";
    MetricSpec gauge = base(MetricKind::gauge, Temporality::cumulative, k_request);
    gauge.is_integer = is_integer;
    gauge.low = -50;
    add(fmt::format("kinds.gauge.{}", type), gauge);
    MetricSpec up_down = base(MetricKind::up_down_counter, Temporality::cumulative, k_request);
    up_down.is_integer = is_integer;
    up_down.low = -50;
    add(fmt::format("kinds.up_down_counter.{}", type), up_down);
  }
  constexpr std::array k_temporalities{std::pair{"cumulative", Temporality::cumulative},
                                       std::pair{"delta", Temporality::delta}};
  for (const auto& [word, temporality] : k_temporalities) {
    for (const bool is_integer : {true, false}) {
      MetricSpec counter = base(MetricKind::counter, temporality, k_lookup);
      counter.is_integer = is_integer;
      add(fmt::format("kinds.counter.{}.{}", is_integer ? "int" : "double", word), counter);
    }
    MetricSpec histogram = base(MetricKind::histogram, temporality, k_lookup);
    histogram.bounds = {0, 5, 10, 25, 50, 75};
    add(fmt::format("kinds.histogram.{}", word), histogram);
    // One bucket, which holds everything.
    histogram.bounds = {};
    add(fmt::format("kinds.histogram.unbounded.{}", word), histogram);
    MetricSpec exponential = base(MetricKind::exponential_histogram, temporality, k_process);
    exponential.low = -100;
    add(fmt::format("kinds.exponential_histogram.{}", word), exponential);
  }
  MetricSpec summary = base(MetricKind::summary, Temporality::cumulative);
  summary.quantiles = {0, 0.5, 0.9, 0.99, 1};
  add("kinds.summary", summary);
  metrics.back().service = k_worker;
  return metrics;
}

// Every type of body, and every severity's first number besides two others.
std::vector<LogSpec> every_log() {
  const std::vector<Attribute> members{{"text", "hello"},
                                       {"yes", true},
                                       {"number", std::int64_t{7}},
                                       {"share", 0.25},
                                       {"list", std::vector<std::string>{"a", "b"}}};
  const std::vector<std::pair<int, Body>> records{
      {1, Value("a plain line")},
      {5, Value(true)},
      {9, Value(std::int64_t{42})},
      {10, Value(2.5)},
      {13, Value(std::vector<std::string>{"a", "b"})},
      {17, Bytes{std::string("\0\x01\xFE\xFF", 4)}},
      {20, Map{members}},
      {21, Array{{"mixed", false, std::int64_t{-1}, 0.5}}},
      {24, Empty{}}};
  std::vector<LogSpec> logs;
  logs.reserve(records.size());
  for (const auto& [severity, body] : records) {
    logs.push_back({.severity = severity,
                    .body = body,
                    .attributes = {{"log.number", Value(static_cast<std::int64_t>(logs.size()))}},
                    .span = k_request});
  }
  logs[1].span = k_lookup;
  logs[2].span = std::nullopt;
  logs[3].event_name = "kinds.measured";
  logs[4].severity_text = "Warnung";
  logs[6].service = k_worker;
  logs[6].span = k_process;
  return logs;
}

// One of everything that the three signals have, in the least space.
Scenario kinds() {
  Scenario scenario;
  scenario.name = "kinds";
  scenario.summary = "one of every kind of span, metric, exemplar and log body (5 spans)";
  scenario.services = {
      {.name = "otelctl-kinds", .scope_name = "otelctl.kinds", .scope_version = "1.0.0"},
      {.name = "otelctl-kinds-worker", .scope_name = "otelctl.kinds"}};
  scenario.traces = {every_span()};
  scenario.metrics = every_metric();
  scenario.logs = every_log();
  return scenario;
}

}  // namespace

BuiltInScenario kinds_scenario() {
  return {"kinds", kinds};
}

}  // namespace otelctl::synth
