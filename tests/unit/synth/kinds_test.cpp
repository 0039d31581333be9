// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <map>
#include <set>

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;

namespace {

// Three kinds of traces of one, two and three spans.
Scenario kinds(const std::vector<double>& weights) {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  for (std::size_t kind = 0; kind < weights.size(); ++kind) {
    TraceSpec& trace = scenario.traces.emplace_back();
    trace.weight = weights[kind];
    const auto root = trace.add(
        {.name = "root" + std::to_string(kind), .attributes = {{"t", OneOf{{"a", "b", "c"}}}}});
    for (std::size_t child = 0; child < kind; ++child) {
      trace.add({.parent = root, .name = "child" + std::to_string(kind)});
    }
  }
  return scenario;
}

// FNV-1a.
std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char byte : bytes) {
    hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3ULL;
  }
  return hash;
}

}  // namespace

TEST_CASE("kinds of traces come up by their weights, rare ones too") {
  const auto traces = compile(kinds({990.0, 9.0, 1.0}));
  std::map<std::uint32_t, int> sizes;
  constexpr int k_count = 400'000;
  for (std::uint64_t trace = 0; trace < k_count; ++trace) {
    ++sizes[traces.size(trace)];
  }
  CHECK(sizes[1] + sizes[2] + sizes[3] == k_count);
  CHECK(sizes[2] / double(k_count) == doctest::Approx(0.009).epsilon(0.05));
  CHECK(sizes[3] / double(k_count) == doctest::Approx(0.001).epsilon(0.15));
}

TEST_CASE("a trace is of one kind, as long as is said, with ids of its own") {
  const auto traces = compile(kinds({1.0, 2.0, 1.0}));
  std::set<std::string> ids;
  for (std::uint64_t trace = 0; trace < 300; ++trace) {
    const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 1, trace))));
    CHECK(spans.size() == traces.size(trace));
    CHECK(spans[0].name() == "root" + std::to_string(spans.size() - 1));
    for (const ProtoSpan& span : spans) {
      CHECK(span.name().back() == spans[0].name().back());
      CHECK(ids.insert(span.span_id()).second);
    }
    ids.insert(spans[0].trace_id());
  }
}

TEST_CASE("trace n of several kinds does not depend on how long the run is") {
  for (const Scenario& scenario : {kinds({5.0, 1.0, 1.0}), kinds({1.0})}) {
    const auto longest = compile(scenario, {.seed = 3});
    for (const std::uint64_t count : {1U, 2U, 5U, 31U, 40U}) {
      const auto shorter = compile(scenario, {.seed = 3, .traces = count});
      CHECK(encode(shorter, whole_traces(shorter, count)) ==
            encode(longest, whole_traces(longest, count)));
    }
  }
}

TEST_CASE("shapes of large traces are as few as fit in 32 MiB, whatever is drawn for the first") {
  Scenario scenario = kinds({1.0});
  TraceSpec& trace = scenario.traces[0];
  trace.spans[0].attributes = {{"t", OneOf{std::vector<Value>(1000, Value("x"))}}};
  trace.add({.parent = 0,
             .name = "large",
             .repeat_low = 1,
             .repeat_high = 500,
             .attributes = {{"text", Value(std::string(4096, 'x'))}}});
  const auto traces = compile(scenario);
  std::set<std::uint32_t> sizes;
  for (std::uint64_t number = 0; number < 2000; ++number) {
    sizes.insert(traces.size(number));
  }
  CHECK(sizes.size() > 10);
  CHECK(sizes.size() < 60);
}

TEST_CASE("traces far out are made like the first ones") {
  const auto traces = compile(kinds({1.0, 1.0}));
  const std::uint64_t far = (std::uint64_t{1} << 40U) + 12'345;
  const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 3, far))));
  CHECK(spans.size() == traces.size(far) + traces.size(far + 1) + traces.size(far + 2));
}

TEST_CASE("what an exemplar points to is the trace's span, or the root of another kind") {
  const auto traces = compile(kinds({1.0, 1.0}));
  for (std::uint64_t trace = 0; trace < 50; ++trace) {
    const auto spans = spans_of(decode(encode(traces, whole_traces(traces, 1, trace))));
    const SpanContext child = traces.context_of(trace, {1, 1});
    CHECK(std::string(child.trace_id.view()) == spans[0].trace_id());
    CHECK(std::string(child.span_id.view()) == spans.back().span_id());
    CHECK(std::string(traces.context_of(trace, {1, 0}).span_id.view()) == spans[0].span_id());
  }
}

TEST_CASE("a count of traces in a cycle is taken without a division") {
  for (const std::uint32_t count : {1U, 2U, 3U, 7U, 32U, 35U, 300U, 1023U, 1024U}) {
    const Cycle cycle(count);
    for (std::uint64_t number = 0; number < 3000; ++number) {
      CHECK(cycle.at(number) == number % count);
    }
    CHECK(cycle.at(UINT32_MAX) == UINT32_MAX % count);
    CHECK(cycle.at(UINT64_MAX) < count);
  }
}

// When this fails, seeds give other bytes than before: a decision, and a line in the changelog.
TEST_CASE("the bytes of a seed stay the same from version to version, on every machine") {
  const auto hash = [](const std::string& name) {
    const auto traces = compile(*find_scenario(name), {.seed = 42});
    return hash_of(encode(traces, whole_traces(traces, 1000)));
  };
  CHECK(hash("simple") == 17109982642009949237U);
  CHECK(hash("agentmap") == 13266901158542614675U);
}
