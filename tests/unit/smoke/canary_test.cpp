// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "smoke/canary.hpp"

#include <algorithm>
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "tests/unit/smoke/canary_support.hpp"
#include "trace/tree.hpp"

using namespace otelctl;
using trace::ValueType;

TEST_CASE("the canary has every kind, every status and every type of attribute") {
  const smoke::Canary canary = test::canary();
  std::set<trace::SpanKind> kinds;
  std::set<trace::SpanStatus> statuses;
  std::set<std::string> services;
  for (const trace::Span& span : canary.trace.spans) {
    kinds.insert(span.kind);
    statuses.insert(span.status);
    services.insert(std::string(canary.trace.service(span)));
    const auto attributes = canary.trace.attributes(span.attributes);
    CHECK(std::any_of(attributes.begin(), attributes.end(), [&](const auto& attribute) {
      return canary.trace.text(attribute.key) == "otelctl.canary" &&
             attribute.value == trace::Value::of_boolean(true);
    }));
  }
  CHECK(kinds.size() == 5);
  CHECK(statuses.size() == 3);
  CHECK(services == std::set<std::string>{"otelctl-canary", "otelctl-canary-callee"});
  std::set<ValueType> types;
  const trace::Span& root = canary.trace.spans.front();
  for (const trace::Attribute& attribute : canary.trace.attributes(root.attributes)) {
    types.insert(attribute.value.type());
  }
  CHECK(types == std::set<ValueType>{ValueType::text, ValueType::boolean, ValueType::integer,
                                     ValueType::real, ValueType::bytes, ValueType::array,
                                     ValueType::map});
  CHECK(canary.trace.events(root).size() == 1);
  CHECK(canary.trace.links(root).size() == 1);
  const trace::Tree tree = trace::build_tree(canary.trace);
  CHECK(tree.roots.size() == 1);
  CHECK(tree.count(trace::Oddity::orphan) == 0);
}

TEST_CASE("no time of the canary is a whole number of microseconds, and it has ended") {
  const smoke::Canary canary = test::canary();
  for (const trace::Span& span : canary.trace.spans) {
    CAPTURE(canary.trace.text(span.name));
    CHECK(span.start.time_since_epoch().count() % 1000 != 0);
    CHECK(span.duration.count() % 1000 != 0);
    CHECK(span.start + span.duration <= Time{nanoseconds{test::k_zero}});
  }
}

TEST_CASE("what is sent is what is expected") {
  const smoke::Canary canary = test::canary();
  const trace::Trace read = test::read_otlp(test::json_of(canary));
  CHECK(read.id == canary.trace.id);
  CHECK(canary.request.trace_id == canary.trace.id);
  CHECK(read.spans.size() == canary.trace.spans.size());
}

TEST_CASE("the services are called as the settings say") {
  SeededRandom random(3);
  settings::OtlpSettings settings;
  settings.service_name = "shop";
  const auto canary = smoke::make_canary(settings, random, Time{nanoseconds{test::k_zero}});
  REQUIRE(canary);
  CHECK(canary->trace.service(canary->trace.spans.front()) == "shop");
  settings.resource_attributes.push_back({"replicas:int", "many", true});
  const auto wrong = smoke::make_canary(settings, random, Time{nanoseconds{test::k_zero}});
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().kind == ErrorKind::usage);
}
