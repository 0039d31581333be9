// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

// Each platform's spans against what its own document says of them.
namespace {

struct Placed {
  ProtoSpan span;
  std::string service;
};
using Trace = std::vector<Placed>;  // by start

std::vector<Trace> traces_of(const std::string& scenario, std::uint64_t count,
                             Semconv semconv = Semconv::seed) {
  std::map<std::string, Trace> traces;
  const Request request =
      encode_and_decode(compile(find_scenario(scenario, semconv).value()), count);
  for (const auto& resource : request.resource_spans()) {
    for (const auto& scope : resource.scope_spans()) {
      for (const ProtoSpan& span : scope.spans()) {
        traces[span.trace_id()].push_back({span, text_of(resource.resource(), "service.name")});
      }
    }
  }
  std::vector<Trace> sorted;
  for (auto& [id, trace] : traces) {
    std::stable_sort(trace.begin(), trace.end(), [](const Placed& left, const Placed& right) {
      return left.span.start_time_unix_nano() < right.span.start_time_unix_nano();
    });
    sorted.push_back(std::move(trace));
  }
  return sorted;
}

constexpr std::array<std::string_view, 6> k_kinds{"?",      "internal", "server",
                                                  "client", "producer", "consumer"};

// A line a span, indented below its parent: "  client gemini.api.call @agentproxy".
void outline(const Trace& trace, const std::string& parent, const std::string& indent,
             std::string& lines) {
  for (const Placed& placed : trace) {
    if (placed.span.parent_span_id() == parent) {
      lines += indent + std::string(k_kinds.at(static_cast<std::size_t>(placed.span.kind()))) +
               " " + placed.span.name() + " @" + placed.service + "\n";
      outline(trace, placed.span.span_id(), indent + "  ", lines);
    }
  }
}

std::string outline(const Trace& trace) {
  std::string lines;
  outline(trace, "", "", lines);
  return lines;
}

std::set<std::string> outlines(const std::string& scenario) {
  std::set<std::string> all;
  for (const Trace& trace : traces_of(scenario, 200)) {
    all.insert(outline(trace));
  }
  return all;
}

bool has_failed(const ProtoSpan& span) {
  return span.status().code() == opentelemetry::proto::trace::v1::Status::STATUS_CODE_ERROR;
}

// Every span of that name has those attributes: "key=type" with string, bool, int, double, array.
void check_attributes(const std::vector<Trace>& traces, const std::string& name,
                      const std::map<std::string, ProtoValue::ValueCase>& wanted) {
  std::size_t seen = 0;
  for (const Trace& trace : traces) {
    for (const Placed& placed : trace) {
      if (placed.span.name() != name) {
        continue;
      }
      ++seen;
      for (const auto& [key, type] : wanted) {
        CAPTURE(name);
        CAPTURE(key);
        const ProtoValue* value = attribute_of(placed.span, key);
        REQUIRE(value != nullptr);
        CHECK(value->value_case() == type);
      }
    }
  }
  CAPTURE(name);
  CHECK(seen > 0);
}

// The names of the spans that fail in so many traces, and how often.
std::map<std::string, std::size_t> failures(const std::string& scenario, std::uint64_t count) {
  std::map<std::string, std::size_t> failed;
  for (const ProtoSpan& span :
       spans_of(encode_and_decode(compile(find_scenario(scenario).value()), count))) {
    failed[span.name()] += has_failed(span) ? 1U : 0U;
  }
  std::erase_if(failed, [](const auto& entry) { return entry.second == 0; });
  return failed;
}

constexpr auto k_text = ProtoValue::kStringValue;
constexpr auto k_bool = ProtoValue::kBoolValue;
constexpr auto k_int = ProtoValue::kIntValue;
constexpr auto k_double = ProtoValue::kDoubleValue;
constexpr auto k_array = ProtoValue::kArrayValue;

}  // namespace

TEST_CASE("agentproxy's trace is the hierarchy of its summary") {
  CHECK(outlines("agentproxy") ==
        std::set<std::string>{"internal pa.run_task @agentproxy\n"
                              "  internal pa.reasoning_loop @agentproxy\n"
                              "    client gemini.api.call @agentproxy\n"
                              "  internal claude.subprocess @agentproxy\n"
                              "  internal pa.reasoning_loop @agentproxy\n"
                              "    client gemini.api.call @agentproxy\n"
                              "  internal pa.function.verify_code @agentproxy\n"
                              "  internal pa.function.mark_done @agentproxy\n"});
}

TEST_CASE("agentproxy's failures stay where it handles them") {
  const auto failed = failures("agentproxy", 3000);
  CHECK(failed.at("gemini.api.call") > 40);
  CHECK(failed.at("claude.subprocess") > 50);
  CHECK(failed.at("claude.subprocess") < 150);
  CHECK(failed.at("pa.run_task") == failed.at("pa.function.mark_done"));
  CHECK(failed.at("pa.run_task") < 70);
  CHECK(failed.count("pa.reasoning_loop") == 0);
}

TEST_CASE("aob's traces are the hierarchy of its guide, Kafka and all") {
  const std::string start =
      "server POST /workflows/start @aob-api\n"
      "  internal workflow.execution @aob-api\n"
      "    client SELECT aob.workflows @aob-api\n";
  const std::string policy =
      "      internal policy.evaluation @aob-api\n"
      "        internal policy.check @aob-api\n";
  const std::string node = "    internal node.execution @aob-api\n" + policy;
  const std::string tool = node + "      client tool.call @aob-api\n";
  const std::string model = node + "      client model.call @aob-api\n";
  const std::string approval = "    internal human.approval @aob-api\n";
  const std::string event =
      "  producer event.publish @aob-api\n"
      "    consumer event.consume @agentic-core\n"
      "      client INSERT aob.events @agentic-core\n";
  CHECK(outlines("aob") == std::set<std::string>{start + tool + model + event,
                                                 start + tool + model + approval + event,
                                                 start + tool + tool + model + event});
}

TEST_CASE("aob's spans have the attributes of its guide, of the same types") {
  const auto traces = traces_of("aob", 40);
  for (const Trace& trace : traces) {
    for (const Placed& placed : trace) {
      for (const char* key :
           {"workflow.id", "workflow.name", "workflow.version", "tenant.id", "user.id"}) {
        CHECK(text_of(placed.span, key) == text_of(trace.front().span, key));
        CHECK(text_of(placed.span, key) != "(none)");
      }
    }
  }
  check_attributes(traces, "POST /workflows/start",
                   {{"http.method", k_text},
                    {"http.url", k_text},
                    {"http.status_code", k_int},
                    {"http.user_agent", k_text}});
  check_attributes(traces, "node.execution",
                   {{"node.id", k_text},
                    {"node.name", k_text},
                    {"node.kind", k_text},
                    {"node.expression", k_text},
                    {"execution.attempt", k_int},
                    {"execution.max_attempts", k_int},
                    {"execution.retry_count", k_int},
                    {"execution.success", k_bool}});
  check_attributes(traces, "policy.evaluation",
                   {{"policy.rules", k_array}, {"policy.decision", k_text}});
  check_attributes(traces, "policy.check",
                   {{"policy.decision", k_text},
                    {"policy.rules", k_array},
                    {"policy.edge", k_text},
                    {"policy.evaluation_time_ms", k_int},
                    {"policy.opa_url", k_text}});
  check_attributes(traces, "tool.call",
                   {{"tool.name", k_text},
                    {"tool.endpoint", k_text},
                    {"tool.method", k_text},
                    {"tool.status_code", k_int},
                    {"tool.duration_ms", k_int}});
  check_attributes(traces, "model.call",
                   {{"model.name", k_text},
                    {"model.provider", k_text},
                    {"model.tier", k_text},
                    {"model.tokens_input", k_int},
                    {"model.tokens_output", k_int},
                    {"model.cost_usd", k_double}});
  check_attributes(traces, "INSERT aob.events",
                   {{"db.system", k_text},
                    {"db.name", k_text},
                    {"db.operation", k_text},
                    {"db.table", k_text},
                    {"db.rows_affected", k_int},
                    {"db.duration_ms", k_int}});
  check_attributes(traces, "event.publish",
                   {{"messaging.system", k_text},
                    {"messaging.destination", k_text},
                    {"messaging.destination_kind", k_text},
                    {"messaging.message_id", k_text},
                    {"messaging.payload_size_bytes", k_int}});
}

TEST_CASE("an event of aob is consumed after it was published, as the same message") {
  for (const Trace& trace : traces_of("aob", 64)) {
    const auto named = [&](std::string_view name) -> const ProtoSpan& {
      return std::find_if(trace.begin(), trace.end(),
                          [&](const Placed& placed) { return placed.span.name() == name; })
          ->span;
    };
    const ProtoSpan& publish = named("event.publish");
    const ProtoSpan& consume = named("event.consume");
    CHECK(consume.start_time_unix_nano() >= publish.end_time_unix_nano());
    CHECK(text_of(consume, "messaging.message_id") == text_of(publish, "messaging.message_id"));
    CHECK(consume.parent_span_id() == publish.span_id());
  }
}

TEST_CASE("what fails in aob fails the run, or is tried again, or was there already") {
  const auto failed = failures("aob", 4000);
  CHECK(failed.at("tool.call") > 100);
  CHECK(failed.at("model.call") > 20);
  CHECK(failed.at("node.execution") == failed.at("tool.call") + failed.at("model.call"));
  CHECK(failed.at("POST /workflows/start") == failed.at("workflow.execution"));
  CHECK(failed.at("POST /workflows/start") ==
        failed.at("model.call") +
            (failed.count("human.approval") ? failed.at("human.approval") : 0));
  CHECK(failed.at("INSERT aob.events") > 10);
  CHECK(failed.count("event.publish") == 0);
  CHECK(failed.count("policy.check") == 0);
}

TEST_CASE("agentcreator's traces are the hierarchy of its guide, with its rounds") {
  const std::string call = "    client DSPy LLM Call @agentcreator-meta-agent\n";
  const auto step = [&](const std::string& name) {
    return "  internal " + name + " @agentcreator-meta-agent\n";
  };
  std::set<std::string> possible;
  for (int plans = 1; plans <= 4; ++plans) {
    for (int codes = 1; codes <= 3; ++codes) {
      std::string lines = "server AgentCreator Invocation @agentcreator-meta-agent\n" +
                          step("Parse Voice Personality") + call + step("Parse SOP") + call;
      for (int plan = 1; plan <= plans; ++plan) {
        const std::string round = " (iteration " + std::to_string(plan) + ")";
        lines += step("Draft Plan" + round) + call + step("Review Plan" + round) + call;
      }
      for (int code = 1; code <= codes; ++code) {
        const std::string round = " (iteration " + std::to_string(code) + ")";
        lines += step("Generate Code" + round) +
                 "    client DSPy ReAct LLM Call @agentcreator-meta-agent\n"
                 "    internal Code Interpreter Tool @agentcreator-meta-agent\n" +
                 step("Review Code" + round) + call;
      }
      possible.insert(lines + step("Generate Prompt") + call);
    }
  }
  const auto seen = outlines("agentcreator");
  CHECK(seen.size() > 3);
  for (const std::string& lines : seen) {
    CAPTURE(lines);
    CHECK(possible.count(lines) == 1);
  }
}

TEST_CASE("every agentcreator span has its session and user, and a session has one user") {
  std::map<std::string, std::set<std::string>> traces_of_session;
  std::map<std::string, std::set<std::string>> users_of_session;
  for (const Trace& trace : traces_of("agentcreator", 60)) {
    const std::string session = text_of(trace.front().span, "session.id");
    CHECK(session.rfind("agent-", 0) == 0);
    for (const Placed& placed : trace) {
      CHECK(text_of(placed.span, "session.id") == session);
      users_of_session[session].insert(text_of(placed.span, "user.id"));
    }
    traces_of_session[session].insert(trace.front().span.trace_id());
  }
  CHECK(traces_of_session.size() == 20);
  std::set<std::string> users;
  for (const auto& [session, traces] : traces_of_session) {
    CHECK(traces.size() == 3);
    REQUIRE(users_of_session[session].size() == 1);
    users.insert(*users_of_session[session].begin());
  }
  CHECK(users.size() == 10);
}

TEST_CASE("agentcreator's calls have what DSPy's instrumentation adds") {
  const auto traces = traces_of("agentcreator", 20);
  const std::map<std::string, ProtoValue::ValueCase> added{
      {"gen_ai.prompt", k_text},
      {"gen_ai.completion", k_text},
      {"gen_ai.usage.prompt_tokens", k_int},
      {"gen_ai.usage.completion_tokens", k_int},
      {"gen_ai.usage.total_tokens", k_int},
      {"gen_ai.system", k_text},
      {"gen_ai.request.model", k_text}};
  check_attributes(traces, "DSPy LLM Call", added);
  check_attributes(traces, "DSPy ReAct LLM Call", added);
  for (const Placed& placed : traces.front()) {
    if (placed.span.name() == "DSPy LLM Call") {
      CHECK(text_of(placed.span, "gen_ai.system") == "bedrock");
      CHECK(text_of(placed.span, "gen_ai.request.model") == "amazon.nova-pro-v1:0");
      CHECK(integer_of(placed.span, "gen_ai.usage.total_tokens") ==
            integer_of(placed.span, "gen_ai.usage.prompt_tokens") +
                integer_of(placed.span, "gen_ai.usage.completion_tokens"));
    }
  }
}

TEST_CASE("hyvve's A2A calls go over three services in one trace, limiter and cache before them") {
  const std::string limiter =
      "  internal rate_limit.check @hyvve-agentos\n"
      "    client EVALSHA @hyvve-agentos\n";
  const std::string request = "server POST /a2a/gateway/rpc @hyvve-agentos\n";
  CHECK(outlines("hyvve") ==
        std::set<std::string>{request + limiter,
                              request + limiter +
                                  "  internal cache.get @hyvve-agentos\n"
                                  "    client GET @hyvve-agentos\n"
                                  "  internal ccr.get_quota_status @hyvve-agentos\n"
                                  "  internal a2a.call @hyvve-agentos\n"
                                  "    client POST @hyvve-agentos\n"
                                  "      server POST /a2a/navi/rpc @hyvve-navi\n"
                                  "        internal a2a.call @hyvve-navi\n"
                                  "          client POST @hyvve-navi\n"
                                  "            server POST /a2a/pulse/rpc @hyvve-pulse\n"
                                  "              client HGETALL @hyvve-pulse\n"
                                  "              client POST @hyvve-pulse\n"
                                  "              internal ccr.record_request @hyvve-pulse\n"
                                  "        client POST @hyvve-navi\n"
                                  "        internal ccr.record_request @hyvve-navi\n"
                                  "  internal a2a.merge @hyvve-agentos\n"
                                  "  client SETEX @hyvve-agentos\n"});
  const auto traces = traces_of("hyvve", 32);
  check_attributes(traces, "a2a.call", {{"agent.type", k_text}});
  check_attributes(traces, "EVALSHA",
                   {{"db.system", k_text}, {"db.statement", k_text}, {"net.peer.port", k_int}});
  check_attributes(traces, "rate_limit.check",
                   {{"rate_limit.allowed", k_bool}, {"rate_limit.remaining", k_int}});
}

TEST_CASE("a model that fails fails hyvve's request, what cannot be kept does not") {
  const auto failed = failures("hyvve", 3000);
  CHECK(failed.at("POST /a2a/gateway/rpc") == failed.at("POST /a2a/navi/rpc"));
  CHECK(failed.at("POST /a2a/gateway/rpc") > 20);
  CHECK(failed.at("POST /a2a/gateway/rpc") < 120);
  CHECK(failed.at("SETEX") > 15);
  CHECK(failed.count("POST /a2a/pulse/rpc") == 0);
}

TEST_CASE("hyvve's merged answer links to the spans of both agents") {
  for (const Trace& trace : traces_of("hyvve", 64)) {
    for (const Placed& placed : trace) {
      if (placed.span.name() != "a2a.merge") {
        continue;
      }
      REQUIRE(placed.span.links_size() == 2);
      for (const auto& link : placed.span.links()) {
        const auto target = std::find_if(trace.begin(), trace.end(), [&](const Placed& other) {
          return other.span.span_id() == link.span_id();
        });
        REQUIRE(target != trace.end());
        CHECK(link.trace_id() == placed.span.trace_id());
        CHECK(target->service == "hyvve-" + text_of(link, "a2a.agent_id"));
      }
    }
  }
}

TEST_CASE("a two-service platform has one ResourceSpans a service in a request") {
  for (const auto& [scenario, services] :
       std::map<std::string, int>{{"aob", 2}, {"hyvve", 3}, {"kinds", 2}}) {
    const Request request = encode_and_decode(compile(find_scenario(scenario).value()), 40);
    CHECK(request.resource_spans_size() == services);
  }
}
