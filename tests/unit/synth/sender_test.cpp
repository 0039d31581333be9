// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/sender.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;
using otlp::ExportOutcome;

namespace {

// Time that passes only when somebody waits.
class FakeClock final : public Clock {
 public:
  Time now() const override { return k_start + monotonic(); }
  nanoseconds monotonic() const override { return nanoseconds{m_time.load()}; }
  void pass(nanoseconds time) { m_time += time.count(); }

 private:
  std::atomic<std::int64_t> m_time{0};
};

class FakeExporter final : public otlp::Exporter {
 public:
  using Answer = std::function<ExportOutcome(const Request&)>;
  explicit FakeExporter(Answer answer) : m_answer(std::move(answer)) {}

  ExportOutcome send(Signal signal, std::string_view payload, nanoseconds) override {
    CHECK(signal == Signal::traces);
    Request request;
    const bool is_parsed = request.ParseFromArray(payload.data(), static_cast<int>(payload.size()));
    ExportOutcome outcome = m_answer(request);
    const std::lock_guard lock(m_mutex);
    m_is_well_formed = m_is_well_formed && is_parsed;
    m_bytes += payload.size();
    if (outcome.delivered) {
      for (const ProtoSpan& span : spans_of(request)) {
        m_span_ids.insert(span.span_id());
        m_trace_ids.insert(span.trace_id());
      }
    }
    return outcome;
  }

  bool is_well_formed() const { return m_is_well_formed; }
  std::size_t bytes() const { return m_bytes; }
  const std::set<std::string>& span_ids() const { return m_span_ids; }
  const std::set<std::string>& trace_ids() const { return m_trace_ids; }

 private:
  Answer m_answer;
  std::mutex m_mutex;
  bool m_is_well_formed = true;
  std::size_t m_bytes = 0;
  std::set<std::string> m_span_ids;
  std::set<std::string> m_trace_ids;
};

ExportOutcome delivered() {
  return {.delivered = true};
}
ExportOutcome failed(ErrorKind kind, bool retryable = false) {
  return {.error = Error{kind, "it did not work"}, .retryable = retryable};
}

struct World {
  FakeClock clock;
  std::stop_source stop;
  SendTools tools{clock, stop.get_token(), [this](nanoseconds time) {
                    clock.pass(time);
                    return !stop.stop_requested();
                  }};
};

bool is_balanced(const Ledger& ledger) {
  return ledger.in_flight() == 0 &&
         ledger.generated() == ledger.accepted() + ledger.rejected() + ledger.failed();
}

}  // namespace

TEST_CASE("every span of the run arrives once, and the account says so") {
  World world;
  FakeExporter exporter([](const Request&) { return delivered(); });
  const auto traces = compile(*find_scenario("agentmap"), {.seed = 5});
  const Ledger ledger = send(traces, exporter, {.plan = {.traces = 1000}, .seed = 5}, world.tools);
  CHECK(exporter.is_well_formed());
  CHECK(exporter.span_ids().size() == 14'000);
  CHECK(exporter.trace_ids().size() == 1000);
  CHECK(ledger.generated() == 14'000);
  CHECK(ledger.accepted() == 14'000);
  CHECK(is_balanced(ledger));
  CHECK(ledger.bytes() == exporter.bytes());
  CHECK(ledger.requests() == 28);
  CHECK(ledger.traces() == 1000);
  CHECK(ledger.seed() == 5);
}

TEST_CASE("the ledger's trace ids are those of traces that were sent") {
  World world;
  FakeExporter exporter([](const Request&) { return delivered(); });
  const auto traces = compile(*find_scenario("simple"), {.seed = 5});
  const Ledger ledger = send(traces, exporter, {.plan = {.traces = 3}}, world.tools);
  REQUIRE(ledger.trace_ids().size() == 3);
  for (const TraceId& id : ledger.trace_ids()) {
    CHECK(exporter.trace_ids().contains(std::string(id.view())));
  }
}

TEST_CASE("the account balances under random answers to many threads") {
  World world;
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> rejected{0};
  std::atomic<std::uint64_t> state{1};
  FakeExporter exporter([&](const Request& request) {
    SeededRandom random(state.fetch_add(1));
    const auto spans = static_cast<std::int64_t>(spans_of(request).size());
    ExportOutcome outcome;
    switch (random.next() % 4) {
      case 0:
        return failed(ErrorKind::unreachable, random.next() % 2 == 0);
      case 1:
        return failed(ErrorKind::not_understood);
      case 2:
        outcome = {.delivered = true,
                   .rejected = static_cast<std::int64_t>(random.next() % 20),
                   .partial_message = "too much"};
        break;
      default:
        outcome = delivered();
    }
    const std::int64_t refused = std::min(outcome.rejected, spans);
    rejected += static_cast<std::uint64_t>(refused);
    accepted += static_cast<std::uint64_t>(spans - refused);
    return outcome;
  });
  const auto traces = compile(*find_scenario("simple"), {.seed = 9});
  const Ledger ledger =
      send(traces, exporter, {.plan = {.traces = 5000, .batch = 10}, .in_flight = 8}, world.tools);
  CHECK(ledger.generated() == 10'000);
  CHECK(is_balanced(ledger));
  CHECK(ledger.accepted() == accepted.load());
  CHECK(ledger.rejected() == rejected.load());
  CHECK(ledger.requests() == 1000);
}

TEST_CASE("a retryable failure is tried again within the timeout, another one is not") {
  World world;
  std::atomic<int> attempts{0};
  FakeExporter exporter([&](const Request&) {
    return ++attempts < 3 ? failed(ErrorKind::unreachable, true) : delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger = send(traces, exporter, {.plan = {.traces = 1}}, world.tools);
  CHECK(ledger.accepted() == 2);
  CHECK(ledger.requests() == 1);
  CHECK(ledger.retries() == 2);

  FakeExporter refusing([&](const Request&) { return failed(ErrorKind::refused); });
  const Ledger refused = send(traces, refusing, {.plan = {.traces = 1}}, world.tools);
  CHECK(refused.failed() == 2);
  CHECK(refused.retries() == 0);
  CHECK(refused.verdict() == ErrorKind::refused);
}

TEST_CASE("a server that never recovers is given up when the timeout is over") {
  World world;
  FakeExporter exporter([&](const Request&) {
    world.clock.pass(1ms);
    return failed(ErrorKind::unreachable, true);
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger = send(traces, exporter, {.plan = {.traces = 1}, .timeout = 5s}, world.tools);
  CHECK(ledger.failed() == 2);
  CHECK(ledger.verdict() == ErrorKind::unreachable);
  CHECK(world.clock.monotonic() <= 6s);
}

TEST_CASE("no more requests are under way than allowed, and as many as allowed") {
  World world;
  std::mutex mutex;
  std::condition_variable changed;
  int under_way = 0;
  int most = 0;
  FakeExporter exporter([&](const Request&) {
    std::unique_lock lock(mutex);
    most = std::max(most, ++under_way);
    changed.notify_all();
    // The first ones wait for each other; were there fewer threads, the test would time out.
    changed.wait(lock, [&] { return most >= 3; });
    --under_way;
    return delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  send(traces, exporter, {.plan = {.traces = 100, .batch = 2}, .in_flight = 3}, world.tools);
  CHECK(most == 3);
}

TEST_CASE("with a rate each request waits for its time") {
  World world;
  std::vector<nanoseconds> sent;
  FakeExporter exporter([&](const Request&) {
    sent.push_back(world.clock.monotonic());
    return delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger =
      send(traces, exporter, {.plan = {.traces = 5, .rate = 2.0}, .in_flight = 1}, world.tools);
  CHECK(sent == std::vector<nanoseconds>{0s, 1s, 2s, 3s, 4s});
  CHECK(ledger.elapsed() == 4s);
  CHECK(ledger.behind() == 0ns);
}

TEST_CASE("latency counts from the time at which a request was due") {
  World world;
  int request = 0;
  FakeExporter exporter([&](const Request&) {
    // The first answer takes 10 s; those behind it are quick, but were due long before.
    world.clock.pass(request++ == 0 ? 10s : 1ms);
    return delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger =
      send(traces, exporter, {.plan = {.traces = 10, .rate = 2.0}, .in_flight = 1, .timeout = 60s},
           world.tools);
  CHECK(ledger.latency().max() == 10s);
  // Due at 1 s, sent at 10 s; by the end the run has nearly caught up.
  CHECK(ledger.latency().percentile(50) > 5s);
  CHECK(ledger.behind() == 9s);
}

TEST_CASE("a run with rate and duration lasts as long as it was asked to") {
  World world;
  FakeExporter exporter([](const Request&) { return delivered(); });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger = send(
      traces, exporter, {.plan = {.duration = 10s, .rate = 100.0}, .in_flight = 1}, world.tools);
  CHECK(ledger.generated() == 1000);
  CHECK(ledger.elapsed() == 10s);
  CHECK(ledger.rate_per_second() == doctest::Approx(100.0));
}

TEST_CASE("a run without rate ends when its duration is over") {
  World world;
  FakeExporter exporter([&](const Request&) {
    world.clock.pass(1s);
    return delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger =
      send(traces, exporter, {.plan = {.duration = 10s, .batch = 2}, .in_flight = 1}, world.tools);
  CHECK(ledger.requests() == 10);
  CHECK(is_balanced(ledger));
}

TEST_CASE("a stop ends the run, finishes what is under way and leaves a balanced account") {
  World world;
  std::atomic<int> requests{0};
  FakeExporter exporter([&](const Request&) {
    if (++requests == 20) {
      world.stop.request_stop();
    }
    return delivered();
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger = send(traces, exporter, {.plan = {.batch = 2}, .in_flight = 4}, world.tools);
  CHECK(ledger.requests() >= 20);
  CHECK(ledger.requests() <= 24);
  CHECK(ledger.accepted() == ledger.generated());
  CHECK(is_balanced(ledger));
}

TEST_CASE("a stop while retries wait gives them up") {
  World world;
  FakeExporter exporter([&](const Request&) {
    world.stop.request_stop();
    return failed(ErrorKind::unreachable, true);
  });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger = send(traces, exporter, {.plan = {.batch = 2}, .in_flight = 1}, world.tools);
  CHECK(ledger.generated() == 2);
  CHECK(ledger.failed() == 2);
  CHECK(ledger.verdict() == ErrorKind::unreachable);
}

TEST_CASE("what is not yet due when the run is stopped is not generated") {
  World world;
  world.tools.wait = [&](nanoseconds) {
    world.stop.request_stop();
    return false;
  };
  FakeExporter exporter([](const Request&) { return delivered(); });
  const auto traces = compile(*find_scenario("simple"));
  const Ledger ledger =
      send(traces, exporter, {.plan = {.rate = 2.0}, .in_flight = 1}, world.tools);
  CHECK(ledger.generated() == 2);
  CHECK(ledger.traces() == 1);
}

TEST_CASE("a wait in real time ends at once when it is stopped") {
  std::stop_source stop;
  const auto wait = wait_until_stopped(stop.get_token());
  CHECK(wait(1ns));
  std::jthread stopper([&] { stop.request_stop(); });
  CHECK_FALSE(wait(1h));
  CHECK_FALSE(wait(1h));
}
