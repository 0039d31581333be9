// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/record_check.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::synth;

namespace {

Scenario metric_and_log() {
  Scenario scenario;
  scenario.name = "test";
  scenario.services = {{.name = "shop"}};
  scenario.choices = {{{"item"}, {{"book"}, {"pen"}}}};
  scenario.traces.emplace_back().add({.name = "buy"});
  scenario.metrics = {{.name = "sold", .kind = MetricKind::counter}};
  scenario.logs = {{.body = Value("a {item}")}};
  return scenario;
}

// The message, and behind it the hint, about the scenario after `change`.
std::string words_after(const std::function<void(Scenario&)>& change) {
  Scenario scenario = metric_and_log();
  change(scenario);
  const auto checked = check_scenario(scenario);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().kind == ErrorKind::settings);
  return checked.error().message + " / " + checked.error().hint;
}

std::string words_of_metric(const std::function<void(MetricSpec&)>& change) {
  return words_after([&](Scenario& scenario) { change(scenario.metrics[0]); });
}

std::string words_of_log(const std::function<void(LogSpec&)>& change) {
  return words_after([&](Scenario& scenario) { change(scenario.logs[0]); });
}

bool mentions(const std::string& message, std::string_view words) {
  CAPTURE(message);
  return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("metrics and log records in order are accepted") {
  CHECK(check_scenario(metric_and_log()));
}

TEST_CASE("a message names the metric") {
  CHECK(words_of_metric([](MetricSpec& m) { m.service = 1; }) ==
        "metric 'sold': its service does not exist / ");
  CHECK(mentions(words_of_metric([](MetricSpec& m) { m.name = ""; }), "needs a name"));
}

TEST_CASE("a metric's values are a range that can be drawn from") {
  constexpr double k_infinite = std::numeric_limits<double>::infinity();
  const auto with_range = [](double low, double high, bool is_integer = false) {
    return words_of_metric([=](MetricSpec& m) {
      m.low = low;
      m.high = high;
      m.is_integer = is_integer;
    });
  };
  CHECK(mentions(with_range(2, 1), "from a number up to a number"));
  CHECK(mentions(with_range(0, k_infinite), "from a number up to a number"));
  CHECK(mentions(with_range(std::nan(""), 1), "from a number up to a number"));
  CHECK(mentions(with_range(-1, 1), "a counter never falls"));
  CHECK(mentions(with_range(0, 1e13), "too large"));
  CHECK(mentions(with_range(1e300, 1e300), "too large"));
  CHECK(
      mentions(with_range(std::nextafter(1.0, 2.0), std::nextafter(std::nextafter(1.0, 2.0), 2.0)),
               "too near"));
  CHECK(mentions(with_range(0, 0.5, true), "not integers"));
  CHECK(mentions(with_range(0, 4294967296.0, true), "not integers"));
  CHECK(mentions(with_range(0, 1e300, true), "not integers"));
}

TEST_CASE("an attribute that would be drawn anew is no part of a series' identity") {
  const auto with_value = [](ValueSpec value) {
    return words_of_metric([&](MetricSpec& m) { m.attributes = {{"id", std::move(value)}}; });
  };
  CHECK(mentions(with_value(IntRange{1, 2}), "'id' is drawn anew in each pass"));
  CHECK(mentions(with_value(DoubleRange{1, 2}), "'id' is drawn anew in each pass"));
  CHECK(mentions(with_value(Counter{}), "'id' is drawn anew in each pass"));
  CHECK(mentions(with_value(NumberOf{"n"}), "'id' is drawn anew in each pass"));
  CHECK(mentions(with_value(ByOutcome{true, false}), "'id' is drawn anew in each pass"));
  CHECK(mentions(with_value(OneOf{{"a", "b", "a"}}), "'id' has a value twice"));
  CHECK(mentions(with_value(Value("{item}")), "item"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.attributes = {{"id", true}, {"id", false}};
                 }),
                 "two attributes are called 'id'"));
}

TEST_CASE("the number of series is bounded, and names are not used twice") {
  std::vector<Value> values;
  for (std::int64_t value = 0; value < 1000; ++value) {
    values.emplace_back(value);
  }
  CHECK(
      mentions(words_of_metric([&](MetricSpec& m) {
                 m.attributes = {{"a", OneOf{values}}, {"b", OneOf{values}}, {"c", OneOf{values}}};
               }),
               "more than 100000 series"));
  CHECK(mentions(words_after([](Scenario& s) { s.metrics.push_back(s.metrics[0]); }),
                 "another one of that name"));
}

TEST_CASE("histograms, summaries and exemplars are checked") {
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::histogram;
                   m.bounds = {1, 1};
                 }),
                 "bounds"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::histogram;
                   m.bounds = {1, std::numeric_limits<double>::infinity()};
                 }),
                 "bounds"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::histogram;
                   m.observations = 0;
                 }),
                 "0 observations"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::exponential_histogram;
                   m.scale = 21;
                 }),
                 "its scale is 21"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::exponential_histogram;
                   m.scale = 20;
                 }),
                 "lower the scale"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::summary;
                   m.quantiles = {0.5, 1.5};
                 }),
                 "quantiles"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.kind = MetricKind::summary;
                   m.exemplar = SpanReference{};
                 }),
                 "a summary has no exemplars"));
  CHECK(mentions(words_of_metric([](MetricSpec& m) {
                   m.exemplar = SpanReference{0, 1};
                 }),
                 "a span that does not exist"));
}

TEST_CASE("log records are checked, and a message names which") {
  CHECK(words_of_log([](LogSpec& l) { l.service = 7; }) ==
        "log record 1: its service does not exist / ");
  CHECK(mentions(words_of_log([](LogSpec& l) { l.severity = 0; }), "its severity is 0"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.severity = 25; }), "its severity is 25"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.repeat = 0; }), "at least once"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.repeat = 100'001; }), "more than 100000 records"));
  CHECK(mentions(words_of_log([](LogSpec& l) {
                   l.span = SpanReference{1, 0};
                 }),
                 "a span that does not exist"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.event_name = "{itme}"; }), "itme"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.body = Value("{itme}"); }), "itme"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.body = Array{{Value("\xFF")}}; }), "not UTF-8"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.body = Map{{{"", Value(true)}}}; }), "key"));
  CHECK(mentions(words_of_log([](LogSpec& l) {
                   l.attributes = {{"ok", ByOutcome{true, false}}};
                 }),
                 "which a log record has not"));
  CHECK(mentions(words_of_log([](LogSpec& l) { l.attributes = {{"n", NumberOf{"n"}}}; }), "'n'"));
}
