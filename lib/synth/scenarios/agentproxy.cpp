// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

// Indexes of the spans that metrics point to.
struct Spans {
  std::size_t task = 0;
  std::size_t reasoning = 0;
  std::size_t gemini = 0;
};

struct Reasoning {
  std::int64_t iteration;
  IntRange output_length;
  std::string decision;
  std::string function;
};

// pa.reasoning_loop with gemini.api.call in it. A call that fails leaves the loop with what it
// falls back to, so that only the call has the error.
Spans add_reasoning(TraceSpec& trace, std::size_t task, const Reasoning& reasoning) {
  Spans spans;
  spans.reasoning = trace.add({.parent = task,
                               .name = "pa.reasoning_loop",
                               .own_time = Uniform{4ms, 30ms},
                               .attributes = {{"pa.iteration", Value(reasoning.iteration)},
                                              {"pa.output_length", reasoning.output_length},
                                              {"pa.decision", Value(reasoning.decision)},
                                              {"pa.function", Value(reasoning.function)}}});
  spans.gemini = trace.add({
      .parent = spans.reasoning,
      .name = "gemini.api.call",
      .kind = SpanKind::client,
      .own_time = Lognormal{1400ms, 0.35},
      .attributes = {{"gemini.model", Value("gemini-2.5-flash")},
                     {"gemini.has_images", Value(false)},
                     {"gemini.num_images", Value(std::int64_t{0})},
                     {"gemini.temperature", Value(0.7)},
                     {"gemini.max_tokens", Value(std::int64_t{2048})},
                     {"gemini.response_length", IntRange{180, 2'400}}},
      .error = ErrorSpec{.rate = 0.015,
                         .type = "requests.exceptions.HTTPError",
                         .message = "503 Server Error: Service Unavailable",
                         .propagates = false},
  });
  return spans;
}

std::size_t add_function(TraceSpec& trace, std::size_t task, const std::string& function,
                         DurationSpec own_time) {
  return trace.add({.parent = task,
                    .name = "pa.function." + function,
                    .own_time = own_time,
                    .attributes = {{"pa.function.name", Value(function)},
                                   {"pa.function.success", ByOutcome{true, false}}}});
}

// "Traces Hierarchy" of agentproxy's telemetry summary, span by span.
Spans add_task(TraceSpec& trace) {
  const std::size_t task =
      trace.add({.name = "pa.run_task",
                 .own_time = Uniform{20ms, 90ms},
                 .attributes = {{"pa.task.description", Value("{task}")},
                                {"pa.working_dir", Value("/home/dana/{directory}")},
                                {"pa.max_iterations", Value(std::int64_t{100})},
                                {"pa.status", ByOutcome{"completed", "error"}}}});
  Spans spans = add_reasoning(trace, task, {1, {0, 0}, "continue", "send_to_claude"});
  spans.task = task;
  trace.add({
      .parent = task,
      .name = "claude.subprocess",
      .own_time = Lognormal{42s, 0.5},
      .attributes = {{"claude.prompt_length", IntRange{240, 3'600}},
                     {"claude.completed", ByOutcome{true, false}}},
      // The next reasoning loop decides what to do about it.
      .error = ErrorSpec{.rate = 0.03,
                         .type = "subprocess.CalledProcessError",
                         .message = "Command 'claude' returned non-zero exit status 1.",
                         .propagates = false},
  });
  add_reasoning(trace, task, {2, {900, 18'000}, "verify", "verify_code"});
  add_function(trace, task, "verify_code", Lognormal{3200ms, 0.4});
  const std::size_t done = add_function(trace, task, "mark_done", Uniform{900us, 4ms});
  trace.spans[done].error =
      ErrorSpec{.rate = 0.01, .type = "OSError", .message = "[Errno 28] No space left on device"};
  return spans;
}

MetricSpec counter(std::string name, std::string description) {
  return {.name = std::move(name),
          .description = std::move(description),
          .unit = "1",
          .kind = MetricKind::counter,
          .low = 0,
          .high = 5,
          .is_integer = true};
}

MetricSpec histogram(std::string name, std::string description, double low, double high,
                     std::vector<double> bounds, std::size_t span) {
  return {.name = std::move(name),
          .description = std::move(description),
          .unit = "s",
          .kind = MetricKind::histogram,
          .low = low,
          .high = high,
          .bounds = std::move(bounds),
          .exemplar = SpanReference{0, span}};
}

// "Metrics" of the summary: names, kinds, attributes in braces and descriptions.
std::vector<MetricSpec> metrics_of(const Spans& spans) {
  std::vector<MetricSpec> metrics{
      counter("agentproxy.tasks.started", "Total tasks started"),
      counter("agentproxy.tasks.completed", "Tasks completed by status"),
      counter("agentproxy.claude.iterations", "Claude subprocess invocations"),
      counter("agentproxy.verifications", "Verifications by type and result"),
      counter("agentproxy.pa.decisions", "PA decisions by type"),
      histogram("agentproxy.task.duration", "Task duration distribution", 20, 400,
                {1, 5, 10, 30, 60, 120, 300, 600, 1800}, spans.task),
      histogram("agentproxy.pa.reasoning.duration", "PA reasoning cycle duration", 0.6, 4,
                {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}, spans.reasoning),
      histogram("agentproxy.gemini.api.duration", "Gemini API call latency", 0.5, 3.8,
                {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}, spans.gemini),
      {.name = "agentproxy.sessions.active",
       .description = "Currently active sessions",
       .unit = "1",
       .kind = MetricKind::gauge,
       .low = 0,
       .high = 12,
       .is_integer = true}};
  metrics[1].attributes = {{"status", OneOf{{"completed", "error"}}}};
  metrics[3].attributes = {{"type", OneOf{{"verify_code", "run_tests", "verify_product"}}},
                           {"result", OneOf{{"pass", "fail"}}}};
  metrics[4].attributes = {{"decision", OneOf{{"continue", "verify", "done"}}}};
  return metrics;
}

// A task of agentproxy: its PA reasons with Gemini, has Claude do the work and verifies it.
Scenario agentproxy() {
  Scenario scenario;
  scenario.name = "agentproxy";
  scenario.summary = "agentproxy running a task: reasoning, Gemini, Claude, verification (8 spans)";
  scenario.services = {{.name = "agentproxy",
                        .resource = {{"service.namespace", "default"},
                                     {"host.name", "agentproxy-1"},
                                     {"agentproxy.owner", "dana"}},
                        .scope_name = "agentproxy"}};
  scenario.choices = {{{"task", "directory"},
                       {{"Create a hello world script", "hello"},
                        {"Add pagination to the orders endpoint", "shop-api"},
                        {"Fix the flaky login test", "web"},
                        {"Port the importer to asyncio", "importer"}}}};
  scenario.metrics = metrics_of(add_task(scenario.traces.emplace_back()));
  return scenario;
}

}  // namespace

BuiltInScenario agentproxy_scenario() {
  return {"agentproxy", agentproxy};
}

}  // namespace otelctl::synth
