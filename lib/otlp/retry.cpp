// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/retry.hpp"

#include <algorithm>

#include "base/duration.hpp"

namespace otelctl::otlp {
namespace {

constexpr nanoseconds k_first_delay = std::chrono::milliseconds(200);
constexpr nanoseconds k_longest_delay = std::chrono::seconds(5);
constexpr double k_growth = 1.5;
constexpr double k_least_jitter = 0.5;

}  // namespace

nanoseconds backoff_delay(int attempt, Random& random) {
  auto delay = static_cast<double>(k_first_delay.count());
  for (int i = 1; i < attempt && delay < static_cast<double>(k_longest_delay.count()); ++i) {
    delay *= k_growth;
  }
  delay = std::min(delay, static_cast<double>(k_longest_delay.count()));
  return nanoseconds(static_cast<std::int64_t>(delay * (k_least_jitter + random.fraction())));
}

std::optional<nanoseconds> delay_before_retry(ExportOutcome& outcome, nanoseconds left,
                                              Random& random) {
  if (outcome.delivered || !outcome.retryable) {
    return std::nullopt;
  }
  const nanoseconds delay =
      backoff_delay(outcome.attempts, random) + outcome.retry_after.value_or(nanoseconds{0});
  if (delay < left) {
    return delay;
  }
  if (outcome.retry_after && outcome.error) {
    outcome.error->hint = "the server asks to wait " + format_duration(*outcome.retry_after) +
                          ", which is longer than the timeout leaves";
  }
  return std::nullopt;
}

ExportOutcome send_with_retries(Exporter& exporter, Signal signal, std::string_view payload,
                                nanoseconds timeout, const RetryTools& tools) {
  const nanoseconds end = tools.clock.monotonic() + timeout;
  for (int attempt = 1;; ++attempt) {
    ExportOutcome outcome = exporter.send(signal, payload, end - tools.clock.monotonic());
    outcome.attempts = attempt;
    const auto delay = delay_before_retry(outcome, end - tools.clock.monotonic(), tools.random);
    if (!delay || !tools.wait(*delay)) {
      return outcome;
    }
  }
}

}  // namespace otelctl::otlp
