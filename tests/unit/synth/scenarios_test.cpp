// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

bool starts_with(const std::string& text, std::string_view front) {
  return text.rfind(front, 0) == 0;
}

// AgentMap's plan, section 6: what each kind of span is called and which attributes it has.
const std::map<std::string, std::vector<std::string>> k_plan{
    {"http.workflow.run", {"graph_name", "input_keys"}},
    {"graph", {"graph_name", "inputs_count", "config", "agentmap.graph.name"}},
    {"node", {"node_name", "agent_type", "context_keys", "agentmap.node.name"}},
    {"agent", {"agent_type", "description", "output_size", "agentmap.agent.type"}},
    {"llm",
     {"model", "tokens_input", "tokens_output", "tokens_total", "temperature", "gen_ai.system",
      "gen_ai.request.model", "gen_ai.request.temperature", "gen_ai.usage.input_tokens",
      "gen_ai.usage.output_tokens", "gen_ai.usage.total_tokens", "agentmap.execution.success"}},
    {"storage", {"storage_type", "record_count", "agentmap.execution.success"}}};

// Which of them a span is, by its name and its place.
std::string kind_in_plan(const ProtoSpan& span, const std::map<std::string, ProtoSpan>& spans) {
  if (span.name() == "http.workflow.run") {
    return span.name();
  }
  for (const std::string_view front : {"agent", "llm", "storage"}) {
    if (starts_with(span.name(), std::string(front) + ".")) {
      return std::string(front);
    }
  }
  return spans.at(span.parent_span_id()).name() == "http.workflow.run" ? "graph" : "node";
}

std::map<std::string, ProtoSpan> agentmap_spans(std::uint64_t traces) {
  std::map<std::string, ProtoSpan> spans;
  for (const ProtoSpan& span :
       spans_of(encode_and_decode(compile(*find_scenario("agentmap")), traces))) {
    spans[span.span_id()] = span;
  }
  return spans;
}

std::uint64_t duration_of(const ProtoSpan& span) {
  return span.end_time_unix_nano() - span.start_time_unix_nano();
}

}  // namespace

TEST_CASE("the agentmap scenario has the spans and attributes of AgentMap's plan") {
  const auto spans = agentmap_spans(64);
  std::map<std::string, int> counts;
  for (const auto& [id, span] : spans) {
    const std::string kind = kind_in_plan(span, spans);
    ++counts[kind];
    for (const std::string& key : k_plan.at(kind)) {
      CAPTURE(span.name());
      CAPTURE(key);
      CHECK(attribute_of(span, key) != nullptr);
    }
  }
  CHECK(counts == std::map<std::string, int>{{"http.workflow.run", 64},
                                             {"graph", 64},
                                             {"node", 256},
                                             {"agent", 256},
                                             {"llm", 128},
                                             {"storage", 128}});
}

TEST_CASE("each span of agentmap stands under the one that the plan says") {
  const std::map<std::string, std::string> parents{{"graph", "http.workflow.run"},
                                                   {"node", "graph"},
                                                   {"agent", "node"},
                                                   {"llm", "agent"},
                                                   {"storage", "agent"}};
  const auto spans = agentmap_spans(8);
  for (const auto& [id, span] : spans) {
    const std::string kind = kind_in_plan(span, spans);
    if (kind != "http.workflow.run") {
      CHECK(kind_in_plan(spans.at(span.parent_span_id()), spans) == parents.at(kind));
    }
  }
}

TEST_CASE("names and attributes of an agentmap span say the same") {
  for (const auto& [id, span] : agentmap_spans(64)) {
    if (starts_with(span.name(), "llm.")) {
      CHECK(span.name() == "llm." + text_of(span, "gen_ai.system") + ".call");
      CHECK(text_of(span, "model") == text_of(span, "gen_ai.request.model"));
      CHECK(integer_of(span, "tokens_total") ==
            integer_of(span, "tokens_input") + integer_of(span, "tokens_output"));
      CHECK(integer_of(span, "gen_ai.usage.total_tokens") == integer_of(span, "tokens_total"));
      CHECK(span.kind() == ProtoSpan::SPAN_KIND_CLIENT);
    } else if (starts_with(span.name(), "agent.")) {
      CHECK(span.name() == "agent." + text_of(span, "agent_type") + ".execute");
    } else if (starts_with(span.name(), "storage.")) {
      CHECK(starts_with(span.name(), "storage." + text_of(span, "storage_type") + "."));
    } else if (attribute_of(span, "node_name") != nullptr) {
      CHECK(span.name() == text_of(span, "node_name") + ".execute");
    } else if (span.name() != "http.workflow.run") {
      CHECK(span.name() == text_of(span, "graph_name") + ".execute");
    }
  }
}

TEST_CASE("an agentmap trace reads and writes storage, and one LLM call takes most of its time") {
  const auto spans = agentmap_spans(200);
  std::map<std::string, std::uint64_t> longest_call;
  std::map<std::string, std::uint64_t> total;
  std::map<std::string, std::set<std::string>> operations;
  for (const auto& [id, span] : spans) {
    if (starts_with(span.name(), "llm.")) {
      auto& longest = longest_call[span.trace_id()];
      longest = std::max(longest, duration_of(span));
    } else if (span.name() == "http.workflow.run") {
      total[span.trace_id()] = duration_of(span);
    } else if (starts_with(span.name(), "storage.")) {
      operations[span.trace_id()].insert(span.name());
    }
  }
  REQUIRE(total.size() == 200);
  for (const auto& [trace, duration] : total) {
    CHECK(longest_call[trace] * 2 > duration);
    CHECK(operations[trace] == std::set<std::string>{"storage.csv.read", "storage.json.write"});
  }
}

TEST_CASE("agentmap's resource says what service it is") {
  const Request request = encode_and_decode(compile(*find_scenario("agentmap")), 10);
  REQUIRE(request.resource_spans_size() == 1);
  const auto& resource = request.resource_spans(0).resource();
  CHECK(text_of(resource, "service.name") == "agentmap");
  CHECK(text_of(resource, "service.version") == "0.3.0");
  CHECK(text_of(resource, "deployment.environment") == "development");
  CHECK(text_of(resource, "host.name") != "(none)");
}

TEST_CASE("every agentmap span has a status, ERROR in about two of a hundred runs") {
  using opentelemetry::proto::trace::v1::Status;
  std::size_t failed = 0;
  for (const auto& [id, span] : agentmap_spans(2000)) {
    const bool is_error = span.status().code() == Status::STATUS_CODE_ERROR;
    CHECK((is_error || span.status().code() == Status::STATUS_CODE_OK));
    if (span.name() == "http.workflow.run") {
      failed += is_error ? 1U : 0U;
      CHECK(integer_of(span, "http.response.status_code") == (is_error ? 500 : 200));
    } else if (const auto* success = attribute_of(span, "agentmap.execution.success")) {
      CHECK(success->bool_value() == !is_error);
    }
  }
  CHECK(failed > 15);
  CHECK(failed < 70);
}
