// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/send_worker.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "base/random.hpp"
#include "synth/scenarios.hpp"
#include "synth/send_run.hpp"
#include "tests/unit/synth/decode.hpp"
#include "tests/unit/synth/fake_exporter.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace otelctl::test;
using namespace std::chrono_literals;

namespace {

const TraceTemplate& simple_traces() {
  static const TraceTemplate traces = compile(*find_scenario("simple"), {.seed = 1});
  return traces;
}

bool is_balanced(const Ledger& ledger) {
  return ledger.in_flight() == 0 &&
         ledger.generated() == ledger.accepted() + ledger.rejected() + ledger.failed();
}

otlp::ExportOutcome busy(nanoseconds retry_after) {
  otlp::ExportOutcome outcome = failed_attempt(ErrorKind::unreachable, true);
  outcome.retry_after = retry_after;
  return outcome;
}

}  // namespace

TEST_CASE("a retryable failure is tried again within the timeout, another one is not") {
  int attempts = 0;
  std::vector<std::string> payloads;
  FakeWorld world([&](const FakeAttempt& attempt) {
    payloads.emplace_back(attempt.payload.bytes);
    return ++attempts < 3 ? FakeAnswer{failed_attempt(ErrorKind::unreachable, true)} : FakeAnswer{};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 1}});
  CHECK(ledger.accepted() == 2);
  CHECK(ledger.requests() == 1);
  CHECK(ledger.retries() == 2);
  CHECK(ledger.bytes() == payloads[0].size());
  CHECK(payloads[1] == payloads[0]);
  CHECK(payloads[2] == payloads[0]);

  FakeWorld refusing(
      [](const FakeAttempt&) { return FakeAnswer{failed_attempt(ErrorKind::refused)}; });
  const Ledger refused = refusing.send(simple_traces(), {.plan = {.units = 1}});
  CHECK(refused.failed() == 2);
  CHECK(refused.retries() == 0);
  CHECK(refused.verdict() == ErrorKind::refused);
}

TEST_CASE("the waits between attempts grow, and what the server asks for is added") {
  std::vector<nanoseconds> begins;
  FakeWorld world([&](const FakeAttempt& attempt) {
    begins.push_back(attempt.begin);
    return begins.size() < 4 ? FakeAnswer{busy(2s)} : FakeAnswer{};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 1}});
  CHECK(ledger.accepted() == 2);
  REQUIRE(begins.size() == 4);
  for (std::size_t index = 1; index < begins.size(); ++index) {
    const nanoseconds wait = begins[index] - begins[index - 1];
    // 200 ms, 300 ms, 450 ms, each times 0.5 to 1.5.
    CHECK(wait >= 2s + 100ms);
    CHECK(wait <= 2s + 675ms);
  }
}

TEST_CASE("the timeout covers a request with its retries") {
  std::vector<FakeAttempt> attempts;
  FakeWorld world([&](const FakeAttempt& attempt) {
    attempts.push_back(attempt);
    return FakeAnswer{failed_attempt(ErrorKind::unreachable, true), 100ms};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 1}, .timeout = 5s});
  CHECK(ledger.failed() == 2);
  CHECK(ledger.verdict() == ErrorKind::unreachable);
  CHECK(ledger.elapsed() <= 5s);
  CHECK(attempts.size() > 3);
  for (const FakeAttempt& attempt : attempts) {
    CHECK(attempt.begin + attempt.timeout == 5s);
  }
}

TEST_CASE("a server that asks for more time than there is, is given up at once") {
  FakeWorld world([&](const FakeAttempt&) { return FakeAnswer{busy(30s)}; });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 1}, .timeout = 10s});
  CHECK(ledger.failed() == 2);
  CHECK(ledger.elapsed() < 1s);
  REQUIRE(ledger.errors().size() == 1);
  CHECK(ledger.errors()[0].hint.find("asks to wait 30.0s") != std::string::npos);
}

TEST_CASE("one request that waits for its next attempt does not keep the others from theirs") {
  std::map<std::uint32_t, int> attempts;
  FakeWorld world([&](const FakeAttempt& attempt) {
    return ++attempts[attempt.ticket] == 1 && attempt.ticket == 0 ? FakeAnswer{busy(5s)}
                                                                  : FakeAnswer{.after = 1ms};
  });
  const Ledger ledger =
      world.send(simple_traces(), {.plan = {.units = 100, .batch = 2}, .in_flight = 2});
  CHECK(ledger.accepted() == 200);
  CHECK(ledger.retries() == 1);
  CHECK(ledger.latency().percentile(98) <= 2ms);
  CHECK(ledger.latency().max() > 5s);
}

TEST_CASE("no more requests are under way than allowed, and as many as allowed") {
  for (const unsigned limit : {1U, 3U, 8U}) {
    std::vector<nanoseconds> ends;
    std::ptrdiff_t most = 0;
    FakeWorld world([&](const FakeAttempt& attempt) {
      ends.push_back(attempt.begin + 10ms);
      most = std::max(most, std::count_if(ends.begin(), ends.end(),
                                          [&](nanoseconds end) { return end > attempt.begin; }));
      return FakeAnswer{.after = 10ms};
    });
    world.send(simple_traces(), {.plan = {.units = 100, .batch = 2}, .in_flight = limit});
    CHECK(most == limit);
  }
}

TEST_CASE("the account knows at every moment what is in flight") {
  SeededRandom random(3);
  SendRun* seen = nullptr;
  std::uint64_t begun = 0;
  std::map<std::uint32_t, std::uint64_t> open;  // records by ticket
  FakeWorld world([&](const FakeAttempt& attempt) -> FakeAnswer {
    const auto records = static_cast<std::uint64_t>(spans_of(decode(attempt.payload.bytes)).size());
    begun += records;
    open[attempt.ticket] = records;
    const SendProgress now = seen->progress();
    REQUIRE(now.generated == begun);
    std::uint64_t in_flight = 0;
    for (const auto& [ticket, count] : open) {
      in_flight += count;
    }
    REQUIRE(now.in_flight == in_flight);
    return {random.next() % 3 == 0 ? failed_attempt(ErrorKind::refused)
                                   : otlp::ExportOutcome{.delivered = true},
            nanoseconds{static_cast<std::int64_t>(random.next() % 1'000'000)}};
  });
  // An outcome is looked at before it is settled.
  std::vector<std::uint64_t> settled;
  const SendOptions options{.plan = {.units = 2000, .batch = 7}, .in_flight = 5};
  class Noting final : public otlp::AsyncExporter {
   public:
    Noting(FakeWorld& world, std::map<std::uint32_t, std::uint64_t>& open)
        : m_exporter(world.clock, world.answer), m_open(open) {}
    void start(std::uint32_t ticket, Signal signal, otlp::Payload payload,
               nanoseconds timeout) override {
      m_exporter.start(ticket, signal, std::move(payload), timeout);
    }
    std::optional<otlp::Settled> wait(nanoseconds time) override {
      auto one = m_exporter.wait(time);
      if (one) {
        m_open.erase(one->ticket);
      }
      return one;
    }

   private:
    FakeAsyncExporter m_exporter;
    std::map<std::uint32_t, std::uint64_t>& m_open;
  };
  SendRun run(simple_traces(), options, world.tools);
  seen = &run;
  SendWorker(run, std::make_unique<Noting>(world, open), 5, 1).work();
  const Ledger ledger = run.finish();
  CHECK(ledger.generated() == 4000);
  CHECK(is_balanced(ledger));
}

TEST_CASE("bytes that a transport still holds are not written over") {
  std::vector<std::pair<otlp::Payload, std::string>> held;
  FakeWorld world([&](const FakeAttempt& attempt) {
    // Given up and still held, every other one.
    if (held.size() < 50 && attempt.begin % 2ms == 0ms) {
      held.emplace_back(attempt.payload, std::string(attempt.payload.bytes));
    }
    return FakeAnswer{failed_attempt(ErrorKind::unreachable), 1ms};
  });
  world.send(simple_traces(), {.plan = {.units = 400, .batch = 2}, .in_flight = 2});
  REQUIRE(held.size() == 50);
  for (const auto& [payload, bytes] : held) {
    CHECK(payload.bytes == bytes);
  }
}

TEST_CASE("what every outcome looks like may be changed before it is judged") {
  FakeWorld world(
      [](const FakeAttempt&) { return FakeAnswer{failed_attempt(ErrorKind::unreachable, true)}; });
  std::vector<nanoseconds> left;
  world.tools.look_at = [&](otlp::ExportOutcome& outcome, nanoseconds time) {
    left.push_back(time);
    outcome.retryable = false;
    outcome.error = Error{ErrorKind::not_understood, "a gRPC port"};
  };
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 1}, .timeout = 3s});
  CHECK(left == std::vector<nanoseconds>{3s});
  CHECK(ledger.retries() == 0);
  CHECK(ledger.verdict() == ErrorKind::not_understood);
}

TEST_CASE("a stop at any moment ends the run with a balanced account") {
  // After each number of attempts, with servers that deliver, fail and keep silent.
  for (int last = 1; last <= 40; ++last) {
    CAPTURE(last);
    int attempts = 0;
    std::uint64_t answered = 0;
    nanoseconds stopped{0};
    FakeWorld world([&](const FakeAttempt& attempt) -> FakeAnswer {
      if (++attempts == last) {
        world.stop.request_stop();
        stopped = attempt.begin;
      } else {
        REQUIRE(attempts < last);
      }
      switch (attempts % 4) {
        case 0:
          return {failed_attempt(ErrorKind::unreachable, true), 1ms};
        case 1:
          return {.after = 1h};
        default:
          answered += 2;
          return {.after = 2ms};
      }
    });
    PlanOptions plan{.batch = 2};
    if (last % 2 == 0) {
      plan.rate = 500.0;
    }
    const Ledger ledger =
        world.send(simple_traces(), {.plan = plan, .in_flight = 4, .timeout = 20s});
    CHECK(is_balanced(ledger));
    CHECK(ledger.accepted() == answered);
    CHECK(ledger.elapsed() - stopped <= k_farewell + 50ms);
  }
}

TEST_CASE("a stop while retries wait gives them up at once") {
  FakeWorld world([&](const FakeAttempt&) { return FakeAnswer{busy(5s)}; });
  int looks = 0;
  world.tools.look_at = [&](otlp::ExportOutcome&, nanoseconds) {
    if (++looks == 4) {
      world.stop.request_stop();
    }
  };
  const Ledger ledger = world.send(simple_traces(), {.plan = {.batch = 2}, .in_flight = 4});
  CHECK(ledger.generated() == 8);
  CHECK(ledger.failed() == 8);
  CHECK(ledger.errors()[0].message == "it did not work");
  CHECK(ledger.elapsed() < 1s);
}

TEST_CASE("what is not answered for long after a stop has failed by the interruption") {
  FakeWorld world([&](const FakeAttempt&) {
    world.stop.request_stop();
    return FakeAnswer{.after = 1h};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.units = 10}, .timeout = 1h});
  CHECK(ledger.failed() == ledger.generated());
  CHECK(ledger.errors()[0].kind == "interrupted");
  CHECK(ledger.errors()[0].message == "no answer within 5s after the interruption");
}

TEST_CASE("what is claimed and not yet due when the run is stopped is not generated") {
  FakeWorld world([&](const FakeAttempt&) {
    world.stop.request_stop();
    return FakeAnswer{};
  });
  const Ledger ledger = world.send(simple_traces(), {.plan = {.rate = 2.0}});
  CHECK(ledger.generated() == 2);
  CHECK(ledger.traces() == 1);

  FakeWorld never([](const FakeAttempt&) { return FakeAnswer{}; });
  never.stop.request_stop();
  CHECK(never.send(simple_traces(), {.plan = {.units = 5}}).generated() == 0);
}
