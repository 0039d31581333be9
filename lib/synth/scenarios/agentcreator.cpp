// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <array>

#include <fmt/format.h>

#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

using Attributes = std::vector<AttributeSpec>;

// "Session Context (Baggage)": on every span. Three invocations make a session, six a user, so that
// a session has one user.
Attributes session() {
  return {{"session.id", Counter{.prefix = "agent-", .digits = 6, .per = 3, .distinct = 300'000}},
          {"user.id", Counter{.prefix = "user-", .digits = 3, .per = 6, .distinct = 400}}};
}

std::size_t add(TraceSpec& trace, SpanSpec span) {
  Attributes attributes = session();
  attributes.insert(attributes.end(), span.attributes.begin(), span.attributes.end());
  span.attributes = std::move(attributes);
  return trace.add(std::move(span));
}

// What a step asks the model; the texts stand for more.
struct Call {
  std::string name = "DSPy LLM Call";
  std::string prompt;
  std::string completion;
  IntRange prompt_tokens;
  IntRange completion_tokens;
  Lognormal latency;
};

// What DSPy's instrumentation adds to its calls.
std::size_t add_call(TraceSpec& trace, std::size_t step, const Call& call) {
  return add(trace, {.parent = step,
                     .name = call.name,
                     .kind = SpanKind::client,
                     .own_time = call.latency,
                     .numbers = {{.name = "prompt", .range = call.prompt_tokens},
                                 {.name = "completion", .range = call.completion_tokens},
                                 {.name = "total", .sum_of = {"prompt", "completion"}}},
                     .attributes = {{"gen_ai.system", Value("bedrock")},
                                    {"gen_ai.request.model", Value("amazon.nova-pro-v1:0")},
                                    {"gen_ai.prompt", Value(call.prompt)},
                                    {"gen_ai.completion", Value(call.completion)},
                                    {"gen_ai.usage.prompt_tokens", NumberOf{"prompt"}},
                                    {"gen_ai.usage.completion_tokens", NumberOf{"completion"}},
                                    {"gen_ai.usage.total_tokens", NumberOf{"total"}}}});
}

// A step of the pipeline with its call in it. Returns the step's span.
std::size_t add_step(TraceSpec& trace, std::string name, const Call& call) {
  const std::size_t step =
      add(trace, {.parent = 0, .name = std::move(name), .own_time = Uniform{3ms, 20ms}});
  add_call(trace, step, call);
  return step;
}

void add_parsing(TraceSpec& trace) {
  add_step(trace, "Parse Voice Personality",
           {.prompt = "Describe the voice of an agent for {domain}.",
            .completion = "Calm, brief, asks one question at a time.",
            .prompt_tokens = {260, 700},
            .completion_tokens = {40, 160},
            .latency = {900ms, 0.25}});
  add_step(trace, "Parse SOP",
           {.prompt = "List the steps of this procedure for {domain}.",
            .completion = "1. Greet. 2. Identify the caller. 3. {goal}. 4. Confirm.",
            .prompt_tokens = {1'200, 4'800},
            .completion_tokens = {180, 900},
            .latency = {2200ms, 0.3}});
}

void add_planning(TraceSpec& trace, int iteration, bool is_last) {
  add_step(trace, fmt::format("Draft Plan (iteration {})", iteration),
           {.prompt = "Draft a plan for an agent that can: {goal}.",
            .completion = "Tools: lookup, schedule. State: caller, slot. Ends with a summary.",
            .prompt_tokens = {1'600, 5'600},
            .completion_tokens = {320, 1'400},
            .latency = {3400ms, 0.3}});
  add_step(trace, fmt::format("Review Plan (iteration {})", iteration),
           {.prompt = "Does the plan cover every step of the procedure?",
            .completion = is_last ? "Approved." : "Step 3 has no path for callers who are unsure.",
            .prompt_tokens = {2'000, 6'800},
            .completion_tokens = {60, 420},
            .latency = {1700ms, 0.3}});
}

void add_coding(TraceSpec& trace, int iteration, bool is_last) {
  const std::size_t step = add_step(trace, fmt::format("Generate Code (iteration {})", iteration),
                                    {.name = "DSPy ReAct LLM Call",
                                     .prompt = "Write the agent's tools and try them.",
                                     .completion = "def lookup(caller): ...",
                                     .prompt_tokens = {3'200, 9'600},
                                     .completion_tokens = {700, 3'200},
                                     .latency = {7400ms, 0.35}});
  add(trace, {.parent = step,
              .name = "Code Interpreter Tool",
              .own_time = Lognormal{1300ms, 0.5},
              // The model reads what went wrong; the step goes on.
              .error = ErrorSpec{.rate = 0.05,
                                 .type = "ModuleNotFoundError",
                                 .message = "No module named 'phonenumbers'",
                                 .propagates = false}});
  add_step(trace, fmt::format("Review Code (iteration {})", iteration),
           {.prompt = "Is the code safe and complete?",
            .completion = is_last ? "Approved." : "lookup() does not handle an unknown caller.",
            .prompt_tokens = {3'000, 8'800},
            .completion_tokens = {80, 520},
            .latency = {2300ms, 0.3}});
}

// "Trace Hierarchy" of AgentCreator's observability guide.
TraceSpec invocation(int plans, int codes, double weight) {
  TraceSpec trace;
  trace.name = fmt::format("{} plans, {} codes", plans, codes);
  trace.weight = weight;
  add(trace, {.name = "AgentCreator Invocation",
              .kind = SpanKind::server,
              .own_time = Uniform{30ms, 120ms}});
  add_parsing(trace);
  for (int iteration = 1; iteration <= plans; ++iteration) {
    add_planning(trace, iteration, iteration == plans);
  }
  for (int iteration = 1; iteration <= codes; ++iteration) {
    add_coding(trace, iteration, iteration == codes);
  }
  const std::size_t step =
      add(trace, {.parent = 0, .name = "Generate Prompt", .own_time = Uniform{3ms, 20ms}});
  const std::size_t last =
      add_call(trace, step,
               {.prompt = "Write the system prompt of the agent for {domain}.",
                .completion = "You are the assistant of a {domain}. {goal}, then confirm.",
                .prompt_tokens = {2'400, 7'200},
                .completion_tokens = {400, 1'600},
                .latency = {3900ms, 0.3}});
  trace.spans[last].error =
      ErrorSpec{.rate = 0.02,
                .type = "botocore.errorfactory.ThrottlingException",
                .message =
                    "An error occurred (ThrottlingException) when calling the Converse "
                    "operation (reached max retries: 4): Too many requests"};
  return trace;
}

// The creation of an agent by AgentCreator: up to four rounds over the plan and three over the
// code, the fewer the likelier.
Scenario agentcreator() {
  constexpr std::array k_plans{50.0, 30.0, 15.0, 5.0};
  constexpr std::array k_codes{60.0, 30.0, 10.0};
  Scenario scenario;
  scenario.name = "agentcreator";
  scenario.summary = "AgentCreator making an agent: plan, code, reviews, Bedrock (16 to 38 spans)";
  scenario.services = {
      {.name = "agentcreator-meta-agent",
       .resource = {{"service.version", "1.0.0"}, {"deployment.environment", "production"}},
       .scope_name = "agentcreator",
       .scope_version = "1.0.0"}};
  scenario.choices = {{{"domain", "goal"},
                       {{"dental practice", "Offer the next free appointment"},
                        {"parcel service", "Say where the parcel is"},
                        {"hotel", "Change the dates of a booking"}}}};
  for (std::size_t plans = 0; plans < k_plans.size(); ++plans) {
    for (std::size_t codes = 0; codes < k_codes.size(); ++codes) {
      scenario.traces.push_back(invocation(static_cast<int>(plans) + 1, static_cast<int>(codes) + 1,
                                           k_plans[plans] * k_codes[codes]));
    }
  }
  return scenario;
}

}  // namespace

BuiltInScenario agentcreator_scenario() {
  return {"agentcreator", agentcreator};
}

}  // namespace otelctl::synth
