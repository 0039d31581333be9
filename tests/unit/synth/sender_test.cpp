// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/sender.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "synth/scenarios.hpp"
#include "tests/unit/synth/decode.hpp"
#include "tests/unit/synth/fake_exporter.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

TraceTemplate simple_traces(std::uint64_t seed = 1) {
  return compile(*find_scenario("simple"), {.seed = seed});
}

bool is_balanced(const Ledger& ledger) {
  return ledger.in_flight() == 0 &&
         ledger.generated() == ledger.accepted() + ledger.rejected() + ledger.failed();
}

// What a server has taken, over all workers.
class Taken {
 public:
  void add(std::string_view payload) {
    const Request request = decode(payload);
    const std::lock_guard lock(m_mutex);
    bytes += payload.size();
    for (const ProtoSpan& span : spans_of(request)) {
      span_ids.insert(span.span_id());
      trace_ids.insert(span.trace_id());
    }
  }

  std::size_t bytes = 0;
  std::set<std::string> span_ids;
  std::set<std::string> trace_ids;

 private:
  std::mutex m_mutex;
};

}  // namespace

TEST_CASE("every span of the run arrives once, and the account says so") {
  for (const unsigned workers : {1U, 2U, 5U}) {
    CAPTURE(workers);
    Taken taken;
    FakeWorld world([&](const FakeAttempt& attempt) {
      taken.add(attempt.payload.bytes);
      return FakeAnswer{};
    });
    const auto traces = compile(*find_scenario("agentmap"), {.seed = 5});
    const Ledger ledger =
        world.send(traces, {.plan = {.units = 1000}, .workers = workers, .seed = 5});
    CHECK(taken.span_ids.size() == 14'000);
    CHECK(taken.trace_ids.size() == 1000);
    CHECK(ledger.generated() == 14'000);
    CHECK(ledger.accepted() == 14'000);
    CHECK(is_balanced(ledger));
    CHECK(ledger.bytes() == taken.bytes);
    CHECK(ledger.requests() == 28);
    CHECK(ledger.traces() == 1000);
    CHECK(ledger.seed() == 5);
  }
}

TEST_CASE("the ledger's trace ids are those of traces that were sent") {
  Taken taken;
  FakeWorld world([&](const FakeAttempt& attempt) {
    taken.add(attempt.payload.bytes);
    return FakeAnswer{};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 30, .batch = 6}});
  REQUIRE(ledger.trace_ids().size() == 10);
  CHECK(ledger.traces() == 30);
  for (const TraceId& id : ledger.trace_ids()) {
    CHECK(taken.trace_ids.contains(std::string(id.view())));
  }
}

TEST_CASE("the account balances under random answers to many workers") {
  std::atomic<std::uint64_t> accepted{0};
  std::atomic<std::uint64_t> rejected{0};
  std::atomic<std::uint64_t> state{1};
  FakeWorld world([&](const FakeAttempt& attempt) -> FakeAnswer {
    SeededRandom random(state.fetch_add(1));
    const auto spans = static_cast<std::int64_t>(spans_of(decode(attempt.payload.bytes)).size());
    otlp::ExportOutcome outcome{.delivered = true};
    switch (random.next() % 4) {
      case 0:
        return {failed_attempt(ErrorKind::unreachable, random.next() % 2 == 0), 1ms};
      case 1:
        return {failed_attempt(ErrorKind::not_understood), 3ms};
      case 2:
        outcome.rejected = static_cast<std::int64_t>(random.next() % 20);
        outcome.partial_message = "too much";
        break;
      default:
        break;
    }
    const std::int64_t refused = std::min(outcome.rejected, spans);
    rejected += static_cast<std::uint64_t>(refused);
    accepted += static_cast<std::uint64_t>(spans - refused);
    return {std::move(outcome), nanoseconds{static_cast<std::int64_t>(random.next() % 5'000'000)}};
  });
  const Ledger ledger = world.send(
      simple_traces(9),
      {.plan = {.units = 5000, .batch = 10}, .in_flight = 8, .workers = 4, .timeout = 1h});
  CHECK(ledger.generated() == 10'000);
  CHECK(is_balanced(ledger));
  CHECK(ledger.accepted() == accepted.load());
  CHECK(ledger.rejected() == rejected.load());
  CHECK(ledger.requests() == 1000);
}

TEST_CASE("ten million spans in one run balance") {
  FakeWorld world([&](const FakeAttempt& attempt) -> FakeAnswer {
    return {attempt.ticket % 2 == 0 ? otlp::ExportOutcome{.delivered = true}
                                    : failed_attempt(ErrorKind::unreachable),
            1ms};
  });
  const Ledger ledger =
      world.send(simple_traces(), {.plan = {.units = 5'000'000, .batch = 4096}, .workers = 2});
  CHECK(ledger.generated() == 10'000'000);
  CHECK(ledger.failed() > 0);
  CHECK(ledger.accepted() > 0);
  CHECK(is_balanced(ledger));
}

TEST_CASE("a run whose exporter cannot be made fails with its reason") {
  FakeWorld world([](const FakeAttempt&) { return FakeAnswer{}; });
  world.tools.make_exporter = []() -> Result<std::unique_ptr<otlp::AsyncExporter>> {
    return fail(ErrorKind::settings, "no such file");
  };
  const auto ledger = send(simple_traces(), {.plan = {.units = 1}}, world.tools);
  REQUIRE_FALSE(ledger);
  CHECK(ledger.error().message == "no such file");
}

TEST_CASE("where further exporters cannot be made the first does all of the work") {
  FakeWorld world([](const FakeAttempt&) { return FakeAnswer{}; });
  auto make = world.tools.make_exporter;
  bool is_first = true;
  world.tools.make_exporter = [&]() -> Result<std::unique_ptr<otlp::AsyncExporter>> {
    if (std::exchange(is_first, false)) {
      return make();
    }
    return fail(ErrorKind::settings, "no such file");
  };
  const Ledger ledger =
      world.send(simple_traces(), {.plan = {.units = 100, .batch = 2}, .workers = 4});
  CHECK(ledger.accepted() == 200);
}

TEST_CASE("with a rate each request waits for its time") {
  std::vector<nanoseconds> sent;
  FakeWorld world([&](const FakeAttempt& attempt) {
    sent.push_back(attempt.begin);
    return FakeAnswer{};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 5, .rate = 2.0}});
  CHECK(sent == std::vector<nanoseconds>{0s, 1s, 2s, 3s, 4s});
  CHECK(ledger.elapsed() == 4s);
  CHECK(ledger.behind() == 0ns);
}

TEST_CASE("a slow answer does not keep the next request from its time while a slot is free") {
  std::vector<nanoseconds> sent;
  FakeWorld world([&](const FakeAttempt& attempt) {
    sent.push_back(attempt.begin);
    return FakeAnswer{.after = 3s};
  });
  const Ledger ledger =
      world.send(simple_traces(), {.plan = {.units = 5, .rate = 2.0}, .in_flight = 4});
  CHECK(sent == std::vector<nanoseconds>{0s, 1s, 2s, 3s, 4s});
  CHECK(ledger.latency().max() == 3s);
}

TEST_CASE("latency counts from the time at which a request was due") {
  int request = 0;
  FakeWorld world([&](const FakeAttempt&) {
    // The first answer takes 10 s; those behind it are quick, but were due long before.
    return FakeAnswer{.after = request++ == 0 ? 10s : 1ms};
  });
  const Ledger ledger = world.send(
      simple_traces(), {.plan = {.units = 10, .rate = 2.0}, .in_flight = 1, .timeout = 60s});
  CHECK(ledger.latency().max() == 10s);
  // Due at 1 s, sent at 10 s; by the end the run has nearly caught up.
  CHECK(ledger.latency().percentile(50) > 5s);
  CHECK(ledger.behind() == 9s);
}

TEST_CASE("a run with rate and duration lasts as long as it was asked to") {
  FakeWorld world([](const FakeAttempt&) { return FakeAnswer{}; });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.duration = 10s, .rate = 100.0}});
  CHECK(ledger.generated() == 1000);
  CHECK(ledger.elapsed() == 10s);
  CHECK(ledger.rate_per_second() == doctest::Approx(100.0));
}

TEST_CASE("a run without rate ends when its duration is over") {
  FakeWorld world([](const FakeAttempt&) { return FakeAnswer{.after = 1s}; });
  const Ledger ledger =
      world.send(simple_traces(), {.plan = {.duration = 10s, .batch = 2}, .in_flight = 1});
  CHECK(ledger.requests() == 10);
  CHECK(is_balanced(ledger));
}

TEST_CASE("how a run stands is shown while it lasts, and adds up each time") {
  std::atomic<int> shown{0};
  std::atomic<int> wrong{0};
  FakeWorld world([](const FakeAttempt&) { return FakeAnswer{}; });
  world.tools.show = [&](const SendProgress& now) {
    if (now.generated != now.accepted + now.rejected + now.failed + now.in_flight) {
      ++wrong;
    }
    if (++shown == 2) {
      world.stop.request_stop();
    }
  };
  const Ledger ledger = world.send(simple_traces(), {.plan = {}, .workers = 2});
  CHECK(shown >= 2);
  CHECK(wrong == 0);
  CHECK(ledger.accepted() == ledger.generated());
}

TEST_CASE("a wait in real time ends at once when it is stopped") {
  std::stop_source stop;
  const auto wait = wait_until_stopped(stop.get_token());
  CHECK(wait(1ns));
  std::jthread stopper([&] { stop.request_stop(); });
  CHECK_FALSE(wait(1h));
  CHECK_FALSE(wait(1h));
}
