// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

#include "base/result.hpp"
#include "base/time.hpp"
#include "otlp/async_exporter.hpp"
#include "synth/batch_plan.hpp"
#include "synth/generator.hpp"
#include "synth/ledger.hpp"

namespace otelctl::synth {

struct SendOptions {
  PlanOptions plan;
  // Requests that may be under way at the same time, over all workers.
  unsigned in_flight = 8;
  // Threads that send, each over connections of its own; more than `in_flight` are not started. One
  // alone begins the requests in order.
  unsigned workers = 1;
  // For one request with its retries.
  nanoseconds timeout = std::chrono::seconds(10);
  // For the ledger, and for the jitter between retries.
  std::uint64_t seed = 0;
};

// How a run stands.
struct SendProgress {
  nanoseconds elapsed{0};
  std::uint64_t generated = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t failed = 0;
  std::uint64_t in_flight = 0;
  nanoseconds p50{0};
  nanoseconds p99{0};
};

struct SendTools {
  const Clock& clock;
  // Once stopped, no further request is begun and none is tried again; those under way have
  // k_farewell to be answered.
  std::stop_token stop;
  // Waits that long; returns false at once when the run is stopped.
  std::function<bool(nanoseconds)> wait;
  std::function<Result<std::unique_ptr<otlp::AsyncExporter>>()> make_exporter;
  // Sees every attempt's outcome before it is judged, and may change it; `left` is what remains of
  // the request's timeout. Called from all workers. May be empty.
  std::function<void(otlp::ExportOutcome& outcome, nanoseconds left)> look_at = {};
  // Gets how the run stands now and then, from a thread of its own. May be empty.
  std::function<void(const SendProgress&)> show = {};
};

// How long an interrupted run waits for what is under way.
inline constexpr nanoseconds k_farewell = std::chrono::seconds(5);

// A `wait` for SendTools in real time.
std::function<bool(nanoseconds)> wait_until_stopped(std::stop_token stop);

// Sends the run and returns its account. Latencies count from the time at which a request was due,
// so a server that stalls is charged for what had to wait behind it; without a rate they count from
// its beginning. Fails only when the first exporter cannot be made.
Result<Ledger> send(const Generator& generator, const SendOptions& options, const SendTools& tools);

}  // namespace otelctl::synth
