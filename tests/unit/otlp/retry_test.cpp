// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/retry.hpp"

#include <string>
#include <vector>

#include <doctest/doctest.h>

using namespace otelctl;
using namespace otelctl::otlp;
using namespace std::chrono_literals;

namespace {

// A clock that only waiting moves.
class WaitedClock final : public Clock {
 public:
  Time now() const override { return Time(elapsed); }
  nanoseconds monotonic() const override { return elapsed; }
  nanoseconds elapsed{};
};

// Answers what it is told, the last for ever.
class Scripted final : public Exporter {
 public:
  explicit Scripted(std::vector<ExportOutcome> outcomes) : m_outcomes(std::move(outcomes)) {}

  ExportOutcome send(Signal, std::string_view, nanoseconds timeout) override {
    timeouts.push_back(timeout);
    const std::size_t at = std::min(timeouts.size(), m_outcomes.size()) - 1;
    return m_outcomes[at];
  }

  std::vector<nanoseconds> timeouts;

 private:
  std::vector<ExportOutcome> m_outcomes;
};

ExportOutcome good() {
  ExportOutcome outcome;
  outcome.delivered = true;
  return outcome;
}

ExportOutcome busy(std::optional<nanoseconds> retry_after = std::nullopt) {
  ExportOutcome outcome;
  outcome.error = Error{ErrorKind::unreachable, "busy", "wait"};
  outcome.retryable = true;
  outcome.retry_after = retry_after;
  return outcome;
}

struct Run {
  ExportOutcome outcome;
  std::vector<nanoseconds> waits;
};

Run run(Scripted& exporter, nanoseconds timeout, bool interrupt = false) {
  WaitedClock clock;
  SeededRandom random(1);
  Run result;
  const RetryTools tools{clock, random, [&](nanoseconds delay) {
                           result.waits.push_back(delay);
                           clock.elapsed += delay;
                           return !interrupt;
                         }};
  result.outcome = send_with_retries(exporter, Signal::traces, "x", timeout, tools);
  return result;
}

}  // namespace

TEST_CASE("What is delivered is sent once") {
  Scripted exporter({good()});
  const Run result = run(exporter, 10s);
  CHECK(result.outcome.delivered);
  CHECK(result.outcome.attempts == 1);
  CHECK(result.waits.empty());
  CHECK(exporter.timeouts == std::vector<nanoseconds>{10s});
}

TEST_CASE("What cannot be retried is not") {
  ExportOutcome refused = busy();
  refused.retryable = false;
  Scripted exporter({refused});
  CHECK(run(exporter, 10s).outcome.attempts == 1);
}

TEST_CASE("A busy server is asked again, with what is left of the time") {
  Scripted exporter({busy(), busy(), good()});
  const Run result = run(exporter, 10s);
  CHECK(result.outcome.delivered);
  CHECK(result.outcome.attempts == 3);
  REQUIRE(result.waits.size() == 2);
  CHECK(exporter.timeouts[1] == 10s - result.waits[0]);
  CHECK(exporter.timeouts[2] == 10s - result.waits[0] - result.waits[1]);
}

TEST_CASE("All attempts and waits together end within the timeout") {
  Scripted exporter({busy()});
  const Run result = run(exporter, 20s);
  CHECK_FALSE(result.outcome.delivered);
  CHECK(result.outcome.attempts == static_cast<int>(result.waits.size()) + 1);
  nanoseconds total{};
  for (const nanoseconds wait : result.waits) {
    total += wait;
  }
  CHECK(total < 20s);
  CHECK(result.waits.size() > 4);
}

TEST_CASE("The server's wish is the least that is waited") {
  Scripted exporter({busy(3s), good()});
  const Run result = run(exporter, 10s);
  REQUIRE(result.waits.size() == 1);
  CHECK(result.waits[0] >= 3s);
  CHECK(result.waits[0] <= 3s + 300ms);
}

TEST_CASE("A wish beyond the timeout ends it at once and is told") {
  Scripted exporter({busy(60s), good()});
  const Run result = run(exporter, 10s);
  CHECK_FALSE(result.outcome.delivered);
  CHECK(result.waits.empty());
  CHECK(result.outcome.error->hint.find("asks to wait 1m") != std::string::npos);
}

TEST_CASE("An interruption ends the waiting") {
  Scripted exporter({busy(), good()});
  const Run result = run(exporter, 10s, true);
  CHECK_FALSE(result.outcome.delivered);
  CHECK(result.outcome.attempts == 1);
}

TEST_CASE("Delays grow by half, with jitter, up to a limit") {
  SeededRandom random(2);
  for (int i = 0; i < 1000; ++i) {
    CHECK(backoff_delay(1, random) >= 100ms);
    CHECK(backoff_delay(1, random) <= 300ms);
    CHECK(backoff_delay(3, random) >= 225ms);
    CHECK(backoff_delay(3, random) <= 675ms);
    CHECK(backoff_delay(1'000'000, random) >= 2500ms);
    CHECK(backoff_delay(1'000'000, random) <= 7500ms);
  }
  CHECK(backoff_delay(1, random) != backoff_delay(1, random));
}
