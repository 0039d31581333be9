// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/semconv.hpp"

#include <algorithm>
#include <array>
#include <set>

#include <boost/json.hpp>
#include <doctest/doctest.h>

#include "config/attributes/attribute_names.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

AttributeSpec as_spec(const AttributeSpec& spec) {
  return spec;
}
AttributeSpec as_spec(const Attribute& attribute) {
  return {attribute.key, attribute.value};
}

// All attributes of a scenario with the place where each stands.
std::vector<std::pair<std::string, AttributeSpec>> attributes_of(const Scenario& scenario) {
  std::vector<std::pair<std::string, AttributeSpec>> all;
  const auto add = [&](const std::string& place, const auto& attributes) {
    for (const auto& attribute : attributes) {
      all.emplace_back(place, as_spec(attribute));
    }
  };
  for (const Service& service : scenario.services) {
    add("resource " + service.name, service.resource);
  }
  for (const TraceSpec& trace : scenario.traces) {
    for (const SpanSpec& span : trace.spans) {
      add("span " + span.name, span.attributes);
      for (const EventSpec& event : span.events) {
        add("event " + event.name, event.attributes);
      }
      for (const LinkSpec& link : span.links) {
        add("link of " + span.name, link.attributes);
      }
    }
  }
  for (const MetricSpec& metric : scenario.metrics) {
    add("metric " + metric.name, metric.attributes);
  }
  for (const LogSpec& log : scenario.logs) {
    add("log", log.attributes);
  }
  return all;
}

std::set<std::string> keys_of(const Scenario& scenario) {
  std::set<std::string> keys;
  for (const auto& [place, attribute] : attributes_of(scenario)) {
    keys.insert(attribute.key);
  }
  return keys;
}

// What an attribute's values are of: one of them stands for all.
config::AttributeType type_of(const ValueSpec& spec) {
  if (std::holds_alternative<IntRange>(spec) || std::holds_alternative<NumberOf>(spec)) {
    return config::AttributeType::integer;
  }
  if (std::holds_alternative<DoubleRange>(spec)) {
    return config::AttributeType::number;
  }
  if (std::holds_alternative<Counter>(spec)) {
    return config::AttributeType::text;
  }
  Value value;
  if (const auto* one_of = std::get_if<OneOf>(&spec)) {
    value = one_of->values.front();
  } else if (const auto* outcome = std::get_if<ByOutcome>(&spec)) {
    value = outcome->ok;
  } else {
    value = std::get<Value>(spec);
  }
  constexpr std::array k_types{config::AttributeType::text, config::AttributeType::boolean,
                               config::AttributeType::integer, config::AttributeType::number,
                               config::AttributeType::text_list};
  return k_types.at(value.index());
}

bool is_of_type(const ValueSpec& spec, config::AttributeType type) {
  const bool is_any = type == config::AttributeType::any;
  const config::AttributeType wanted =
      type == config::AttributeType::choice ? config::AttributeType::text : type;
  return is_any || type_of(spec) == wanted;
}

Scenario with_attribute(AttributeSpec attribute, std::vector<Choice> choices = {}) {
  Scenario scenario;
  scenario.name = "one";
  scenario.services = {{.name = "shop"}};
  scenario.choices = std::move(choices);
  scenario.traces.emplace_back().add({.name = "span", .attributes = {std::move(attribute)}});
  return scenario;
}

ProtoSpan renamed_span(AttributeSpec attribute, std::vector<Choice> choices = {}) {
  Scenario scenario = with_attribute(std::move(attribute), std::move(choices));
  use_current_names(scenario);
  return spans_of(encode_and_decode(compile(scenario), 1)).front();
}

}  // namespace

TEST_CASE("with current names no built-in scenario has a deprecated one, or a wrong type") {
  for (const std::string& name : scenario_names()) {
    const Scenario scenario = find_scenario(name, Semconv::current).value();
    CHECK(check_scenario(scenario));
    for (const auto& [place, attribute] : attributes_of(scenario)) {
      CAPTURE(name);
      CAPTURE(place);
      CAPTURE(attribute.key);
      const auto known = config::look_up_attribute(attribute.key);
      const bool is_deprecated = known.status != config::AttributeStatus::unknown &&
                                 known.status != config::AttributeStatus::current;
      CHECK_FALSE(is_deprecated);
      CHECK(is_of_type(attribute.value, known.type));
    }
  }
}

TEST_CASE("what was renamed one to one has the name that the conventions gave it") {
  std::size_t renamed = 0;
  for (const std::string& name : scenario_names()) {
    const auto current = keys_of(find_scenario(name, Semconv::current).value());
    for (const std::string& key : keys_of(find_scenario(name).value())) {
      const auto known = config::look_up_attribute(key);
      CAPTURE(name);
      CAPTURE(key);
      if (known.status == config::AttributeStatus::renamed) {
        ++renamed;
        CHECK(current.count(config::renamed_attribute(key).value()) == 1);
      } else if (known.status == config::AttributeStatus::replaced) {
        CHECK(std::any_of(known.values.begin(), known.values.end(), [&](std::string_view value) {
          return current.count(std::string(value)) == 1;
        }));
      }
    }
  }
  CHECK(renamed > 20);
}

TEST_CASE("no name stands twice in a list of attributes") {
  for (const std::string& name : scenario_names()) {
    for (const Semconv semconv : {Semconv::seed, Semconv::current}) {
      const Scenario scenario = find_scenario(name, semconv).value();
      for (const TraceSpec& trace : scenario.traces) {
        for (const SpanSpec& span : trace.spans) {
          std::set<std::string> keys;
          for (const AttributeSpec& attribute : span.attributes) {
            CAPTURE(attribute.key);
            CHECK(keys.insert(attribute.key).second);
          }
        }
      }
    }
  }
}

TEST_CASE("what the conventions never named stays as the platform writes it") {
  const auto current = keys_of(find_scenario("aob", Semconv::current).value());
  for (const char* key : {"workflow.id", "node.kind", "policy.decision", "tenant.id", "user.id",
                          "tool.endpoint", "model.cost_usd", "db.rows_affected"}) {
    CHECK(current.count(key) == 1);
  }
}

TEST_CASE("values that have new names get them, in fixed values as in columns") {
  CHECK(text_of(renamed_span({"gen_ai.system", Value("bedrock")}), "gen_ai.provider.name") ==
        "aws.bedrock");
  CHECK(text_of(renamed_span({"gen_ai.system", Value("openai")}), "gen_ai.provider.name") ==
        "openai");
  CHECK(text_of(renamed_span({"gen_ai.system", OneOf{{"google", "google"}}}),
                "gen_ai.provider.name") == "gcp.gemini");
  CHECK(
      text_of(renamed_span({"gen_ai.system", Value("{provider}")}, {{{"provider"}, {{"google"}}}}),
              "gen_ai.provider.name") == "gcp.gemini");
  CHECK(text_of(renamed_span({"messaging.operation", Value("publish")}),
                "messaging.operation.type") == "send");
}

TEST_CASE("an agentmap span's name keeps the provider that its attribute calls otherwise") {
  std::set<std::pair<std::string, std::string>> seen;
  const Scenario scenario = find_scenario("agentmap", Semconv::current).value();
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 64))) {
    if (span.name().rfind("llm.", 0) == 0) {
      seen.insert({span.name(), text_of(span, "gen_ai.provider.name")});
    }
  }
  CHECK(seen == std::set<std::pair<std::string, std::string>>{{"llm.openai.call", "openai"},
                                                              {"llm.anthropic.call", "anthropic"},
                                                              {"llm.google.call", "gcp.gemini"}});
}

TEST_CASE("a number whose successor is a text becomes one") {
  CHECK(text_of(renamed_span({"db.redis.database_index", Value(std::int64_t{3})}),
                "db.namespace") == "3");
}

TEST_CASE("a prompt and its completion become messages") {
  const auto message = [](const ProtoSpan& span, std::string_view key) {
    return boost::json::parse(text_of(span, key)).at(0).as_object();
  };
  const auto input =
      message(renamed_span({"gen_ai.prompt", Value("Why {what}?")}, {{{"what"}, {{"not"}}}}),
              "gen_ai.input.messages");
  CHECK(input.at("role") == "user");
  CHECK(input.at("parts").at(0).at("content") == "Why not?");
  const auto output =
      message(renamed_span({"gen_ai.completion", Value("Yes.")}), "gen_ai.output.messages");
  CHECK(output.at("role") == "assistant");
  CHECK(output.at("finish_reason") == "stop");
  CHECK(output.at("parts").at(0) == boost::json::value{{"type", "text"}, {"content", "Yes."}});
}

TEST_CASE("every prompt of agentcreator is one that needs no escapes in JSON") {
  const Scenario scenario = find_scenario("agentcreator", Semconv::current).value();
  std::size_t seen = 0;
  for (const ProtoSpan& span : spans_of(encode_and_decode(compile(scenario), 32))) {
    if (const auto* messages = attribute_of(span, "gen_ai.input.messages")) {
      ++seen;
      CHECK_NOTHROW(boost::json::parse(messages->string_value()));
      CHECK_NOTHROW(boost::json::parse(text_of(span, "gen_ai.output.messages")));
    }
  }
  CHECK(seen > 32);
}

TEST_CASE("where the current name stands already, it keeps its value") {
  Scenario scenario = with_attribute({"http.method", Value("GET")});
  scenario.traces[0].spans[0].attributes.push_back({"http.request.method", Value("POST")});
  use_current_names(scenario);
  REQUIRE(scenario.traces[0].spans[0].attributes.size() == 1);
  CHECK(scenario.traces[0].spans[0].attributes[0].key == "http.request.method");
  CHECK(std::get<Value>(scenario.traces[0].spans[0].attributes[0].value) == Value("POST"));
}
