// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/batch_plan.hpp"

#include <cmath>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include <doctest/doctest.h>

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
    spans += batch.records;
  }
  return spans;
}

}  // namespace

TEST_CASE("traces are put together up to the size of a batch, none is split") {
  const auto traces = traces_of(14);
  const auto batches = all_batches(traces, {.units = 100, .batch = 50});
  REQUIRE(batches.size() == 34);
  CHECK(spans_in(batches) == 1400);
  for (std::size_t index = 0; index < batches.size(); ++index) {
    CHECK(batches[index].records == (index < 33 ? 42 : 14));
    for (const Slice& slice : batches[index].slices) {
      CHECK(slice.first == 0);
      CHECK(slice.count == 14);
    }
  }
}

TEST_CASE("a trace that is larger than a batch has requests for itself") {
  const auto traces = traces_of(10);
  const auto batches = all_batches(traces, {.units = 2, .batch = 4});
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
  BatchPlan plan(traces, {.units = 1, .batch = 4}, k_start);
  const auto first = plan.next(k_start + 1s);
  const auto second = plan.next(k_start + 2s);
  REQUIRE(second);
  CHECK(first->slices[0].time == k_start + 1s);
  CHECK(second->slices[0].time == k_start + 1s);
}

TEST_CASE("a ramp begins with small requests, each when the growing rate has come to it") {
  const auto traces = traces_of(2);
  const auto batches = all_batches(traces, {.duration = 10s, .rate = 10'000.0, .ramp = 10s});
  // The half of what the whole rate would have sent.
  CHECK(spans_in(batches) == 50'000);
  CHECK(batches.front().records == 2);
  CHECK(batches[batches.size() - 2].records == 198);
  std::uint64_t before = 0;
  for (const Batch& batch : batches) {
    const double last = static_cast<double>(before + batch.records - 2);
    CHECK(std::abs(static_cast<double>(batch.due.count()) - std::sqrt(last / 500.0) * 1e9) <= 1.0);
    before += batch.records;
  }
}

TEST_CASE("with a rate, span n is due at n / rate, however long the run") {
  const auto traces = traces_of(2);
  const auto batches = all_batches(traces, {.units = 100'000, .rate = 1000.0});
  std::uint64_t before = 0;
  for (const Batch& batch : batches) {
    // Due with the batch's last trace, the one that begins two spans before its end.
    CHECK(batch.due ==
          nanoseconds{static_cast<std::int64_t>((before + batch.records - 2) * 1'000'000)});
    before += batch.records;
  }
  CHECK(batches.back().due == 199'998ms);
}

TEST_CASE("low rates do not wait until a request is full") {
  const auto traces = traces_of(14);
  const auto batches = all_batches(traces, {.units = 3, .rate = 1.0});
  REQUIRE(batches.size() == 3);
  CHECK(batches[0].due == 0s);
  CHECK(batches[1].due == 14s);
  CHECK(batches[2].due == 28s);
  // At 10,000 a second the spans of 20 ms go together.
  CHECK(all_batches(traces, {.units = 100, .rate = 10'000.0})[0].records == 196);
  CHECK(all_batches(traces, {.units = 100, .rate = 1e6})[0].records == 504);
}

TEST_CASE("a rate below one is possible") {
  const auto batches = all_batches(traces_of(1), {.units = 2, .rate = 0.25});
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
  for (const Batch& batch : all_batches(traces, {.units = 50, .rate = 100.0}, k_start + 1h)) {
    for (const Slice& slice : batch.slices) {
      CHECK(slice.time == k_start + 20ms * static_cast<std::int64_t>(slice.unit));
    }
  }
  const auto batch = all_batches(traces, {.units = 3}, k_start + 1h)[0];
  CHECK(batch.slices[0].time == k_start + 1h - 2ms);
  CHECK(batch.slices[2].time == k_start + 1h);
}

TEST_CASE("a given start is the first trace's, the others follow at the rate or 1 ms apart") {
  const auto traces = traces_of(2);
  const Time start{std::chrono::seconds(1'000'000)};
  const auto unpaced = all_batches(traces, {.units = 3, .start = start})[0];
  CHECK(unpaced.slices[0].time == start);
  CHECK(unpaced.slices[2].time == start + 2ms);
  const auto paced = all_batches(traces, {.units = 3, .rate = 4.0, .start = start});
  CHECK(paced[2].slices[0].time == start + 1s);
  CHECK(BatchPlan(traces, {.start = start}, k_start).anchor() == Anchor::start);
  CHECK(BatchPlan(traces, {}, k_start).anchor() == Anchor::end);
}

namespace {

// Passes over `size` records that may be cut anywhere.
class Records final : public Generator {
 public:
  explicit Records(std::uint32_t size) : m_size(size) {}
  Signal signal() const override { return Signal::logs; }
  std::uint32_t size(std::uint64_t pass) const override {
    return m_size + static_cast<std::uint32_t>(pass % 3);
  }
  bool keeps_units_whole() const override { return false; }
  std::optional<TraceId> trace_id(std::uint64_t) const override { return std::nullopt; }
  std::unique_ptr<Workspace> make_workspace() const override { return nullptr; }
  std::string_view encode(const std::vector<Slice>&, Anchor, Workspace&) const override {
    return {};
  }

 private:
  std::uint32_t m_size;
};

std::vector<Batch> batches_of(const Generator& generator, const PlanOptions& options,
                              Time now = k_start) {
  BatchPlan plan(generator, options, k_start);
  std::vector<Batch> batches;
  while (auto batch = plan.next(now)) {
    batches.push_back(std::move(*batch));
  }
  CHECK(plan.is_over());
  return batches;
}

// Every record of the batches with its time; fails when one is there twice.
using RecordTimes = std::map<std::pair<std::uint64_t, std::uint32_t>, Time>;
void add_records(const std::vector<Batch>& batches, RecordTimes& records) {
  for (const Batch& batch : batches) {
    std::uint64_t count = 0;
    for (const Slice& slice : batch.slices) {
      for (std::uint32_t number = slice.first; number < slice.first + slice.count; ++number) {
        REQUIRE(records.emplace(std::pair(slice.unit, number), slice.time).second);
        ++count;
      }
    }
    CHECK(count == batch.records);
  }
}

// The shards' records one by one; together they are what one process sends.
std::vector<std::uint64_t> check_shards(const Generator& generator, PlanOptions options,
                                        std::uint32_t shards) {
  RecordTimes alone;
  add_records(batches_of(generator, options), alone);
  RecordTimes together;
  std::vector<std::uint64_t> counts;
  for (std::uint32_t index = 0; index < shards; ++index) {
    options.shard = {index, shards};
    const auto batches = batches_of(generator, options);
    add_records(batches, together);
    counts.push_back(spans_in(batches));
  }
  CHECK(together == alone);
  return counts;
}

}  // namespace

TEST_CASE("units that may be divided are cut where a request is full") {
  const auto batches = batches_of(Records(10), {.records = 100, .batch = 32});
  REQUIRE(batches.size() == 4);
  CHECK(batches[0].records == 32);
  CHECK(batches[3].records == 4);
  REQUIRE(batches[0].slices.size() == 3);
  // Passes of 10, 11 and 12 records: the third is cut.
  CHECK(batches[0].slices[2].count == 11);
  CHECK(batches[1].slices[0].unit == 2);
  CHECK(batches[1].slices[0].first == 11);
  CHECK(batches[1].slices[0].time == batches[0].slices[2].time);
  RecordTimes records;
  add_records(batches, records);
  CHECK(records.size() == 100);
}

TEST_CASE("a number of passes is all of their records") {
  CHECK(spans_in(batches_of(Records(10), {.units = 3})) == 33);
  CHECK(spans_in(batches_of(Records(10), {.units = 3, .records = 20})) == 20);
}

TEST_CASE("no two passes have the same time, although they are made at once") {
  std::set<Time> times;
  for (const Batch& batch : batches_of(Records(1), {.units = 1000, .batch = 7})) {
    for (const Slice& slice : batch.slices) {
      if (slice.first == 0) {
        CHECK(times.insert(slice.time).second);
      }
    }
  }
  CHECK(times.size() == 1000);
}

TEST_CASE("records are paced one by one") {
  const auto batches = batches_of(Records(10), {.records = 5, .rate = 2.0});
  REQUIRE(batches.size() == 5);
  for (std::size_t index = 0; index < batches.size(); ++index) {
    CHECK(batches[index].due == 500ms * static_cast<int>(index));
    CHECK(batches[index].slices[0].time == k_start);
  }
  CHECK(spans_in(batches_of(Records(10), {.duration = 10s, .rate = 12'345.0})) == 123'450);
}

TEST_CASE("shards send together what one process sends, each trace at its own time") {
  const auto traces = traces_of(3);
  const Time start{std::chrono::seconds(1'000'000)};
  CHECK(check_shards(traces, {.units = 10, .start = start}, 4) ==
        std::vector<std::uint64_t>{9, 9, 6, 6});
  CHECK(check_shards(traces, {.units = 1000, .rate = 5000.0}, 3) ==
        std::vector<std::uint64_t>{1002, 999, 999});
  CHECK(check_shards(traces, {.units = 10, .batch = 2, .start = start}, 3) ==
        std::vector<std::uint64_t>{12, 9, 9});
  CHECK(check_shards(traces, {.duration = 2s, .rate = 3000.0, .ramp = 1s}, 5).size() == 5);
  CHECK(check_shards(traces, {.units = 2, .start = start}, 5) ==
        std::vector<std::uint64_t>{3, 3, 0, 0, 0});
}

TEST_CASE("shards divide records exactly, whatever the size of passes and requests") {
  const Records records(10);
  const Time start{std::chrono::seconds(1'000'000)};
  CHECK(check_shards(records, {.records = 10, .start = start}, 4) ==
        std::vector<std::uint64_t>{3, 3, 2, 2});
  for (const std::uint64_t count : {1U, 7U, 1000U, 1001U, 12'345U}) {
    for (const std::uint32_t shards : {1U, 2U, 3U, 7U, 64U}) {
      for (const std::uint32_t batch : {1U, 5U, 512U}) {
        const auto counts =
            check_shards(records, {.records = count, .batch = batch, .start = start}, shards);
        CHECK(counts.front() - counts.back() <= 1);
      }
    }
  }
  const auto counts = check_shards(records, {.duration = 3s, .rate = 333.0, .ramp = 1s}, 4);
  CHECK(counts.front() - counts.back() <= 1);
  CHECK(check_shards(records, {.units = 3, .start = start}, 2) ==
        std::vector<std::uint64_t>{17, 16});
}

TEST_CASE("each shard has its part of the rate at every time") {
  for (std::uint32_t index = 0; index < 4; ++index) {
    const PlanOptions options{.duration = 10s, .rate = 4000.0, .shard = {index, 4}};
    for (const auto& batches :
         {batches_of(Records(10), options), batches_of(traces_of(2), options)}) {
      std::uint64_t sent = 0;
      for (const Batch& batch : batches) {
        sent += batch.records;
        // 1000 a second, to two ticks of 20 ms.
        CHECK(std::abs(static_cast<double>(sent) - static_cast<double>(batch.due.count()) / 1e6) <=
              40.0);
      }
      CHECK(sent == 10'000);
    }
  }
}

TEST_CASE("times beyond those that a clock has stop at their end") {
  const auto traces = traces_of(2);
  const auto slow = all_batches(traces, {.units = 3, .rate = 1e-12, .batch = 2});
  REQUIRE(slow.size() == 3);
  CHECK(slow[2].slices[0].time > k_start + 365 * 24h * 200);
  const auto late =
      all_batches(traces, {.units = 3, .rate = 1e-7, .batch = 2, .start = Time::max() - 100 * 24h});
  REQUIRE(late.size() == 3);
  CHECK(late[2].slices[0].time > Time::max() - 2h);
}
