// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/scenarios.hpp"

#include <algorithm>
#include <cstdint>

#include "base/json_writer.hpp"
#include "base/signal.hpp"
#include "base/text.hpp"
#include "terminal/table.hpp"

namespace otelctl::report {
namespace {

// Spans of a trace.
struct Size {
  std::uint64_t min = 0;
  std::uint64_t max = 0;
};

Size size_of(const synth::TraceSpec& trace) {
  Size size;
  std::vector<Size> copies;
  for (const synth::SpanSpec& span : trace.spans) {
    const Size above = span.parent ? copies[*span.parent] : Size{1, 1};
    copies.push_back({above.min * span.repeat_low, above.max * span.repeat_high});
    size.min += copies.back().min * span.chain;
    size.max += copies.back().max * span.chain;
  }
  return size;
}

Size size_of(const synth::Scenario& scenario) {
  Size size;
  for (const synth::TraceSpec& trace : scenario.traces) {
    const Size each = size_of(trace);
    size.min = size.max == 0 ? each.min : std::min(size.min, each.min);
    size.max = std::max(size.max, each.max);
  }
  return size;
}

}  // namespace

void write_scenarios_text(std::ostream& out, const std::vector<synth::Scenario>& scenarios) {
  constexpr std::size_t k_any_width = 10000;
  terminal::Table table({"NAME", "SUMMARY"});
  for (const synth::Scenario& scenario : scenarios) {
    table.add_row({escape_for_terminal(scenario.name), escape_for_terminal(scenario.summary)});
  }
  out << table.render(k_any_width);
}

void write_scenarios_json(std::ostream& out, const std::vector<synth::Scenario>& scenarios) {
  JsonWriter json(out);
  json.begin_object().member("schema", "otelctl.scenarios/1").key("scenarios").begin_array();
  for (const synth::Scenario& scenario : scenarios) {
    json.begin_object()
        .member("name", scenario.name)
        .member("summary", scenario.summary)
        .key("services")
        .begin_array();
    for (const synth::Service& service : scenario.services) {
      json.value(service.name);
    }
    const Size size = size_of(scenario);
    json.end_array().key("spans").begin_object();
    json.member("min", size.min).member("max", size.max).end_object();
    json.key("signals").begin_array();
    if (!scenario.traces.empty()) {
      json.value(name_of(Signal::traces));
    }
    if (!scenario.metrics.empty()) {
      json.value(name_of(Signal::metrics));
    }
    if (!scenario.logs.empty()) {
      json.value(name_of(Signal::logs));
    }
    json.end_array().end_object();
  }
  json.end_array().end_object();
}

}  // namespace otelctl::report
