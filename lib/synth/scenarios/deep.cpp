// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

// A chain of spans, each the only child of the one before: what recursion over a trace stumbles on.
Scenario deep(std::uint64_t spans) {
  Scenario scenario;
  scenario.name = "deep";
  scenario.summary = fmt::format("a chain of {} spans, or of as many as :N says", spans);
  scenario.services = {{.name = "otelctl-deep", .scope_name = "otelctl.deep"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const std::size_t root =
      trace.add({.name = "descend",
                 .kind = SpanKind::server,
                 .own_time = Uniform{50us, 150us},
                 .attributes = {{"chain.length", Value(static_cast<std::int64_t>(spans))}}});
  if (spans > 1) {
    trace.add({.parent = root,
               .name = "step",
               .own_time = Uniform{20us, 60us},
               .chain = static_cast<std::uint32_t>(spans - 1),
               .attributes = {{"step.cost", IntRange{1, 100}}}});
  }
  return scenario;
}

}  // namespace

BuiltInScenario deep_scenario() {
  return {"deep", deep, {100, 1, k_max_trace_spans}};
}

}  // namespace otelctl::synth
