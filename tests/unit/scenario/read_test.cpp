// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/scenario/read.hpp"

#include <fstream>
#include <limits>
#include <sstream>

using namespace otelctl;
using namespace otelctl::scenario;
using namespace std::chrono_literals;
using synth::Value;

namespace {

const synth::SpanSpec& root_of(const synth::Scenario& scenario) {
  return scenario.traces.at(0).spans.at(0);
}

synth::ValueSpec value_of(std::string_view yaml) {
  return root_of(read(with_value(yaml))).attributes.at(0).value;
}

Value fixed(std::string_view yaml) {
  return std::get<Value>(value_of(yaml));
}

}  // namespace

TEST_CASE("the least that is a scenario") {
  const synth::Scenario scenario = read(with_spans("      - name: root\n"));
  CHECK(scenario.name == "s");
  CHECK(scenario.services.at(0).name == "shop");
  const synth::SpanSpec& span = root_of(scenario);
  CHECK(span.name == "root");
  CHECK(span.kind == synth::SpanKind::internal);
  CHECK(std::get<synth::Constant>(span.own_time).value == 1ms);
  CHECK(!span.parent);
  CHECK(!span.error);
}

TEST_CASE("the example with every key") {
  std::ifstream file(OTELCTL_TEST_DATA "/scenarios/shop.yaml");
  std::ostringstream bytes;
  bytes << file.rdbuf();
  const synth::Scenario scenario = read(bytes.str());
  CHECK(scenario.summary == "Orders, paid and delivered");
  REQUIRE(scenario.services.size() == 3);
  CHECK(scenario.services[0].scope_version == "1.2.0");
  CHECK(scenario.services[0].resource.at(0).value == Value("1.20"));
  CHECK(scenario.services[0].resource.at(1).value == Value(std::int64_t{4}));
  CHECK(scenario.services[2].name == "payment");
  REQUIRE(scenario.traces.size() == 2);
  CHECK(scenario.traces[0].weight == 9.0);

  const auto& spans = scenario.traces[0].spans;
  REQUIRE(spans.size() == 5);
  CHECK(spans[0].children == synth::ChildOrder::parallel);
  CHECK(spans[0].success == synth::Success::ok);
  CHECK(spans[0].numbers.at(2).sum_of == std::vector<std::string>{"net", "tax"});
  const auto& counter = std::get<synth::Counter>(spans[0].attributes.at(8).value);
  CHECK(counter.prefix == "order-");
  CHECK(counter.digits == 6);
  CHECK(counter.per == 3);
  CHECK(counter.distinct == 1000);
  CHECK(spans[0].events.at(0).at == 0.25);
  CHECK(spans[1].parent == 0U);
  CHECK(spans[1].service == 2U);
  CHECK(spans[1].repeat_low == 1);
  CHECK(spans[1].repeat_high == 3);
  CHECK(spans[1].error->rate == 0.02);
  CHECK(!spans[1].error->propagates);
  CHECK(spans[2].chain == 3);
  CHECK(std::get<synth::Lognormal>(spans[2].own_time).sigma == 0.3);
  CHECK(spans[4].parent == 3U);
  CHECK(spans[4].links.at(0).span == 1U);

  REQUIRE(scenario.metrics.size() == 4);
  CHECK(scenario.metrics[0].is_integer);
  CHECK(scenario.metrics[0].temporality == synth::Temporality::delta);
  CHECK(scenario.metrics[0].exemplar->span == 0U);
  CHECK(scenario.metrics[1].service == 1U);
  CHECK(scenario.metrics[1].bounds == std::vector<double>{10, 50, 100});
  CHECK(scenario.metrics[2].scale == 2);

  REQUIRE(scenario.logs.size() == 5);
  CHECK(scenario.logs[0].severity == 13);
  CHECK(scenario.logs[0].span->trace == 0U);
  CHECK(std::get<synth::Map>(scenario.logs[1].body).members.size() == 2);
  CHECK(std::get<synth::Array>(scenario.logs[2].body).items.size() == 3);
  CHECK(std::get<synth::Bytes>(scenario.logs[3].body).bytes == "hello");
  CHECK(std::holds_alternative<synth::Empty>(scenario.logs[4].body));
}

TEST_CASE("values have the type that YAML 1.2 gives them") {
  CHECK(fixed("text") == Value("text"));
  CHECK(fixed("\"42\"") == Value("42"));
  CHECK(fixed("!!str 42") == Value("42"));
  CHECK(fixed("42") == Value(std::int64_t{42}));
  CHECK(fixed("0x2A") == Value(std::int64_t{42}));
  CHECK(fixed("-9223372036854775808") == Value(std::numeric_limits<std::int64_t>::min()));
  CHECK(fixed("1.0") == Value(1.0));
  CHECK(fixed("!!float 1") == Value(1.0));
  CHECK(fixed(".inf") == Value(std::numeric_limits<double>::infinity()));
  CHECK(fixed("true") == Value(true));
  CHECK(fixed("[a, \"1\"]") == Value(std::vector<std::string>{"a", "1"}));
  CHECK(fixed("[]") == Value(std::vector<std::string>{}));
}

TEST_CASE("values that are made") {
  const auto integers = std::get<synth::IntRange>(value_of("{range: [-3, 4]}"));
  CHECK(integers.low == -3);
  CHECK(integers.high == 4);
  const auto decimals = std::get<synth::DoubleRange>(value_of("{range: [1, 2.5]}"));
  CHECK(decimals.low == 1.0);
  CHECK(decimals.high == 2.5);
  CHECK(std::get<synth::OneOf>(value_of("{one_of: [1, 2.5]}")).values ==
        std::vector<Value>{1.0, 2.5});
  CHECK(std::get<synth::OneOf>(value_of("{one_of: [[a], []]}")).values.size() == 2);
  CHECK(std::get<synth::Counter>(value_of("{counter: \"\"}")).digits == 8);
  CHECK(std::get<synth::ByOutcome>(value_of("{ok: true, failed: broken}")).failed ==
        Value("broken"));
}

TEST_CASE("a value that YAML 1.1 takes for another type is warned of, and still read") {
  const ScenarioFile file = read_scenario("shop.yaml", with_value("yes"));
  CHECK(verdict(file) == "OTC010@7:14 'yes' is text here, and something else in YAML 1.1\n");
  CHECK(file.scenario);
}

TEST_CASE("durations") {
  const auto own_time = [](std::string_view text) {
    return root_of(read(with_key(fmt::format("duration: {}", text)))).own_time;
  };
  CHECK(std::get<synth::Constant>(own_time("1m30s")).value == 90s);
  CHECK(std::get<synth::Constant>(own_time("4h")).value == 4h);
  CHECK(std::get<synth::Uniform>(own_time("{uniform: [0, 1.5ms]}")).high == 1500us);
  CHECK(std::get<synth::Lognormal>(own_time("{lognormal: {median: 4ms}}")).sigma == 0.25);
}

TEST_CASE("a file may use anchors, aliases and, with a warning, merge keys") {
  const ScenarioFile file = read_scenario("shop.yaml", with_spans(R"(      - name: root
        attributes: &common {team: blue, tier: 1}
      - name: child
        parent: root
        attributes:
          <<: *common
          tier: 2
)"));
  CHECK(verdict(file).starts_with("OTC008@10:11 "));
  REQUIRE(file.scenario);
  const auto& attributes = file.scenario->traces.at(0).spans.at(1).attributes;
  REQUIRE(attributes.size() == 2);
  CHECK(attributes[0].key == "tier");
  CHECK(std::get<Value>(attributes[0].value) == Value(std::int64_t{2}));
  CHECK(attributes[1].key == "team");
}

TEST_CASE("all findings come at once, each at its place") {
  CHECK(verdict(R"(scenario: s
sumary: typo
services:
  - name: shop
    scope: 1.0
traces:
  - weight: heavy
    spans:
      - nmae: root
        kind: servr
      - name: child
        parent: root
        duration: 5
)") == R"(OTC103@2:1 unknown key 'sumary' in the file
OTC102@5:12 scope: expected a map, found the number '1.0'
OTC104@7:13 weight: expected a number, found text 'heavy'
OTC103@9:9 unknown key 'nmae' under spans[0]
OTC106@10:15 kind: 'servr' is not one of internal, server, client, producer, consumer
OTC106@12:17 parent: there is no span 'root'
OTC104@13:19 duration: expected a duration, found the number '5'
)");
}

TEST_CASE("findings say what to do") {
  CHECK(help_of(with_key("kind: servr")) == "did you mean 'server'?");
  CHECK(help_of(with_key("atributes: {}")) == "did you mean 'attributes'?");
  CHECK(help_of(with_key("duration: 5")) == "write 5s for seconds or 5ms for milliseconds");
  CHECK(help_of(with_key("duration: -5ms")) == "write 5ms");
  CHECK(help_of(with_key("error: {rate: 5}")) == "write 0.05 for 5%");
  CHECK(help_of(with_value("{rang: [1, 2]}")) == "did you mean 'range'?");
}

TEST_CASE("what is missing") {
  CHECK(verdict("") == "OTC109 the file is empty\n");
  CHECK(verdict("# nothing\n") == "OTC109 the file is empty\n");
  CHECK(verdict("scenario: s\nservices: [{name: shop}]\n") ==
        "OTC109@1:1 the scenario has nothing to send\n");
  CHECK(verdict("scenario: s\ntraces: [{spans: [{name: a}]}]\n") ==
        "OTC109@1:1 the file lacks the key 'services'\n");
  CHECK(verdict(with_key("error: {type: Timeout}")) == "OTC109@6:9 error lacks the key 'rate'\n");
  CHECK(verdict(with_key("events: [{at: 0.5}]")) == "OTC109@6:18 events[0] lacks the key 'name'\n");
  CHECK(verdict(with_key("duration: {lognormal: {sigma: 1.0}}")) ==
        "OTC109@6:20 lognormal lacks the key 'median'\n");
}

TEST_CASE("an error has a type, its own or Error") {
  CHECK(read(with_key("error: {rate: 0.5}")).traces[0].spans[0].error->type == "Error");
  CHECK(read(with_key("error: {rate: 0.5, type: Timeout}")).traces[0].spans[0].error->type ==
        "Timeout");
  CHECK(verdict(with_key("error: {rate: 0.5, type: ''}")) == "OTC105@6:34 type is empty\n");
}
