// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

// One span with many children that run at the same time.
Scenario wide(std::uint64_t children) {
  Scenario scenario;
  scenario.name = "wide";
  scenario.summary =
      fmt::format("a span with {} children side by side, or with as many as :N says", children);
  scenario.services = {{.name = "otelctl-wide", .scope_name = "otelctl.wide"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  const std::size_t root =
      trace.add({.name = "scatter",
                 .kind = SpanKind::server,
                 .own_time = Uniform{1ms, 4ms},
                 .children = ChildOrder::parallel,
                 .attributes = {{"shard.count", Value(static_cast<std::int64_t>(children))}}});
  trace.add({.parent = root,
             .name = "ask shard",
             .kind = SpanKind::client,
             .own_time = Lognormal{20ms, 0.5},
             .repeat_low = static_cast<std::uint32_t>(children),
             .repeat_high = static_cast<std::uint32_t>(children),
             .attributes = {{"shard.hits", IntRange{0, 100}}}});
  return scenario;
}

}  // namespace

BuiltInScenario wide_scenario() {
  // The spans and their parent are a trace together.
  return {"wide", wide, {100, 1, k_max_trace_spans - 1}};
}

}  // namespace otelctl::synth
