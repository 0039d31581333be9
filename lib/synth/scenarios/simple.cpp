// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

// The least that shows what a trace is: a request and the work within it.
Scenario simple() {
  Scenario scenario;
  scenario.name = "simple";
  scenario.summary = "one service, a request and the work within it (2 spans)";
  scenario.services = {{.name = "otelctl-simple",
                        .resource = {{"service.version", "1.0.0"}},
                        .scope_name = "otelctl.simple",
                        .scope_version = "1.0.0"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const auto request = trace.add({
      .name = "GET /hello",
      .kind = SpanKind::server,
      .own_time = Uniform{400us, 2ms},
      .attributes = {{"http.request.method", Value("GET")},
                     {"http.route", Value("/hello")},
                     {"http.response.status_code", Value(std::int64_t{200})}},
  });
  trace.add({
      .parent = request,
      .name = "compose greeting",
      .own_time = Lognormal{5ms, 0.5},
      .attributes = {{"greeting.language", OneOf{{"de", "en", "es", "fr", "ja"}}},
                     {"greeting.length", IntRange{5, 40}}},
      .events = {{.name = "cache miss", .at = 0.25}},
  });
  return scenario;
}

}  // namespace

BuiltInScenario simple_scenario() {
  return {"simple", simple};
}

}  // namespace otelctl::synth
