// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"

using namespace otelctl;
using namespace otelctl::synth;

// Metrics and logs of the built-in scenarios against what their platforms' documents list.
namespace {

struct Listed {
  MetricKind kind;
  std::string unit;
  std::string description;
  std::vector<std::string> attributes = {};
};

void check_listed(const Scenario& scenario, const std::map<std::string, Listed>& listed) {
  CHECK(scenario.metrics.size() == listed.size());
  for (const MetricSpec& metric : scenario.metrics) {
    CAPTURE(metric.name);
    REQUIRE(listed.count(metric.name) == 1);
    const Listed& wanted = listed.at(metric.name);
    CHECK(metric.kind == wanted.kind);
    CHECK(metric.unit == wanted.unit);
    CHECK(metric.description == wanted.description);
    std::vector<std::string> keys;
    for (const AttributeSpec& attribute : metric.attributes) {
      keys.push_back(attribute.key);
    }
    CHECK(keys == wanted.attributes);
    CHECK(metric.bounds.empty() == (metric.kind != MetricKind::histogram));
    CHECK(std::is_sorted(metric.bounds.begin(), metric.bounds.end()));
    CHECK(metric.exemplar.has_value() == (metric.kind == MetricKind::histogram));
  }
}

// The name of the span that a record points to.
std::string name_of(const Scenario& scenario, const SpanReference& reference) {
  REQUIRE(reference.trace < scenario.traces.size());
  REQUIRE(reference.span < scenario.traces[reference.trace].spans.size());
  return scenario.traces[reference.trace].spans[reference.span].name;
}

std::string exemplar_of(const Scenario& scenario, std::string_view metric) {
  const auto found = std::find_if(scenario.metrics.begin(), scenario.metrics.end(),
                                  [&](const MetricSpec& other) { return other.name == metric; });
  return name_of(scenario, found->exemplar.value());
}

}  // namespace

TEST_CASE("agentproxy has the metrics of its summary") {
  const Scenario scenario = find_scenario("agentproxy").value();
  check_listed(
      scenario,
      {{"agentproxy.tasks.started", {MetricKind::counter, "1", "Total tasks started"}},
       {"agentproxy.tasks.completed",
        {MetricKind::counter, "1", "Tasks completed by status", {"status"}}},
       {"agentproxy.claude.iterations",
        {MetricKind::counter, "1", "Claude subprocess invocations"}},
       {"agentproxy.verifications",
        {MetricKind::counter, "1", "Verifications by type and result", {"type", "result"}}},
       {"agentproxy.pa.decisions",
        {MetricKind::counter, "1", "PA decisions by type", {"decision"}}},
       {"agentproxy.task.duration", {MetricKind::histogram, "s", "Task duration distribution"}},
       {"agentproxy.pa.reasoning.duration",
        {MetricKind::histogram, "s", "PA reasoning cycle duration"}},
       {"agentproxy.gemini.api.duration", {MetricKind::histogram, "s", "Gemini API call latency"}},
       {"agentproxy.sessions.active", {MetricKind::gauge, "1", "Currently active sessions"}}});
  CHECK(exemplar_of(scenario, "agentproxy.task.duration") == "pa.run_task");
  CHECK(exemplar_of(scenario, "agentproxy.pa.reasoning.duration") == "pa.reasoning_loop");
  CHECK(exemplar_of(scenario, "agentproxy.gemini.api.duration") == "gemini.api.call");
}

TEST_CASE("agentmap has the metrics of its plan") {
  const Scenario scenario = find_scenario("agentmap").value();
  const std::vector<std::string> graph{"agentmap.graph.name"};
  const std::vector<std::string> agent{"agentmap.agent.type"};
  check_listed(
      scenario,
      {{"agentmap.workflow.executions", {MetricKind::counter, "1", "total workflows run", graph}},
       {"agentmap.node.executions", {MetricKind::counter, "1", "total nodes executed", agent}},
       {"agentmap.agent.errors", {MetricKind::counter, "1", "errors by agent type", agent}},
       {"agentmap.workflow.duration",
        {MetricKind::histogram, "s", "workflow execution time", graph}},
       {"agentmap.node.duration", {MetricKind::histogram, "s", "node execution time", agent}},
       {"agentmap.llm.latency",
        {MetricKind::histogram, "s", "LLM call latency", {"gen_ai.system"}}},
       {"agentmap.llm.tokens",
        {MetricKind::histogram, "{token}", "token usage", {"gen_ai.system", "gen_ai.token.type"}}},
       {"agentmap.workflow.active", {MetricKind::gauge, "1", "currently running workflows"}}});
  CHECK(exemplar_of(scenario, "agentmap.workflow.duration") == "{graph_name}.execute");
  CHECK(exemplar_of(scenario, "agentmap.node.duration") == "{answer}.execute");
  CHECK(exemplar_of(scenario, "agentmap.llm.latency") == "llm.{provider}.call");
}

TEST_CASE("every agentmap log belongs to the span that would write it") {
  const Scenario scenario = find_scenario("agentmap").value();
  std::map<int, std::set<std::string>> spans;
  for (const LogSpec& log : scenario.logs) {
    REQUIRE(log.span);
    spans[log.severity].insert(name_of(scenario, *log.span));
    CHECK(std::holds_alternative<Value>(log.body));
  }
  CHECK(spans ==
        std::map<int, std::set<std::string>>{{5, {"agent.{agent}.execute", "llm.{provider}.call"}},
                                             {9, {"{graph_name}.execute", "storage.json.write"}},
                                             {13, {"llm.{provider}.call"}},
                                             {17, {"storage.json.write"}}});
}

TEST_CASE("kinds has every kind of metric in every form, with exemplars but for summaries") {
  const Scenario scenario = find_scenario("kinds").value();
  std::set<std::tuple<MetricKind, Temporality, bool>> forms;
  for (const MetricSpec& metric : scenario.metrics) {
    forms.insert({metric.kind, metric.temporality, metric.is_integer});
    CHECK(metric.exemplar.has_value() == (metric.kind != MetricKind::summary));
  }
  const auto has = [&](MetricKind kind, Temporality temporality, bool is_integer) {
    return forms.count({kind, temporality, is_integer}) == 1;
  };
  for (const auto temporality : {Temporality::cumulative, Temporality::delta}) {
    CHECK(has(MetricKind::counter, temporality, true));
    CHECK(has(MetricKind::counter, temporality, false));
    CHECK(has(MetricKind::histogram, temporality, false));
    CHECK(has(MetricKind::exponential_histogram, temporality, false));
  }
  for (const bool is_integer : {true, false}) {
    CHECK(has(MetricKind::gauge, Temporality::cumulative, is_integer));
    CHECK(has(MetricKind::up_down_counter, Temporality::cumulative, is_integer));
  }
  CHECK(has(MetricKind::summary, Temporality::cumulative, false));
}

TEST_CASE("kinds has a log body of every type, and severities from TRACE to FATAL") {
  const Scenario scenario = find_scenario("kinds").value();
  std::set<std::size_t> bodies;
  std::set<std::size_t> values;
  std::set<int> ranges;
  for (const LogSpec& log : scenario.logs) {
    bodies.insert(log.body.index());
    if (const auto* value = std::get_if<Value>(&log.body)) {
      values.insert(value->index());
    }
    ranges.insert((log.severity - 1) / 4);
  }
  CHECK(bodies.size() == std::variant_size_v<Body>);
  CHECK(values.size() == std::variant_size_v<Value>);
  CHECK(ranges == std::set<int>{0, 1, 2, 3, 4, 5});
}
