// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/ledger.hpp"

#include <numeric>

#include <doctest/doctest.h>

#include "base/random.hpp"

using namespace otelctl;
using namespace otelctl::synth;
using namespace std::chrono_literals;
using otlp::ExportOutcome;

namespace {

ExportOutcome delivered(std::int64_t rejected = 0, std::string message = {}) {
  return {.delivered = true, .rejected = rejected, .partial_message = std::move(message)};
}

ExportOutcome not_delivered(ErrorKind kind, std::string message, int attempts = 1) {
  return {.error = Error{kind, std::move(message), "a hint"}, .attempts = attempts};
}

Ledger settled(const std::vector<ExportOutcome>& outcomes) {
  Ledger ledger(Signal::traces, 1);
  for (const ExportOutcome& outcome : outcomes) {
    ledger.open(10);
    ledger.settle(10, 1000, outcome, 1ms);
  }
  return ledger;
}

std::uint64_t errors_in(const Ledger& ledger) {
  const auto errors = ledger.errors();
  return std::accumulate(errors.begin(), errors.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const LedgerError& e) { return sum + e.count; });
}

ExportOutcome random_outcome(Random& random) {
  ExportOutcome outcome;
  outcome.attempts = static_cast<int>(random.next() % 4);
  outcome.delivered = random.next() % 3 != 0;
  // Also what no honest server says: less than nothing, or more than there was.
  outcome.rejected = static_cast<std::int64_t>(random.next() % 40) - 10;
  if (random.next() % 2 == 0) {
    outcome.partial_message = "message " + std::to_string(random.next() % 100);
  }
  if (!outcome.delivered && random.next() % 10 != 0) {
    outcome.error = Error{static_cast<ErrorKind>(random.next() % 8),
                          "message " + std::to_string(random.next() % 100)};
  }
  return outcome;
}

}  // namespace

TEST_CASE("what is accepted, rejected and failed adds up to what was generated") {
  const Ledger ledger = settled({delivered(), delivered(3, "attribute too long"),
                                 not_delivered(ErrorKind::unreachable, "connection refused", 4)});
  CHECK(ledger.generated() == 30);
  CHECK(ledger.accepted() == 17);
  CHECK(ledger.rejected() == 3);
  CHECK(ledger.failed() == 10);
  CHECK(ledger.in_flight() == 0);
  CHECK(ledger.requests() == 3);
  CHECK(ledger.retries() == 3);
  CHECK(ledger.bytes() == 3000);
}

TEST_CASE("what is opened and not settled is in flight") {
  Ledger ledger(Signal::traces, 1);
  ledger.open(10);
  ledger.open(5);
  ledger.settle(10, 1, delivered(), 1ms);
  CHECK(ledger.in_flight() == 5);
}

TEST_CASE("the account balances at every moment, whatever servers say") {
  SeededRandom random(11);
  Ledger ledger(Signal::traces, 11);
  std::vector<std::uint64_t> open;
  for (int step = 0; step < 20'000; ++step) {
    if (open.empty() || random.next() % 2 == 0) {
      open.push_back(random.next() % 20);
      ledger.open(open.back());
    } else {
      const std::size_t place = random.next() % open.size();
      ledger.settle(open[place], 1, random_outcome(random), 1ms);
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(place));
    }
    const auto in_flight = std::accumulate(open.begin(), open.end(), std::uint64_t{0});
    REQUIRE(ledger.in_flight() == in_flight);
    REQUIRE(ledger.generated() ==
            ledger.accepted() + ledger.rejected() + ledger.failed() + in_flight);
    REQUIRE(errors_in(ledger) == ledger.rejected() + ledger.failed());
  }
}

TEST_CASE("a server that claims to have rejected more than it got is not believed") {
  const Ledger ledger = settled({delivered(1'000'000, "all of it"), delivered(-7)});
  CHECK(ledger.rejected() == 10);
  CHECK(ledger.accepted() == 10);
}

TEST_CASE("errors are counted by kind and message, the most frequent first") {
  const Ledger ledger =
      settled({not_delivered(ErrorKind::unreachable, "connection refused"), delivered(2, "too old"),
               not_delivered(ErrorKind::unreachable, "connection refused"),
               not_delivered(ErrorKind::refused, "token expired")});
  const auto errors = ledger.errors();
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].kind == "unreachable");
  CHECK(errors[0].message == "connection refused");
  CHECK(errors[0].hint == "a hint");
  CHECK(errors[0].count == 20);
  CHECK(errors[1].kind == "refused");
  CHECK(errors[2].kind == "rejected");
  CHECK(errors[2].count == 2);
}

TEST_CASE("messages without end do not fill the memory, and their records still count") {
  std::vector<ExportOutcome> outcomes;
  for (int number = 0; number < 1000; ++number) {
    outcomes.push_back(
        not_delivered(ErrorKind::not_understood, "request " + std::to_string(number)));
    outcomes.push_back(delivered(0, "slow down, request " + std::to_string(number)));
  }
  const Ledger ledger = settled(outcomes);
  CHECK(ledger.errors().size() <= 21);
  CHECK(errors_in(ledger) == 10'000);
  CHECK(ledger.warnings().size() <= 21);
}

TEST_CASE("a partial success that rejects nothing is a warning, not an error") {
  const Ledger ledger =
      settled({delivered(0, "deprecated scope"), delivered(0, "deprecated scope")});
  CHECK(ledger.accepted() == 20);
  CHECK(ledger.errors().empty());
  REQUIRE(ledger.warnings().size() == 1);
  CHECK(ledger.warnings()[0].count == 2);
  CHECK_FALSE(ledger.verdict());
}

TEST_CASE("the verdict is good only when everything was accepted") {
  const auto refused = not_delivered(ErrorKind::refused, "no token");
  const auto unreachable = not_delivered(ErrorKind::unreachable, "refused");
  CHECK_FALSE(settled({delivered()}).verdict());
  CHECK_FALSE(settled({}).verdict());
  CHECK(settled({delivered(1)}).verdict() == ErrorKind::failed);
  CHECK(settled({delivered(10)}).verdict() == ErrorKind::failed);
  CHECK(settled({delivered(), refused}).verdict() == ErrorKind::failed);
}

TEST_CASE("when nothing was accepted and all failures are of one kind, that kind is the verdict") {
  const auto refused = not_delivered(ErrorKind::refused, "no token");
  const auto other = not_delivered(ErrorKind::refused, "token expired");
  const auto unreachable = not_delivered(ErrorKind::unreachable, "connection refused");
  CHECK(settled({unreachable, unreachable}).verdict() == ErrorKind::unreachable);
  CHECK(settled({refused, other}).verdict() == ErrorKind::refused);
  CHECK(settled({refused, unreachable}).verdict() == ErrorKind::failed);
  CHECK(settled({refused, delivered(10)}).verdict() == ErrorKind::failed);
}

TEST_CASE("only the first ten trace ids are kept, all traces are counted") {
  Ledger ledger(Signal::traces, 1);
  SeededRandom random(1);
  const TraceId first = random.trace_id();
  ledger.add_trace(first);
  for (int count = 0; count < 20; ++count) {
    ledger.add_trace(random.trace_id());
  }
  CHECK(ledger.trace_ids().size() == 10);
  CHECK(ledger.trace_ids().front() == first);
  CHECK(ledger.traces() == 21);
}

TEST_CASE("the rate is what was generated over the time it took") {
  Ledger ledger(Signal::traces, 1);
  CHECK(ledger.rate_per_second() == 0.0);
  ledger.open(500);
  ledger.set_elapsed(250ms);
  CHECK(ledger.rate_per_second() == doctest::Approx(2000.0));
}

TEST_CASE("merged accounts add up, the longest time is the whole run's") {
  Ledger sum = settled({delivered(3, "too old"), not_delivered(ErrorKind::unreachable, "refused")});
  sum.set_elapsed(2s);
  sum.note_delay(5ms);
  Ledger other = settled({delivered(2, "too old"), delivered(0, "deprecated")});
  other.set_elapsed(1s);
  other.note_delay(7ms);
  SeededRandom random(1);
  const TraceId id = random.trace_id();
  other.add_trace(id);
  sum.merge(other);
  CHECK(sum.generated() == 40);
  CHECK(sum.accepted() == 25);
  CHECK(sum.rejected() == 5);
  CHECK(sum.failed() == 10);
  CHECK(sum.in_flight() == 0);
  CHECK(sum.requests() == 4);
  CHECK(sum.bytes() == 4000);
  CHECK(sum.latency().count() == 4);
  CHECK(sum.elapsed() == 2s);
  CHECK(sum.behind() == 7ms);
  CHECK(sum.rate_per_second() == doctest::Approx(20.0));
  REQUIRE(sum.errors().size() == 2);
  CHECK(sum.errors()[1].message == "too old");
  CHECK(sum.errors()[1].count == 5);
  CHECK(sum.warnings().size() == 1);
  CHECK(sum.trace_ids() == std::vector<TraceId>{id});
  CHECK(sum.traces() == 1);
  CHECK(sum.verdict() == ErrorKind::failed);
  CHECK(sum.loss() == doctest::Approx(15.0 / 40.0));
}

TEST_CASE("merging in any order gives the same percentiles as one account") {
  SeededRandom random(8);
  Ledger whole(Signal::traces, 1);
  Ledger parts[3] = {{Signal::traces, 1}, {Signal::traces, 1}, {Signal::traces, 1}};
  for (int request = 0; request < 3000; ++request) {
    const nanoseconds latency{
        static_cast<std::int64_t>(random.next() >> (20 + random.next() % 40))};
    for (Ledger* ledger : {&whole, &parts[random.next() % 3]}) {
      ledger->open(1);
      ledger->settle(1, 1, delivered(), latency);
    }
  }
  parts[2].merge(parts[0]);
  parts[2].merge(parts[1]);
  for (const double percent : {1.0, 50.0, 90.0, 99.0, 100.0}) {
    CHECK(parts[2].latency().percentile(percent) == whole.latency().percentile(percent));
  }
  CHECK(parts[2].latency().max() == whole.latency().max());
}

TEST_CASE("nothing generated is nothing lost") {
  CHECK(settled({}).loss() == 0.0);
}
