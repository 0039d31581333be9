// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

#include "base/random.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "otlp/exporter.hpp"

namespace otelctl::otlp {

// What the retry loop needs from outside, so that tests decide it.
struct RetryTools {
  const Clock& clock;
  Random& random;
  // Waits; returns false when there is no point in going on (the user interrupted).
  std::function<bool(nanoseconds)> wait;
};

// The wait before attempt `attempt` + 1 (from 1): 200 ms, growing by half each time up to 5 s,
// times a random factor from 0.5 to 1.5. The specification demands exponential backoff with jitter
// and leaves the figures open.
nanoseconds backoff_delay(int attempt, Random& random);

// Sends until the request is delivered, the answer is not retryable, or `timeout` is over, which
// counts all attempts and waits together (opentelemetry-specification#2346). When the server asks
// for a longer wait than there is time it gives up at once and says so.
ExportOutcome send_with_retries(Exporter& exporter, Signal signal, std::string_view payload,
                                nanoseconds timeout, const RetryTools& tools);

}  // namespace otelctl::otlp
