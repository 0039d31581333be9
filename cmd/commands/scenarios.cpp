// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/scenarios.hpp"

#include <utility>
#include <vector>

#include "cmd/command.hpp"
#include "cmd/commands.hpp"
#include "cmd/completion/sources.hpp"
#include "cmd/context.hpp"
#include "cmd/options.hpp"
#include "cmd/shared_options.hpp"
#include "scenario/write.hpp"
#include "synth/scenarios.hpp"

namespace otelctl {
namespace {

constexpr std::string_view k_description = R"(
Lists the built-in scenarios, or prints one as a file to start from. A scenario says what made-up
telemetry looks like; send-spans, send-metrics and send-logs take its name, or a file.

A file is YAML with the key 'scenario'. Its keys, where {...} are maps, [...] lists:

scenario, summary: its name, and what it is

services: [{name, resource: {KEY: VALUE}, scope: {name, version}}]

choices: [{columns: [NAME], rows: [[CELL]]}]; one row is drawn for each trace, and {NAME} in a text
stands for its cell; {{ and }} are braces

traces: [{name, weight, spans}]; weight is its share among the others

spans: [{id, parent: ID, name, service, kind, duration, children, repeat, chain, status, error, numbers,
attributes, events, links}], the root first, parents before their children. An ID is a span's id, or
its name where only one span has it. A span has its parent's service unless it says another. kind is internal, server, client, producer or consumer;
children sequential or parallel; status, where the span does not fail, unset or ok. duration is the
time beside the children: 5ms, {uniform: [1ms, 4ms]} or {lognormal: {median: 4ms, sigma: 0.3}}. repeat
is 3 or [1, 3]; chain: 5 makes five spans, one below the other. error is {rate, type, message,
propagates}, events [{name, at, attributes}] with at from 0 to 1, links [{to: ID, attributes}], numbers
{NAME: [LOW, HIGH]} or {NAME: {sum: [NAME]}}

attributes: {KEY: VALUE}, of the type that YAML gives it; or made: {one_of: [a, b]}, {range: [1, 400]},
{counter: PREFIX, digits: 6, per: 3, distinct: 1000} with the trace's number, {number: NAME},
{ok: 200, failed: 500}. Those of metrics are plain or one_of, which makes a series of each; those of
logs have no number, ok and failed. A service's resource is plain

metrics: [{name, service, description, unit, kind, temporality, range, observations, bounds, scale,
quantiles, attributes, exemplar: ID}]; kind is gauge, counter, up_down_counter, histogram,
exponential_histogram or summary, temporality cumulative or delta

logs: [{service, severity, severity_text, event_name, body, attributes, repeat, span: ID}]; body is a
value, a list, {map: {KEY: VALUE}}, {bytes: BASE64} or null
)";

constexpr std::string_view k_examples = R"(
Which scenarios are there?
otelctl scenarios
One to start from
otelctl scenarios agentmap -o mine.yaml
What it looks like, before it is sent
otelctl send-spans --scenario ./mine.yaml --dry-run
)";

class Scenarios final : public Command {
 public:
  void declare(Options& options) override {
    options.positional("NAME", m_name, "Scenario to print", Options::Required::no);
    options.completes("NAME", values::scenarios);
    options.choice("--semconv", m_semconv, {"seed", "current"},
                   "Names of attributes: the platform's own, or those that the semantic "
                   "conventions have now (default: seed)");
    declare_output(options, m_output, {"text", "json"});
  }

  Result<Exit> run(Context& context) override {
    return m_name.empty() ? list(context) : print(context);
  }

 private:
  synth::Semconv semconv() const {
    return m_semconv == "current" ? synth::Semconv::current : synth::Semconv::seed;
  }

  Result<Exit> list(Context& context) const {
    std::vector<synth::Scenario> scenarios;
    for (const std::string& name : synth::scenario_names()) {
      auto scenario = synth::find_scenario(name, semconv());
      if (!scenario) {
        return fail(std::move(scenario).error());
      }
      scenarios.push_back(std::move(*scenario));
    }
    return written(context.write_result(m_output, [&](std::ostream& out) {
      m_output.is_json() ? report::write_scenarios_json(out, scenarios)
                         : report::write_scenarios_text(out, scenarios);
    }));
  }

  Result<Exit> print(Context& context) const {
    if (m_output.is_json()) {
      return fail(ErrorKind::usage, "--format json is for the list", "a scenario is YAML");
    }
    const auto scenario = synth::find_scenario(m_name, semconv());
    if (!scenario) {
      return fail(scenario.error());
    }
    return written(context.write_result(
        m_output, [&](std::ostream& out) { scenario::write_scenario(out, *scenario); }));
  }

  static Result<Exit> written(Result<void> result) {
    if (!result) {
      return fail(std::move(result).error());
    }
    return Exit::ok;
  }

  std::string m_name;
  std::string m_semconv = "seed";
  OutputOptions m_output;
};

}  // namespace

CommandSpec scenarios_command() {
  return {"scenarios",   topic::k_send, "List scenarios, or print one to start from",
          k_description, k_examples,    make_command<Scenarios>};
}

}  // namespace otelctl
