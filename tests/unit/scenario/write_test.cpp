// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/write.hpp"

#include <limits>
#include <sstream>

#include "scenario/yaml_words.hpp"
#include "synth/log_template.hpp"
#include "synth/metric_template.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/scenario/read.hpp"
#include "tests/unit/synth/decode.hpp"
#include "yaml/scalar.hpp"

using namespace otelctl;
using namespace otelctl::scenario;

namespace {

std::string written(const synth::Scenario& scenario) {
  std::ostringstream out;
  write_scenario(out, scenario);
  return out.str();
}

synth::Scenario built_in(const std::string& name, synth::Semconv semconv) {
  auto scenario = synth::find_scenario(name, semconv);
  REQUIRE(scenario);
  return std::move(*scenario);
}

std::string first_pass(const synth::Generator& records) {
  const auto workspace = records.make_workspace();
  return std::string(
      records.encode({{0, 0, records.size(0), test::k_start}}, synth::Anchor::start, *workspace));
}

std::string first_metrics(const synth::Scenario& scenario) {
  if (scenario.metrics.empty()) {
    return {};
  }
  const auto metrics = synth::MetricTemplate::compile(scenario, {.seed = 7});
  REQUIRE(metrics);
  return first_pass(*metrics);
}

std::string first_logs(const synth::Scenario& scenario) {
  if (scenario.logs.empty()) {
    return {};
  }
  const auto logs = synth::LogTemplate::compile(scenario, {.seed = 7});
  REQUIRE(logs);
  return first_pass(*logs);
}

std::string first_traces(const synth::Scenario& scenario) {
  const auto traces = test::compile(scenario, {.seed = 7});
  return test::encode(traces, test::whole_traces(traces, 5));
}

}  // namespace

TEST_CASE("every built-in scenario is printed as a file that means the same") {
  for (const std::string& name : synth::scenario_names()) {
    for (const auto semconv : {synth::Semconv::seed, synth::Semconv::current}) {
      CAPTURE(name);
      const synth::Scenario scenario = built_in(name, semconv);
      const std::string yaml = written(scenario);
      const synth::Scenario again = read(yaml);
      CHECK(written(again) == yaml);
      CHECK(first_traces(again) == first_traces(scenario));
      CHECK(first_metrics(again) == first_metrics(scenario));
      CHECK(first_logs(again) == first_logs(scenario));
    }
  }
}

TEST_CASE("text is quoted where a reader could take it for something else") {
  CHECK(yaml_text("GET /orders") == "GET /orders");
  CHECK(yaml_text("gpt-4") == "gpt-4");
  CHECK(yaml_text("0.3.0") == "0.3.0");
  for (const std::string_view text :
       {"",     "yes", "n",    "1.0",      "1e3",          "0x1f",         "2025-11-19",
        "null", "~",   " a",   "a ",       "a: b",         "a #b",         "-",
        "- a",  "[a]", "{a}",  "*a",       "&a",           "!a",           "|",
        ">",    "%a",  "@a",   "a, b",     "'a'",          "\"a\"",        "a\\b",
        "a\nb", "\t",  "\x7f", "\xc2\x85", "\xe2\x80\xae", "\xef\xbb\xbf", "\xef\xbf\xbf"}) {
    CAPTURE(text);
    CHECK(yaml_text(text).starts_with('"'));
  }
}

TEST_CASE("what is written is read back") {
  for (const std::string_view text : {"a\\b \"c\"", "a\nb\tc\r", "\x01\x7f", "\xc2\x85\xe2\x80\xa8",
                                      "\xf0\x9f\x9a\x80", "\xef\xbf\xbf", "#", "'", "yes", "1"}) {
    CAPTURE(text);
    const auto scenario = read(with_value(yaml_text(text)));
    CHECK(std::get<synth::Value>(scenario.traces[0].spans[0].attributes[0].value) ==
          synth::Value(std::string(text)));
  }
  for (const double number : {0.0, 1.0, -2.5, 1e300, 5e-324, 123456789.125, 1e22}) {
    CAPTURE(number);
    CHECK(yaml::read_number(yaml_number(number)) == number);
    CHECK(yaml::resolve_plain(yaml_number(number)).core == yaml::ScalarType::number);
  }
  CHECK(yaml_number(-std::numeric_limits<double>::infinity()) == "-.inf");
}

TEST_CASE("only spans that are referred to say an id, and only where their name will not do") {
  const auto scenario = read(with_spans(R"(      - name: root
      - {id: x, name: work, parent: root}
      - {name: work, parent: x}
)"));
  CHECK(written(scenario).find(R"(      - name: root
        duration: 1ms
      - id: work-2
        name: work
        parent: root
        duration: 1ms
      - name: work
        parent: work-2
)") != std::string::npos);
}

TEST_CASE("the head names the command of each signal that the scenario has") {
  const auto has = [](std::string_view text, std::string_view command) {
    return text.find(fmt::format("#   otelctl {} --scenario FILE\n", command)) !=
           std::string_view::npos;
  };
  synth::Scenario scenario = read("scenario: s\nservices: [{name: shop}]\nlogs: [{body: x}]\n");
  CHECK(has(written(scenario), "send-logs"));
  CHECK_FALSE(has(written(scenario), "send-spans"));
  scenario = read(with_spans("      - name: root\nmetrics: [{name: m, kind: gauge}]\n"));
  CHECK(has(written(scenario), "send-spans"));
  CHECK(has(written(scenario), "send-metrics"));
  CHECK_FALSE(has(written(scenario), "send-logs"));
}
