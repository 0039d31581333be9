// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

using Attributes = std::vector<AttributeSpec>;

// Every span of AgentMap sets its own status, OK or ERROR, as its decorator `traced` does.
SpanSpec span_of(std::size_t parent, std::string name, SpanKind kind, DurationSpec own_time) {
  SpanSpec span;
  span.parent = parent;
  span.name = std::move(name);
  span.kind = kind;
  span.own_time = own_time;
  span.success = Success::ok;
  return span;
}

// A node of the graph: where it is executed, by which agent, and what it needs.
struct NodeSpec {
  std::string name;        // "{draft}"
  std::string agent_type;  // "OpenAIAgent"
  std::string description;
  std::vector<std::string> context_keys;
  IntRange output_size;
};

// {node_name}.execute (ExecutionTrackingService.record_node_start) with agent.{type}.execute
// (BaseAgent.execute) in it. Returns the agent's span.
std::size_t add_node(TraceSpec& trace, std::size_t graph, const NodeSpec& node) {
  SpanSpec execution =
      span_of(graph, node.name + ".execute", SpanKind::internal, Uniform{600us, 3ms});
  execution.attributes = {{"node_name", Value(node.name)},
                          {"agent_type", Value(node.agent_type)},
                          {"context_keys", Value(node.context_keys)},
                          {"agentmap.graph.name", Value("{graph_name}")},
                          {"agentmap.node.name", Value(node.name)},
                          {"agentmap.agent.type", Value(node.agent_type)},
                          {"agentmap.execution.success", ByOutcome{true, false}}};
  const std::size_t parent = trace.add(std::move(execution));

  SpanSpec agent = span_of(parent, "agent." + node.agent_type + ".execute", SpanKind::internal,
                           Lognormal{4ms, 0.3});
  agent.attributes = {{"agent_type", Value(node.agent_type)},
                      {"description", Value(node.description)},
                      {"output_size", node.output_size},
                      {"agentmap.graph.name", Value("{graph_name}")},
                      {"agentmap.node.name", Value(node.name)},
                      {"agentmap.agent.type", Value(node.agent_type)},
                      {"agentmap.execution.success", ByOutcome{true, false}}};
  return trace.add(std::move(agent));
}

struct CallSpec {
  std::string provider;  // a column: "{provider}"
  std::string model;
  double temperature;
  IntRange input_tokens;
  IntRange output_tokens;
  Lognormal latency;
};

// llm.{provider}.call (LLMAgent._call_llm). Returns the span.
std::size_t add_llm_call(TraceSpec& trace, std::size_t agent, const NodeSpec& node,
                         const CallSpec& call) {
  SpanSpec span = span_of(agent, "llm." + call.provider + ".call", SpanKind::client, call.latency);
  span.numbers = {{.name = "input", .range = call.input_tokens},
                  {.name = "output", .range = call.output_tokens},
                  {.name = "total", .sum_of = {"input", "output"}}};
  span.attributes = {{"model", Value(call.model)},
                     {"tokens_input", NumberOf{"input"}},
                     {"tokens_output", NumberOf{"output"}},
                     {"tokens_total", NumberOf{"total"}},
                     {"temperature", Value(call.temperature)},
                     {"gen_ai.system", Value(call.provider)},
                     {"gen_ai.request.model", Value(call.model)},
                     {"gen_ai.request.temperature", Value(call.temperature)},
                     {"gen_ai.usage.input_tokens", NumberOf{"input"}},
                     {"gen_ai.usage.output_tokens", NumberOf{"output"}},
                     {"gen_ai.usage.total_tokens", NumberOf{"total"}},
                     {"agentmap.graph.name", Value("{graph_name}")},
                     {"agentmap.node.name", Value(node.name)},
                     {"agentmap.agent.type", Value(node.agent_type)},
                     {"agentmap.execution.success", ByOutcome{true, false}}};
  return trace.add(std::move(span));
}

// storage.{type}.{op} (StorageAgent.read and write). Returns the span.
std::size_t add_storage(TraceSpec& trace, std::size_t agent, const NodeSpec& node,
                        const std::string& type, const std::string& operation, Uniform latency) {
  SpanSpec span = span_of(agent, "storage." + type + "." + operation, SpanKind::client, latency);
  span.attributes = {{"storage_type", Value(type)},
                     {"record_count", IntRange{1, 400}},
                     {"agentmap.graph.name", Value("{graph_name}")},
                     {"agentmap.node.name", Value(node.name)},
                     {"agentmap.agent.type", Value(node.agent_type)},
                     {"agentmap.execution.success", ByOutcome{true, false}}};
  return trace.add(std::move(span));
}

// http.workflow.run (POST /workflow/{name}/run) with {graph_name}.execute
// (GraphExecutionService.execute_compiled_graph) in it. Returns the graph's span.
std::size_t add_run(TraceSpec& trace) {
  SpanSpec request;
  request.name = "http.workflow.run";
  request.kind = SpanKind::server;
  request.own_time = Uniform{1ms, 4ms};
  request.success = Success::ok;
  request.attributes = {
      {"graph_name", Value("{graph_name}")},
      {"input_keys", Value(std::vector<std::string>{"{input_key}", "session_id"})},
      {"http.request.method", Value("POST")},
      {"http.route", Value("/workflow/{{name}}/run")},
      {"http.response.status_code", ByOutcome{std::int64_t{200}, std::int64_t{500}}}};
  const std::size_t root = trace.add(std::move(request));

  SpanSpec graph = span_of(root, "{graph_name}.execute", SpanKind::internal, Uniform{4ms, 12ms});
  graph.attributes = {{"graph_name", Value("{graph_name}")},
                      {"inputs_count", Value(std::int64_t{2})},
                      {"config", Value("agentmap_config.yaml")},
                      {"agentmap.graph.name", Value("{graph_name}")},
                      {"agentmap.execution.success", ByOutcome{true, false}}};
  return trace.add(std::move(graph));
}

// Indexes of the spans that metrics and logs point to.
struct Spans {
  std::size_t graph = 0;
  std::size_t node = 0;
  std::size_t agent = 0;
  std::size_t call = 0;
  std::size_t write = 0;
};

MetricSpec metric(std::string name, std::string description, std::string unit, MetricKind kind,
                  double low, double high, Attributes attributes) {
  return {.name = std::move(name),
          .description = std::move(description),
          .unit = std::move(unit),
          .kind = kind,
          .low = low,
          .high = high,
          .is_integer = kind != MetricKind::histogram,
          .attributes = std::move(attributes)};
}

// "Define metrics" of the plan's phase 3: names, kinds and descriptions.
std::vector<MetricSpec> metrics_of(const Spans& spans) {
  const AttributeSpec graph{"agentmap.graph.name",
                            OneOf{{"CustomerSupport", "InvoiceReview", "ResearchBrief"}}};
  const AttributeSpec agent{"agentmap.agent.type",
                            OneOf{{"CSVReaderAgent", "OpenAIAgent", "JSONWriterAgent"}}};
  const AttributeSpec provider{"gen_ai.system", OneOf{{"openai", "anthropic", "google"}}};
  const std::vector<double> seconds{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
  std::vector<MetricSpec> metrics{
      metric("agentmap.workflow.executions", "total workflows run", "1", MetricKind::counter, 0, 20,
             {graph}),
      metric("agentmap.node.executions", "total nodes executed", "1", MetricKind::counter, 0, 60,
             {agent}),
      metric("agentmap.agent.errors", "errors by agent type", "1", MetricKind::counter, 0, 2,
             {agent}),
      metric("agentmap.workflow.duration", "workflow execution time", "s", MetricKind::histogram,
             1.1, 5.5, {graph}),
      metric("agentmap.node.duration", "node execution time", "s", MetricKind::histogram, 0.005, 5,
             {agent}),
      metric("agentmap.llm.latency", "LLM call latency", "s", MetricKind::histogram, 0.2, 4.5,
             {provider}),
      metric("agentmap.llm.tokens", "token usage", "{token}", MetricKind::histogram, 4, 3'200,
             {provider, {"gen_ai.token.type", OneOf{{"input", "output"}}}}),
      metric("agentmap.workflow.active", "currently running workflows", "1", MetricKind::gauge, 0,
             16, {})};
  for (const auto& [index, span] :
       {std::pair{3U, spans.graph}, {4U, spans.node}, {5U, spans.call}, {6U, spans.call}}) {
    metrics[index].bounds = seconds;
    metrics[index].exemplar = SpanReference{0, span};
  }
  metrics[6].is_integer = true;
  metrics[6].bounds = {1, 4, 16, 64, 256, 1'024, 4'096, 16'384};
  return metrics;
}

// What the OpenTelemetry handler makes of AgentMap's Python logging: the message as body, the place
// in the code as attributes, the span that was active.
LogSpec log(int severity, std::string message, const std::string& function, std::int64_t line,
            std::size_t span) {
  const std::string file = "src/agentmap/services/" + function.substr(0, function.find('.'));
  return {.severity = severity,
          .body = Value(std::move(message)),
          .attributes = {{"code.filepath", Value(file + ".py")},
                         {"code.function", Value(function.substr(function.find('.') + 1))},
                         {"code.lineno", Value(line)}},
          .span = SpanReference{0, span}};
}

std::vector<LogSpec> logs_of(const Spans& spans) {
  std::vector<LogSpec> logs{
      log(9, "Workflow execution started", "graph_execution_service.execute_compiled_graph", 118,
          spans.graph),
      log(5, "Agent input validated", "base_agent.execute", 203, spans.agent),
      log(5, "Sending prompt to LLM", "llm_agent._call_llm", 147, spans.call),
      log(13, "LLM response was cut at max_tokens", "llm_agent._call_llm", 161, spans.call),
      log(9, "Reply written to storage", "storage_agent.write", 92, spans.write),
      log(17, "Storage write failed", "storage_agent.write", 99, spans.write)};
  logs.back().attributes.push_back({"exception.type", Value("StorageOperationError")});
  logs.back().attributes.push_back({"exception.message", Value("no space left on device")});
  return logs;
}

// One run of an AgentMap workflow with the span names, attributes and conventions of AgentMap's
// OpenTelemetry plan, section 6: history is read, the request classified by a small model, answered
// by a large one, and the answer stored. Its storage fails now and then, and the run with it.
Scenario agentmap() {
  Scenario scenario;
  scenario.name = "agentmap";
  scenario.summary = "AgentMap running a workflow: nodes, agents, LLM calls, storage (14 spans)";
  scenario.services = {{.name = "agentmap",
                        .resource = {{"service.version", "0.3.0"},
                                     {"deployment.environment", "development"},
                                     {"host.name", "agentmap-worker-1"}},
                        .scope_name = "agentmap",
                        .scope_version = "0.3.0"}};
  scenario.choices = {
      {{"graph_name", "input_key", "read", "classify", "answer", "save"},
       {{"CustomerSupport", "question", "LoadHistory", "ClassifyIntent", "DraftReply", "SaveReply"},
        {"InvoiceReview", "invoice", "LoadOrders", "MatchPositions", "ExplainDeviations",
         "SaveReview"},
        {"ResearchBrief", "topic", "LoadSources", "RankSources", "WriteBrief", "SaveBrief"}}},
      {{"provider", "model", "agent"},
       {{"openai", "gpt-4", "OpenAIAgent"},
        {"anthropic", "claude-3-5-sonnet", "AnthropicAgent"},
        {"google", "gemini-1.5-pro", "GoogleAgent"}}}};

  TraceSpec& trace = scenario.traces.emplace_back();
  Spans spans;
  spans.graph = add_run(trace);

  const NodeSpec read{
      "{read}", "CSVReaderAgent", "Reads what is already known", {"session_id"}, {400, 24'000}};
  add_storage(trace, add_node(trace, spans.graph, read), read, "csv", "read", {3ms, 18ms});

  const NodeSpec classify{"{classify}",
                          "OpenAIAgent",
                          "Decides what is asked for",
                          {"{input_key}", "history"},
                          {12, 60}};
  add_llm_call(trace, add_node(trace, spans.graph, classify), classify,
               {"openai", "gpt-4o-mini", 0.0, {180, 420}, {4, 16}, {290ms, 0.2}});

  const NodeSpec answer{"{answer}",
                        "{agent}",
                        "Writes the answer",
                        {"{input_key}", "history", "intent"},
                        {900, 5'000}};
  spans.agent = add_node(trace, spans.graph, answer);
  spans.node = trace.spans[spans.agent].parent.value_or(0);
  spans.call =
      add_llm_call(trace, spans.agent, answer,
                   {"{provider}", "{model}", 0.7, {600, 3'200}, {240, 1'100}, {1900ms, 0.3}});

  const NodeSpec save{
      "{save}", "JSONWriterAgent", "Keeps the answer", {"answer", "session_id"}, {60, 200}};
  spans.write =
      add_storage(trace, add_node(trace, spans.graph, save), save, "json", "write", {2ms, 9ms});
  trace.spans[spans.write].error = ErrorSpec{
      .rate = 0.02, .type = "StorageOperationError", .message = "no space left on device"};
  scenario.metrics = metrics_of(spans);
  scenario.logs = logs_of(spans);
  return scenario;
}

}  // namespace

BuiltInScenario agentmap_scenario() {
  return {"agentmap", agentmap};
}

}  // namespace otelctl::synth
