// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

using Attributes = std::vector<AttributeSpec>;

constexpr std::size_t k_gateway = 0;
constexpr std::size_t k_navi = 1;
constexpr std::size_t k_pulse = 2;

// What a failure below answers: a gateway whose agent has failed is a bad one.
const ByOutcome k_status{std::int64_t{200}, std::int64_t{502}};

// A request as FastAPI's instrumentation writes it. `parent` is the caller's span, which the W3C
// headers named.
SpanSpec server_span(const std::string& path, std::size_t service, const std::string& host) {
  return {.service = service,
          .name = "POST " + path,
          .kind = SpanKind::server,
          .own_time = Uniform{1ms, 5ms},
          .attributes = {{"http.method", Value("POST")},
                         {"http.scheme", Value("http")},
                         {"http.flavor", Value("1.1")},
                         {"http.route", Value(path)},
                         {"http.target", Value(path)},
                         {"http.status_code", k_status},
                         {"http.user_agent", Value("python-httpx/0.27.0")},
                         {"net.host.name", Value(host)},
                         {"net.host.port", Value(std::int64_t{8000})}}};
}

// A request as HTTPX's instrumentation writes it, which also puts the traceparent header in.
SpanSpec client_span(std::size_t parent, const std::string& url, DurationSpec own_time) {
  return {.parent = parent,
          .name = "POST",
          .kind = SpanKind::client,
          .own_time = own_time,
          .attributes = {{"http.method", Value("POST")},
                         {"http.url", Value(url)},
                         {"http.status_code", k_status}}};
}

// A command as Redis' instrumentation writes it: arguments are question marks.
std::size_t add_redis(TraceSpec& trace, std::size_t parent, const std::string& command,
                      std::int64_t arguments) {
  std::string statement = command;
  for (std::int64_t argument = 1; argument < arguments; ++argument) {
    statement += " ?";
  }
  return trace.add({.parent = parent,
                    .name = command,
                    .kind = SpanKind::client,
                    .own_time = Lognormal{450us, 0.4},
                    .attributes = {{"db.system", Value("redis")},
                                   {"db.statement", Value(statement)},
                                   {"db.redis.database_index", Value(std::int64_t{0})},
                                   {"db.redis.args_length", Value(arguments)},
                                   {"net.peer.name", Value("redis")},
                                   {"net.peer.port", Value(std::int64_t{6379})},
                                   {"net.transport", Value("ip_tcp")}}});
}

// A span of the decorator `traced`, which sets OK or ERROR itself.
SpanSpec traced(std::size_t parent, std::string name, Attributes attributes,
                DurationSpec own_time = Uniform{200us, 1ms}) {
  return {.parent = parent,
          .name = std::move(name),
          .own_time = own_time,
          .attributes = std::move(attributes),
          .success = Success::ok};
}

// The rate limiter's decision and the state of its bucket, which lies in Redis.
void add_rate_limit(TraceSpec& trace, std::size_t request, bool is_allowed) {
  const std::size_t limit =
      trace.add(traced(request, "rate_limit.check",
                       {{"rate_limit.key_type", Value("workspace")},
                        {"rate_limit.limit", Value(std::int64_t{100})},
                        {"rate_limit.remaining", is_allowed ? IntRange{1, 99} : IntRange{0, 0}},
                        {"rate_limit.allowed", Value(is_allowed)}}));
  add_redis(trace, limit, "EVALSHA", 5);
}

struct Agent {
  std::string id;
  std::size_t service;
  std::string type;
};

// a2a.call {"agent.type": ...}, the request that it makes, and the agent's service, which works on
// it in the same trace. Returns that service's span.
std::size_t add_a2a_call(TraceSpec& trace, std::size_t caller, const std::string& caller_type,
                         const Agent& agent) {
  const std::string path = "/a2a/" + agent.id + "/rpc";
  const std::size_t call = trace.add(traced(
      caller, "a2a.call", {{"agent.type", Value(caller_type)}, {"a2a.agent_id", Value(agent.id)}}));
  const std::string host = "hyvve-" + agent.id;
  const std::size_t request =
      trace.add(client_span(call, "http://" + host + ":8000" + path, Uniform{1ms, 4ms}));
  SpanSpec served = server_span(path, agent.service, host);
  served.parent = request;
  return trace.add(std::move(served));
}

// The model behind the router of Claude Code (CCR), asked over HTTPX.
std::size_t add_model(TraceSpec& trace, std::size_t parent) {
  const std::size_t request =
      trace.add(client_span(parent, "http://ccr:3456/v1/messages", Lognormal{1500ms, 0.35}));
  trace.spans[request].attributes.back().value = ByOutcome{std::int64_t{200}, std::int64_t{529}};
  trace.add(traced(parent, "ccr.record_request",
                   {{"ccr.provider", OneOf{{"claude", "deepseek", "gemini"}}},
                    {"ccr.task_type", Value("{task}")},
                    {"ccr.is_fallback", Value(false)},
                    {"ccr.input_tokens", IntRange{300, 2'600}},
                    {"ccr.output_tokens", IntRange{80, 900}}}));
  return request;
}

// A request to the gateway that two agents answer, the second one asked by the first.
TraceSpec answered() {
  TraceSpec trace;
  trace.name = "answered";
  trace.weight = 9;
  const std::size_t request =
      trace.add(server_span("/a2a/gateway/rpc", k_gateway, "hyvve-agentos"));
  add_rate_limit(trace, request, true);
  const std::size_t cache = trace.add(traced(request, "cache.get",
                                             {{"cache.key_type", Value("agent_card")},
                                              {"cache.hit", OneOf{{true, true, true, false}}},
                                              {"cache.stale", Value(false)}}));
  add_redis(trace, cache, "GET", 2);
  trace.add(traced(request, "ccr.get_quota_status",
                   {{"ccr.quota.used", IntRange{20'000, 940'000}},
                    {"ccr.quota.limit", Value(std::int64_t{1'000'000})}}));

  const std::size_t navi = add_a2a_call(trace, request, "gateway", {"navi", k_navi, "planner"});
  const std::size_t pulse = add_a2a_call(trace, navi, "planner", {"pulse", k_pulse, "analyst"});
  add_redis(trace, pulse, "HGETALL", 2);
  add_model(trace, pulse);
  const std::size_t model = add_model(trace, navi);
  trace.spans[model].error =
      ErrorSpec{.rate = 0.02,
                .type = "httpx.HTTPStatusError",
                .message = "Server error '529 ' for url 'http://ccr:3456/v1/messages'"};

  SpanSpec merge =
      traced(request, "a2a.merge", {{"agent.type", Value("gateway")}}, Uniform{1ms, 4ms});
  merge.links = {{navi, {{"a2a.agent_id", Value("navi")}}},
                 {pulse, {{"a2a.agent_id", Value("pulse")}}}};
  trace.add(std::move(merge));
  // What cannot be kept is answered all the same.
  trace.spans[add_redis(trace, request, "SETEX", 4)].error =
      ErrorSpec{.rate = 0.015,
                .type = "redis.exceptions.TimeoutError",
                .message = "Timeout writing to socket",
                .propagates = false};
  return trace;
}

// One that the rate limiter turns away: an answer, not an error of the server's.
TraceSpec limited() {
  TraceSpec trace;
  trace.name = "limited";
  trace.weight = 1;
  SpanSpec request = server_span("/a2a/gateway/rpc", k_gateway, "hyvve-agentos");
  for (AttributeSpec& attribute : request.attributes) {
    if (attribute.key == "http.status_code") {
      attribute.value = Value(std::int64_t{429});
    }
  }
  add_rate_limit(trace, trace.add(std::move(request)), false);
  return trace;
}

// Agents that call agents (A2A) over HTTP in HYVVE: three services in one trace by W3C context, the
// rate limiter and the cache in Redis before them.
Scenario hyvve() {
  Scenario scenario;
  scenario.name = "hyvve";
  scenario.summary = "HYVVE agents calling agents: A2A over 3 services, Redis, limits (19 spans)";
  for (const char* name : {"hyvve-agentos", "hyvve-navi", "hyvve-pulse"}) {
    scenario.services.push_back({.name = name,
                                 .resource = {{"service.version", "0.2.0"}},
                                 .scope_name = "agents.observability",
                                 .scope_version = "0.2.0"});
  }
  scenario.choices = {{{"task"}, {{"reasoning"}, {"code_generation"}, {"long_context"}}}};
  scenario.traces = {answered(), limited()};
  return scenario;
}

}  // namespace

BuiltInScenario hyvve_scenario() {
  return {"hyvve", hyvve};
}

}  // namespace otelctl::synth
