// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

using Attributes = std::vector<AttributeSpec>;

constexpr std::size_t k_api = 0;
constexpr std::size_t k_core = 1;

// "Common Attributes" of AOB's tracing guide: its tracer puts them on every span of the run, so
// that one span tells whose run it belongs to.
Attributes common_attributes() {
  return {{"workflow.id", Counter{.prefix = "{workflow}-workflow-"}},
          {"workflow.name", Value("{workflow}")},
          {"workflow.version", Value("1.0.0")},
          {"tenant.id", Value("{tenant}")},
          {"user.id", Value("{user}")}};
}

// Of the API's spans; the status code is not known before the request's own span ends.
Attributes request_attributes() {
  return {{"http.method", Value("POST")},
          {"http.url", Value("http://localhost:8000/workflows/start")},
          {"http.user_agent", Value("curl/7.68.0")}};
}

struct Part {
  std::size_t parent;
  std::string name;
  SpanKind kind = SpanKind::internal;
  DurationSpec own_time;
  Attributes attributes = {};
};

std::size_t add(TraceSpec& trace, Part part) {
  SpanSpec span{.parent = part.parent,
                .name = std::move(part.name),
                .kind = part.kind,
                .own_time = part.own_time,
                .attributes = std::move(part.attributes)};
  for (const Attributes& more : {common_attributes(), request_attributes()}) {
    span.attributes.insert(span.attributes.end(), more.begin(), more.end());
  }
  return trace.add(std::move(span));
}

std::size_t add_request(TraceSpec& trace) {
  SpanSpec request{
      .service = k_api,
      .name = "POST /workflows/start",
      .kind = SpanKind::server,
      .own_time = Uniform{2ms, 8ms},
      .attributes = request_attributes(),
  };
  request.attributes.push_back(
      {"http.status_code", ByOutcome{std::int64_t{200}, std::int64_t{500}}});
  const Attributes common = common_attributes();
  request.attributes.insert(request.attributes.end(), common.begin(), common.end());
  return trace.add(std::move(request));
}

struct Query {
  std::string operation;
  std::string table;
  IntRange duration_ms;
  DurationSpec own_time;
};

Attributes database_attributes(const Query& query) {
  return {{"db.system", Value("postgresql")},           {"db.name", Value("aob")},
          {"db.operation", Value(query.operation)},     {"db.table", Value(query.table)},
          {"db.rows_affected", Value(std::int64_t{1})}, {"db.duration_ms", query.duration_ms}};
}

struct Node {
  std::string id;
  std::string name;
  std::string expression;
  std::string edge;
  std::int64_t attempt = 1;
};

// node.execution with policy.evaluation, and policy.check of the policy guard in that. Returns the
// node's span.
std::size_t add_node(TraceSpec& trace, std::size_t workflow, const Node& node) {
  const std::size_t execution =
      add(trace, {.parent = workflow,
                  .name = "node.execution",
                  .own_time = Uniform{800us, 4ms},
                  .attributes = {{"node.id", Value(node.id)},
                                 {"node.name", Value(node.name)},
                                 {"node.kind", Value("task")},
                                 {"node.expression", Value(node.expression)},
                                 {"execution.attempt", Value(node.attempt)},
                                 {"execution.max_attempts", Value(std::int64_t{3})},
                                 {"execution.retry_count", Value(node.attempt - 1)},
                                 {"execution.success", ByOutcome{true, false}}}});
  const Value rules = std::vector<std::string>{"require_human_for_risk_high"};
  const std::size_t evaluation =
      add(trace, {.parent = execution,
                  .name = "policy.evaluation",
                  .own_time = Uniform{300us, 900us},
                  .attributes = {{"policy.rules", rules}, {"policy.decision", Value("allow")}}});
  add(trace, {.parent = evaluation,
              .name = "policy.check",
              .own_time = Uniform{9ms, 22ms},
              .attributes = {{"policy.rules", rules},
                             {"policy.edge", Value(node.edge)},
                             {"policy.decision", Value("allow")},
                             {"policy.evaluation_time_ms", IntRange{9, 22}},
                             {"policy.opa_url", Value("http://localhost:8181")}}});
  return execution;
}

std::size_t add_tool_call(TraceSpec& trace, std::size_t node) {
  return add(trace,
             {.parent = node,
              .name = "tool.call",
              .kind = SpanKind::client,
              .own_time = Lognormal{240ms, 0.3},
              .attributes = {{"tool.name", Value("cmms.create_workorder")},
                             {"tool.endpoint", Value("https://tools.company/cmms")},
                             {"tool.method", Value("POST")},
                             {"tool.status_code", ByOutcome{std::int64_t{200}, std::int64_t{503}}},
                             {"tool.duration_ms", IntRange{120, 480}}}});
}

std::size_t add_model_call(TraceSpec& trace, std::size_t node) {
  return add(trace, {.parent = node,
                     .name = "model.call",
                     .kind = SpanKind::client,
                     .own_time = Lognormal{1600ms, 0.35},
                     .attributes = {{"model.name", Value("gpt-4")},
                                    {"model.provider", Value("openai")},
                                    {"model.tier", Value("premium")},
                                    {"model.tokens_input", IntRange{120, 900}},
                                    {"model.tokens_output", IntRange{40, 420}},
                                    {"model.cost_usd", DoubleRange{0.002, 0.052}}}});
}

Attributes message_attributes() {
  return {{"messaging.system", Value("kafka")},
          {"messaging.destination", Value("aob.events")},
          {"messaging.destination_kind", Value("topic")},
          {"messaging.message_id", Counter{.prefix = "msg-"}}};
}

// Event publishing, and agentic-core, which takes the event from the topic and stores it. Events
// come at least once: a row that is there already fails its INSERT and nothing else.
void add_event(TraceSpec& trace, std::size_t request) {
  const std::size_t publish = add(trace, {.parent = request,
                                          .name = "event.publish",
                                          .kind = SpanKind::producer,
                                          .own_time = Uniform{2ms, 9ms},
                                          .attributes = message_attributes()});
  trace.spans[publish].attributes.push_back({"messaging.operation", Value("publish")});
  trace.spans[publish].attributes.push_back({"messaging.payload_size_bytes", IntRange{420, 4'096}});

  SpanSpec consume{.parent = publish,
                   .service = k_core,
                   .name = "event.consume",
                   .kind = SpanKind::consumer,
                   .own_time = Uniform{1ms, 6ms},
                   .attributes = message_attributes()};
  consume.attributes.push_back({"messaging.operation", Value("process")});
  consume.attributes.push_back({"messaging.kafka.consumer_group", Value("agentic-core")});
  consume.attributes.push_back(
      {"messaging.kafka.partition",
       OneOf{{std::int64_t{0}, std::int64_t{1}, std::int64_t{2}, std::int64_t{3}}}});
  SpanSpec insert{.service = k_core,
                  .name = "INSERT aob.events",
                  .kind = SpanKind::client,
                  .own_time = Lognormal{12ms, 0.5},
                  .attributes = database_attributes({"INSERT", "events", {3, 60}, {}}),
                  .error = ErrorSpec{
                      .rate = 0.01,
                      .type = "asyncpg.exceptions.UniqueViolationError",
                      .message = "duplicate key value violates unique constraint \"events_pkey\"",
                      .propagates = false}};
  for (SpanSpec* span : {&consume, &insert}) {
    const Attributes common = common_attributes();
    span->attributes.insert(span->attributes.end(), common.begin(), common.end());
  }
  insert.parent = trace.add(std::move(consume));
  trace.add(std::move(insert));
}

enum class Course { plain, approved, retried };

// "Span Hierarchy" of the guide. What can fail is what comes last, as nothing runs after it but the
// event that tells of it.
TraceSpec run(Course course, double weight) {
  TraceSpec trace;
  trace.name = "workflow run";
  trace.weight = weight;
  const std::size_t request = add_request(trace);
  const std::size_t workflow =
      add(trace, {.parent = request, .name = "workflow.execution", .own_time = Uniform{3ms, 9ms}});
  const Query load{"SELECT", "workflows", {2, 12}, Lognormal{5ms, 0.4}};
  add(trace, {.parent = workflow,
              .name = "SELECT aob.workflows",
              .kind = SpanKind::client,
              .own_time = load.own_time,
              .attributes = database_attributes(load)});

  Node first{"n1", "uppercase", "ctx.bag", "start->n1"};
  if (course == Course::retried) {
    // The first attempt fails with its tool; the workflow does not.
    const std::size_t node = add_node(trace, workflow, first);
    for (const std::size_t span : {node, add_tool_call(trace, node)}) {
      trace.spans[span].error = ErrorSpec{.rate = 1.0,
                                          .type = "aob.gateway.ToolUnavailableError",
                                          .message = "cmms.create_workorder answered 503",
                                          .propagates = false};
    }
    first.attempt = 2;
  }
  add_tool_call(trace, add_node(trace, workflow, first));
  const std::size_t model =
      add_model_call(trace, add_node(trace, workflow, {"n2", "summarize", "ctx.bag", "n1->n2"}));
  if (course == Course::approved) {
    const std::size_t approval = add(trace, {.parent = workflow,
                                             .name = "human.approval",
                                             .own_time = Lognormal{45s, 0.8},
                                             .attributes = {{"node.id", Value("n3")}}});
    trace.spans[approval].error = ErrorSpec{
        .rate = 0.05, .type = "aob.engine.ApprovalTimeout", .message = "nobody approved in time"};
  } else {
    trace.spans[model].error =
        ErrorSpec{.rate = 0.02,
                  .type = "openai.RateLimitError",
                  .message = "Error code: 429 - rate limit reached for gpt-4"};
  }
  add_event(trace, request);
  return trace;
}

// A workflow run of the Agentic Orchestration Builder: policies, a tool, a model, now and then a
// human, and the event that another service stores.
Scenario aob() {
  Scenario scenario;
  scenario.name = "aob";
  scenario.summary =
      "AOB running a workflow: policies, tool, model, Kafka, database (14 to 18 spans)";
  const std::vector<Attribute> resource{{"service.version", "1.0.0"},
                                        {"deployment.environment", "development"}};
  scenario.services = {
      {.name = "aob-api", .resource = resource, .scope_name = "aob.api", .scope_version = "1.0.0"},
      {.name = "agentic-core",
       .resource = resource,
       .scope_name = "aob.events",
       .scope_version = "1.0.0"}};
  scenario.choices = {{{"workflow", "tenant", "user"},
                       {{"demo", "acme-corp", "user-123"},
                        {"demo", "acme-corp", "user-207"},
                        {"maintenance", "globex", "user-019"},
                        {"incident", "initech", "user-311"}}}};
  scenario.traces = {run(Course::plain, 70), run(Course::approved, 22), run(Course::retried, 8)};
  return scenario;
}

}  // namespace

BuiltInScenario aob_scenario() {
  return {"aob", aob};
}

}  // namespace otelctl::synth
