// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>

#include "base/time.hpp"
#include "otlp/exporter.hpp"
#include "synth/batch_plan.hpp"
#include "synth/generator.hpp"
#include "synth/ledger.hpp"

namespace otelctl::synth {

struct SendOptions {
  PlanOptions plan;
  // Requests that may be under way at the same time, each on a thread of its own.
  unsigned in_flight = 8;
  // For one request with its retries.
  nanoseconds timeout = std::chrono::seconds(10);
  // For the ledger, and for the jitter between retries.
  std::uint64_t seed = 0;
};

struct SendTools {
  const Clock& clock;
  // Once stopped, no further request is begun; those under way are finished, without further
  // retries.
  std::stop_token stop;
  // Waits that long; returns false at once when the run is stopped. May be called from many
  // threads.
  std::function<bool(nanoseconds)> wait;
};

// A `wait` for SendTools in real time.
std::function<bool(nanoseconds)> wait_until_stopped(std::stop_token stop);

// Sends the run and returns its account. Latencies count from the time at which a request was due,
// so a server that stalls is charged for what had to wait behind it.
Ledger send(const Generator& generator, otlp::Exporter& exporter, const SendOptions& options,
            const SendTools& tools);

}  // namespace otelctl::synth
