// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/duration.hpp"
#include "synth/scenarios/built_in.hpp"

namespace otelctl::synth {
namespace {

using namespace std::chrono_literals;

// SDKs keep so many attributes of a span unless they are told otherwise
// (OTEL_ATTRIBUTE_COUNT_LIMIT).
constexpr std::uint64_t k_attributes = 128;

// Lines of 64 bytes that begin with their own place, so that a reader sees where a value was cut.
std::string long_text(std::uint64_t bytes, std::uint64_t first = 0) {
  std::string text;
  text.reserve(bytes + 64);
  while (text.size() < bytes) {
    text += fmt::format("{:08} the quick brown fox jumps over the lazy dog, one more.\n",
                        first + text.size());
  }
  text.resize(bytes);
  return text;
}

// Part `part` of `parts` that make `bytes` together.
std::uint64_t share_of(std::uint64_t bytes, std::uint64_t part, std::uint64_t parts) {
  return bytes * (part + 1) / parts - bytes * part / parts;
}

constexpr std::uint64_t k_kib = 1024;
// A request holds one whole trace at least, which has four times the size; receivers take 64 MiB at
// the very most.
constexpr std::uint64_t k_max_attribute_bytes = 8 * k_kib * k_kib;

// Spans that each carry `bytes` in another way: in one value, in many, in a list, in an event.
Scenario large_attributes(std::uint64_t bytes) {
  Scenario scenario;
  scenario.name = "large-attributes";
  scenario.summary = fmt::format("4 spans with {} of attributes each, or as much as :SIZE says",
                                 format_size(bytes));
  scenario.services = {{.name = "otelctl-large", .scope_name = "otelctl.large"}};
  const Value size = static_cast<std::int64_t>(bytes);
  TraceSpec& trace = scenario.traces.emplace_back();
  const std::size_t root =
      trace.add({.name = "one large value",
                 .kind = SpanKind::server,
                 .own_time = Uniform{2ms, 9ms},
                 .attributes = {{"large.bytes", size}, {"large.text", Value(long_text(bytes))}}});

  SpanSpec many{.parent = root, .name = "many values", .own_time = Uniform{2ms, 9ms}};
  std::vector<std::string> items;
  std::uint64_t place = 0;
  for (std::uint64_t part = 0; part < k_attributes; ++part) {
    const std::uint64_t share = share_of(bytes, part, k_attributes);
    items.push_back(long_text(share, place));
    many.attributes.push_back({fmt::format("large.part.{:03}", part), Value(items.back())});
    place += share;
  }
  trace.add(std::move(many));
  trace.add({.parent = root,
             .name = "a large list",
             .own_time = Uniform{2ms, 9ms},
             .attributes = {{"large.list", Value(std::move(items))}}});
  trace.add(
      {.parent = root,
       .name = "a large event",
       .own_time = Uniform{2ms, 9ms},
       .events = {{.name = "large", .attributes = {{"large.text", Value(long_text(bytes))}}}}});
  return scenario;
}

}  // namespace

BuiltInScenario large_attributes_scenario() {
  return {"large-attributes", large_attributes, {16 * k_kib, k_kib, k_max_attribute_bytes, true}};
}

}  // namespace otelctl::synth
