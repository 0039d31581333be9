// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/overrides.hpp"

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

Request with(const Overrides& overrides, std::string_view scenario_name = "agentmap") {
  auto scenario = find_scenario(scenario_name);
  REQUIRE(scenario);
  REQUIRE(apply_overrides(*scenario, overrides));
  return encode_and_decode(compile(*scenario), 1);
}

}  // namespace

TEST_CASE("a name is the root's, whatever stands in it") {
  const auto spans = spans_of(with({.root_name = "deploy {graph_name} }{"}));
  CHECK(spans[0].name() == "deploy {graph_name} }{");
  CHECK(spans[1].name().find(".execute") != std::string::npos);
}

TEST_CASE("an attribute is set on every span, in place of the scenario's own") {
  const auto spans = spans_of(with({.attributes = {{"run.id", Value("{1}")},
                                                   {"graph_name", Value("mine")},
                                                   {"tries", Value(std::int64_t{2})}}}));
  REQUIRE(spans.size() == 14);
  for (const ProtoSpan& span : spans) {
    CHECK(text_of(span, "run.id") == "{1}");
    CHECK(text_of(span, "graph_name") == "mine");
    CHECK(integer_of(span, "tries") == 2);
  }
}

TEST_CASE("the service and its resource can be named") {
  const auto resource =
      with({.service = "checkout",
            .resource = {{"host.name", Value("here")}, {"replicas", Value(std::int64_t{3})}}})
          .resource_spans(0)
          .resource();
  CHECK(text_of(resource, "service.name") == "checkout");
  CHECK(text_of(resource, "host.name") == "here");
  CHECK(integer_of(resource, "replicas") == 3);
  CHECK(resource.attributes_size() == 5);
}

TEST_CASE("one name cannot name several services") {
  Scenario scenario;
  scenario.name = "pair";
  scenario.services = {{.name = "a"}, {.name = "b"}};
  const auto applied = apply_overrides(scenario, {.service = "c"});
  REQUIRE_FALSE(applied);
  CHECK(applied.error().kind == ErrorKind::usage);
  CHECK(applied.error().message == "the scenario pair has 2 services, which one name cannot name");
}
