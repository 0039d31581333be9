// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "scenario/last_check.hpp"

#include <optional>
#include <string_view>

#include "base/text.hpp"
#include "scenario/reading.hpp"

namespace otelctl::scenario {
namespace {

// The scenario with the first so many traces, metrics and logs only. References to traces that are
// left out go with them.
synth::Scenario front_of(const synth::Scenario& scenario, std::size_t traces, std::size_t metrics,
                         std::size_t logs) {
  synth::Scenario front;
  front.name = scenario.name;
  front.services = scenario.services;
  front.choices = scenario.choices;
  const auto copy = [](const auto& from, std::size_t count, auto& to) {
    to.assign(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count));
  };
  copy(scenario.traces, traces, front.traces);
  copy(scenario.metrics, metrics, front.metrics);
  copy(scenario.logs, logs, front.logs);
  return front;
}

// How many items of a list there can be before the check fails: halves the list until one is left.
// `passes` says whether it does with so many; with none it does, with all it does not.
template <typename Passes>
std::size_t first_wrong(std::size_t count, Passes passes) {
  std::size_t good = 0;
  std::size_t bad = count;
  while (bad - good > 1) {
    const std::size_t middle = good + (bad - good) / 2;
    (passes(middle) ? good : bad) = middle;
  }
  return good;
}

struct Item {
  std::string_view list;
  std::size_t index;
};

std::optional<Item> wrong_item(const synth::Scenario& scenario) {
  const std::size_t traces = scenario.traces.size();
  const std::size_t metrics = scenario.metrics.size();
  const auto passes = [&](std::size_t some_traces, std::size_t some_metrics,
                          std::size_t some_logs) {
    return synth::check_scenario(front_of(scenario, some_traces, some_metrics, some_logs))
        .has_value();
  };
  if (!passes(0, 0, 0)) {
    return std::nullopt;
  }
  if (!passes(traces, 0, 0)) {
    return Item{"traces", first_wrong(traces, [&](auto count) { return passes(count, 0, 0); })};
  }
  if (!passes(traces, metrics, 0)) {
    return Item{"metrics",
                first_wrong(metrics, [&](auto count) { return passes(traces, count, 0); })};
  }
  return Item{"logs", first_wrong(scenario.logs.size(),
                                  [&](auto count) { return passes(traces, metrics, count); })};
}

config::Place place_of(const yaml::Document& document, const Item& item) {
  const Spot file{nullptr, document.resolve(document.root())};
  for (const yaml::Document::Entry& entry : document.entries(file.node)) {
    const yaml::NodeId key = document.resolve(entry.key);
    if (document.node(key).text != item.list) {
      continue;
    }
    const Spot list{&file, document.resolve(entry.value), key};
    std::size_t index = 0;
    for (const yaml::NodeId child : document.children(list.node)) {
      if (index == item.index) {
        return config::reading::place_of(document,
                                         {&list, document.resolve(child), yaml::k_no_node, index});
      }
      ++index;
    }
  }
  return config::reading::place_of(document, file);
}

}  // namespace

void check_last(const synth::Scenario& scenario, const yaml::Document& document,
                std::vector<config::Issue>& issues) {
  const auto checked = synth::check_scenario(scenario);
  if (checked) {
    return;
  }
  const auto item = wrong_item(scenario);
  issues.push_back({config::IssueKind::out_of_range,
                    item ? std::optional(place_of(document, *item)) : std::nullopt,
                    escape_for_terminal(checked.error().message),
                    escape_for_terminal(checked.error().hint)});
}

}  // namespace otelctl::scenario
