// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/batch_plan.hpp"

#include <doctest/doctest.h>

#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

// Traces of `size` spans.
TraceTemplate traces_of(std::uint32_t size) {
  Scenario scenario;
  scenario.services = {{.name = "one"}};
  TraceSpec& trace = scenario.traces.emplace_back();
  trace.add({.name = "root"});
  if (size > 1) {
    trace.add({.parent = 0, .name = "child", .repeat_low = size - 1, .repeat_high = size - 1});
  }
  return compile(scenario);
}

std::vector<Batch> all_batches(const TraceTemplate& traces, const PlanOptions& options,
                               Time now = k_start) {
  BatchPlan plan(traces, options, k_start);
  std::vector<Batch> batches;
  while (auto batch = plan.next(now)) {
    batches.push_back(std::move(*batch));
    REQUIRE(batches.size() <= 1'000'000);
  }
  CHECK(plan.is_over());
  return batches;
}

std::uint64_t spans_in(const std::vector<Batch>& batches) {
  std::uint64_t spans = 0;
  for (const Batch& batch : batches) {
    spans += batch.spans;
  }
  return spans;
}

}  // namespace

TEST_CASE("traces are put together up to the size of a batch, none is split") {
  const auto traces = traces_of(14);
  const auto batches = all_batches(traces, {.traces = 100, .batch = 50});
  REQUIRE(batches.size() == 34);
  CHECK(spans_in(batches) == 1400);
  for (std::size_t index = 0; index < batches.size(); ++index) {
    CHECK(batches[index].spans == (index < 33 ? 42 : 14));
    for (const Slice& slice : batches[index].slices) {
      CHECK(slice.first == 0);
      CHECK(slice.count == 14);
    }
  }
}

TEST_CASE("a trace that is larger than a batch has requests for itself") {
  const auto traces = traces_of(10);
  const auto batches = all_batches(traces, {.traces = 2, .batch = 4});
  REQUIRE(batches.size() == 6);
  std::vector<std::uint32_t> firsts;
  for (const Batch& batch : batches) {
    REQUIRE(batch.slices.size() == 1);
    firsts.push_back(batch.slices[0].first);
  }
  CHECK(firsts == std::vector<std::uint32_t>{0, 4, 8, 0, 4, 8});
  CHECK(spans_in(batches) == 20);
}

TEST_CASE("the parts of a trace have the same time although they are cut later") {
  const auto traces = traces_of(10);
  BatchPlan plan(traces, {.traces = 1, .batch = 4}, k_start);
  const auto first = plan.next(k_start + 1s);
  const auto second = plan.next(k_start + 2s);
  REQUIRE(second);
  CHECK(first->slices[0].time == k_start + 1s);
  CHECK(second->slices[0].time == k_start + 1s);
}

TEST_CASE("with a rate, span n is due at n / rate, however long the run") {
  const auto traces = traces_of(2);
  const auto batches = all_batches(traces, {.traces = 100'000, .rate = 1000.0});
  std::uint64_t before = 0;
  for (const Batch& batch : batches) {
    // Due with the batch's last trace, the one that begins two spans before its end.
    CHECK(batch.due ==
          nanoseconds{static_cast<std::int64_t>((before + batch.spans - 2) * 1'000'000)});
    before += batch.spans;
  }
  CHECK(batches.back().due == 199'998ms);
}

TEST_CASE("low rates do not wait until a request is full") {
  const auto traces = traces_of(14);
  const auto batches = all_batches(traces, {.traces = 3, .rate = 1.0});
  REQUIRE(batches.size() == 3);
  CHECK(batches[0].due == 0s);
  CHECK(batches[1].due == 14s);
  CHECK(batches[2].due == 28s);
  // At 10,000 a second the spans of 20 ms go together.
  CHECK(all_batches(traces, {.traces = 100, .rate = 10'000.0})[0].spans == 196);
  CHECK(all_batches(traces, {.traces = 100, .rate = 1e6})[0].spans == 504);
}

TEST_CASE("a rate below one is possible") {
  const auto batches = all_batches(traces_of(1), {.traces = 2, .rate = 0.25});
  REQUIRE(batches.size() == 2);
  CHECK(batches[1].due == 4s);
}

TEST_CASE("a duration with a rate makes exactly the spans that are due in it") {
  for (const double rate : {1.0, 7.0, 333.0, 10'000.0, 250'000.0}) {
    const auto batches = all_batches(traces_of(1), {.duration = 10s, .rate = rate});
    CHECK(spans_in(batches) == static_cast<std::uint64_t>(rate * 10.0));
    CHECK(batches.back().due < 10s);
  }
}

TEST_CASE("traces end when they are due, or about now without a rate") {
  const auto traces = traces_of(2);
  for (const Batch& batch : all_batches(traces, {.traces = 50, .rate = 100.0}, k_start + 1h)) {
    for (const Slice& slice : batch.slices) {
      CHECK(slice.time == k_start + 20ms * static_cast<std::int64_t>(slice.unit));
    }
  }
  const auto batch = all_batches(traces, {.traces = 3}, k_start + 1h)[0];
  CHECK(batch.slices[0].time == k_start + 1h - 2ms);
  CHECK(batch.slices[2].time == k_start + 1h);
}

TEST_CASE("a given start is the first trace's, the others follow at the rate or 1 ms apart") {
  const auto traces = traces_of(2);
  const Time start{std::chrono::seconds(1'000'000)};
  const auto unpaced = all_batches(traces, {.traces = 3, .start = start})[0];
  CHECK(unpaced.slices[0].time == start);
  CHECK(unpaced.slices[2].time == start + 2ms);
  const auto paced = all_batches(traces, {.traces = 3, .rate = 4.0, .start = start});
  CHECK(paced[2].slices[0].time == start + 1s);
  CHECK(BatchPlan(traces, {.start = start}, k_start).anchor() == Anchor::start);
  CHECK(BatchPlan(traces, {}, k_start).anchor() == Anchor::end);
}
