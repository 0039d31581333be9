// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "otlp/async_exporter.hpp"
#include "synth/sender.hpp"
#include "tests/unit/synth/decode.hpp"

// A server and a time for tests of the engine.
namespace otelctl::test {

// Time that passes only when somebody waits.
class FakeClock final : public Clock {
 public:
  Time now() const override { return k_start + monotonic(); }
  nanoseconds monotonic() const override { return nanoseconds{m_time.load()}; }
  void pass(nanoseconds time) { m_time += time.count(); }

 private:
  std::atomic<std::int64_t> m_time{0};
};

// What becomes of an attempt, and when; one that takes longer than its timeout fails with it.
struct FakeAnswer {
  otlp::ExportOutcome outcome = {.delivered = true};
  nanoseconds after{0};
};

inline otlp::ExportOutcome failed_attempt(ErrorKind kind, bool retryable = false) {
  return {.error = Error{kind, "it did not work"}, .retryable = retryable};
}

struct FakeAttempt {
  std::uint32_t ticket = 0;
  otlp::Payload payload = {};
  nanoseconds begin{0};
  nanoseconds timeout{0};
};

class FakeAsyncExporter final : public otlp::AsyncExporter {
 public:
  using Answer = std::function<FakeAnswer(const FakeAttempt&)>;

  FakeAsyncExporter(FakeClock& clock, Answer answer)
      : m_clock(clock), m_answer(std::move(answer)) {}

  void start(std::uint32_t ticket, Signal, otlp::Payload payload, nanoseconds timeout) override {
    REQUIRE(timeout > nanoseconds{0});
    for (const auto& [end, one] : m_under_way) {
      REQUIRE(one.ticket != ticket);
    }
    FakeAnswer answer = m_answer({ticket, std::move(payload), m_clock.monotonic(), timeout});
    if (answer.after > timeout) {
      answer = {failed_attempt(ErrorKind::unreachable, true), timeout};
    }
    m_under_way.emplace(m_clock.monotonic() + answer.after,
                        otlp::Settled{ticket, std::move(answer.outcome)});
  }

  std::optional<otlp::Settled> wait(nanoseconds time) override {
    REQUIRE(time >= nanoseconds{0});
    const nanoseconds now = m_clock.monotonic();
    if (m_under_way.empty() || m_under_way.begin()->first > now + time) {
      m_clock.pass(time);
      return std::nullopt;
    }
    auto settled = std::move(m_under_way.begin()->second);
    m_clock.pass(std::max(m_under_way.begin()->first - now, nanoseconds{0}));
    m_under_way.erase(m_under_way.begin());
    return settled;
  }

 private:
  FakeClock& m_clock;
  Answer m_answer;
  std::multimap<nanoseconds, otlp::Settled> m_under_way;  // by the time at which it is over
};

// What a run needs, with a server that answers as `answer` says.
struct FakeWorld {
  explicit FakeWorld(FakeAsyncExporter::Answer answer_of) : answer(std::move(answer_of)) {
    tools.make_exporter = [this]() -> Result<std::unique_ptr<otlp::AsyncExporter>> {
      return std::make_unique<FakeAsyncExporter>(clock, answer);
    };
  }

  synth::Ledger send(const synth::Generator& generator, const synth::SendOptions& options) {
    auto ledger = synth::send(generator, options, tools);
    REQUIRE(ledger);
    return std::move(*ledger);
  }

  FakeAsyncExporter::Answer answer;
  FakeClock clock;
  std::stop_source stop;
  synth::SendTools tools{.clock = clock,
                         .stop = stop.get_token(),
                         .wait =
                             [this](nanoseconds time) {
                               clock.pass(time);
                               return !stop.stop_requested();
                             },
                         .make_exporter = {}};
};

}  // namespace otelctl::test
