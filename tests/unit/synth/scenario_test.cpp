// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenario.hpp"

#include <cmath>
#include <functional>
#include <limits>

#include <doctest/doctest.h>

#include "base/text.hpp"
#include "synth/scenarios.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace std::chrono_literals;

namespace {

Scenario two_spans() {
  Scenario scenario;
  scenario.name = "test";
  scenario.services = {{.name = "shop"}};
  scenario.choices = {{{"item"}, {{"book"}, {"pen"}}}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto root = trace.add({.name = "buy {item}"});
  trace.add({.parent = root, .name = "pay"});
  return scenario;
}

// The message about the scenario after `change`.
std::string message_after(const std::function<void(Scenario&)>& change) {
  Scenario scenario = two_spans();
  change(scenario);
  const auto checked = check_scenario(scenario);
  REQUIRE_FALSE(checked);
  CHECK(checked.error().kind == ErrorKind::settings);
  return checked.error().message;
}

bool mentions(const std::string& message, std::string_view words) {
  return message.find(words) != std::string::npos;
}

}  // namespace

TEST_CASE("the built-in scenarios are right") {
  for (const std::string& name : scenario_names()) {
    CAPTURE(name);
    const auto scenario = find_scenario(name);
    REQUIRE(scenario);
    CHECK(scenario->name == name);
    CHECK(check_scenario(*scenario));
  }
  CHECK(check_scenario(two_spans()));
}

TEST_CASE("a scenario without a service or a span is none") {
  CHECK(mentions(message_after([](Scenario& s) { s.services.clear(); }), "at least one service"));
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans.clear(); }), "one span"));
}

TEST_CASE("there is one root, and every other span's parent stands before it") {
  CHECK(message_after([](Scenario& s) { s.traces[0].spans[1].parent = std::nullopt; }) ==
        "span 'pay': its parent is not a span before it");
  CHECK(
      mentions(message_after([](Scenario& s) { s.traces[0].spans[1].parent = 1; }), "its parent"));
  CHECK(
      mentions(message_after([](Scenario& s) { s.traces[0].spans[0].parent = 0; }), "its parent"));
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[0].repeat_high = 2; }),
                 "repetition"));
}

TEST_CASE("indexes that lead nowhere are found") {
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[1].service = 1; }), "service"));
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[1].links = {{.span = 2}}; }),
                 "links"));
}

TEST_CASE("texts name only columns that there are, and each column stands in one choice") {
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[0].name = "buy {itme}"; }),
                 "'itme'"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].attributes = {{"a", OneOf{{"fine", "{nothing}"}}}};
                 }),
                 "'nothing'"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.choices.push_back({{"item"}, {{"x"}}});
                 }),
                 "two choices"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.choices[0].rows.push_back({"a", "b"});
                 }),
                 "2 cells where 1 are due"));
}

TEST_CASE("ranges go upwards and can be drawn evenly") {
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].attributes = {{"n", IntRange{5, 4}}};
                 }),
                 "from 5 down to 4"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].attributes = {
                       {"n", IntRange{std::numeric_limits<std::int64_t>::min(),
                                      std::numeric_limits<std::int64_t>::max()}}};
                 }),
                 "wider than 2^32"));
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[1].repeat_low = 2; }),
                 "repetition"));
}

TEST_CASE("numbers have names of their own and sums add up what stands before them") {
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].attributes = {{"n", NumberOf{"tokens"}}};
                 }),
                 "no number of its span"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].numbers = {{.name = "sum", .sum_of = {"a"}}, {.name = "a"}};
                 }),
                 "no range before it"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[0].numbers = {{.name = "a"}, {.name = "a"}};
                 }),
                 "two numbers"));
}

TEST_CASE("times and shares that cannot be are found") {
  const auto own_time = [](DurationSpec time) {
    return message_after([time](Scenario& s) { s.traces[0].spans[1].own_time = time; });
  };
  CHECK(mentions(own_time(Constant{-1ns}), "duration"));
  CHECK(mentions(own_time(Constant{5h}), "duration"));
  CHECK(mentions(own_time(Uniform{2ms, 1ms}), "duration"));
  CHECK(mentions(own_time(Lognormal{1ms, -1.0}), "duration"));
  CHECK(mentions(own_time(Lognormal{1ms, std::nan("")}), "duration"));
  CHECK(mentions(
      message_after([](Scenario& s) { s.traces[0].spans[1].error = ErrorSpec{.rate = 1.5}; }),
      "not a share"));
  CHECK(mentions(
      message_after([](Scenario& s) { s.traces[0].spans[1].error = ErrorSpec{.rate = -0.1}; }),
      "not a share"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[1].events = {{"late", 1.1}};
                 }),
                 "outside its span"));
}

TEST_CASE("ranges of doubles are finite and go upwards") {
  const auto range = [](double low, double high) {
    return message_after([=](Scenario& s) {
      s.traces[0].spans[1].attributes = {{"d", DoubleRange{low, high}}};
    });
  };
  constexpr double k_most = std::numeric_limits<double>::max();
  CHECK(mentions(range(2.0, 1.0), "from 2 to 1"));
  CHECK(mentions(range(std::nan(""), 1.0), "the range of 'd'"));
  CHECK(mentions(range(0.0, std::nan("")), "the range of 'd'"));
  CHECK(mentions(range(0.0, std::numeric_limits<double>::infinity()), "the range of 'd'"));
  CHECK(mentions(range(-k_most, k_most), "wider than a double"));
}

TEST_CASE("counters go on, with digits that fit") {
  const auto counter = [](Counter counted) {
    return message_after([=](Scenario& s) { s.traces[0].spans[1].attributes = {{"c", counted}}; });
  };
  CHECK(mentions(counter({.per = 0}), "never goes on"));
  CHECK(mentions(counter({.digits = 0}), "0 digits"));
  CHECK(mentions(counter({.digits = 21}), "21 digits"));
  CHECK(mentions(counter({.prefix = "{nobody}"}), "'nobody'"));
}

TEST_CASE("weights are numbers above nothing, together too") {
  const auto weight = [](double first, double second) {
    return message_after([=](Scenario& s) {
      s.traces.push_back(s.traces[0]);
      s.traces[0].weight = first;
      s.traces[1].weight = second;
    });
  };
  CHECK(mentions(weight(0.0, 1.0), "weight"));
  CHECK(mentions(weight(1.0, -1.0), "weight"));
  CHECK(mentions(weight(1.0, std::nan("")), "weight"));
  CHECK(mentions(weight(std::numeric_limits<double>::infinity(), 1.0), "weight"));
  CHECK(mentions(weight(1e308, 1e308), "too large"));
}

TEST_CASE("sums fit in 64 bits") {
  CHECK(mentions(message_after([](Scenario& s) {
                   const auto most = std::numeric_limits<std::int64_t>::max();
                   s.traces[0].spans[0].numbers = {{.name = "a", .range = {most - 1, most}},
                                                   {.name = "b", .range = {0, 1}},
                                                   {.name = "sum", .sum_of = {"a", "b"}}};
                 }),
                 "'sum' does not fit"));
}

TEST_CASE("a chain has a span, and is counted with its repetitions") {
  CHECK(mentions(message_after([](Scenario& s) { s.traces[0].spans[1].chain = 0; }), "chain"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[1].repeat_high = 400;
                   s.traces[0].spans[1].chain = 300;
                 }),
                 "more than 100000 spans"));
  CHECK(mentions(message_after([](Scenario& s) {
                   s.traces[0].spans[1].chain = std::numeric_limits<std::uint32_t>::max();
                   s.traces[0].spans[1].repeat_high = std::numeric_limits<std::uint32_t>::max();
                 }),
                 "more than 100000 spans"));
}

TEST_CASE("what is sent as text is UTF-8") {
  const std::string bad = "\xff";
  CHECK(mentions(message_after([&](Scenario& s) { s.services[0].name = bad; }), "UTF-8"));
  CHECK(mentions(message_after([&](Scenario& s) { s.services[0].name = ""; }), "name"));
  CHECK(mentions(message_after([&](Scenario& s) { s.services[0].scope_name = bad; }), "UTF-8"));
  CHECK(mentions(message_after([&](Scenario& s) {
                   s.services[0].resource = {{"k", bad}};
                 }),
                 "UTF-8"));
  CHECK(mentions(message_after([&](Scenario& s) { s.choices[0].rows[1][0] = bad; }), "UTF-8"));
  CHECK(mentions(message_after([&](Scenario& s) {
                   s.traces[0].spans[0].attributes = {{"a", OneOf{{"fine", bad}}}};
                 }),
                 "UTF-8"));
}

TEST_CASE("repetitions in repetitions cannot make a trace without end") {
  CHECK(mentions(message_after([](Scenario& s) {
                   std::size_t parent = 0;
                   for (int level = 0; level < 40; ++level) {
                     parent = s.traces[0].add(
                         {.parent = parent, .name = "more", .repeat_high = 1'000'000'000});
                   }
                 }),
                 "more than 100000 spans"));
}

TEST_CASE("a literal text stands for itself, braces and all") {
  CHECK(literal("{item} }{") == "{{item}} }}{{");
}

TEST_CASE("an unknown scenario is answered with the nearest, or with all") {
  CHECK(find_scenario("agentmap")->name == "agentmap");
  CHECK(find_scenario("agent-map").error().hint == "did you mean 'agentmap'?");
  CHECK(find_scenario("elephant").error().hint == "there are " + join(scenario_names(), ", "));
}
