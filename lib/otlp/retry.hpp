// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
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

// How long to wait before `outcome`'s request is sent again; nothing when it is not, because it was
// delivered, will never be taken, or the next attempt would begin after the `left` of the timeout.
// A server that asks for a longer wait than that is given up at once, and the hint says so.
std::optional<nanoseconds> delay_before_retry(ExportOutcome& outcome, nanoseconds left,
                                              Random& random);

// Sends until the request is delivered, the answer is not retryable, or `timeout` is over, which
// counts all attempts and waits together (opentelemetry-specification#2346).
ExportOutcome send_with_retries(Exporter& exporter, Signal signal, std::string_view payload,
                                nanoseconds timeout, const RetryTools& tools);

}  // namespace otelctl::otlp
