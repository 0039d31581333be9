// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "tests/support/make_trace.hpp"

namespace otelctl::test {

inline constexpr std::uint64_t k_minute = 60'000'000'000;
inline const Time k_hour_after_zero = Time{nanoseconds{k_zero}} + std::chrono::hours(1);

// Three traces, 50, 40 and 30 minutes old: of shop and payment, of mail, and a failed one of shop.
inline std::vector<trace::Trace> three_traces() {
  using trace::SpanKind;
  using trace::SpanStatus;
  const std::vector<ShortSpan> first = {
      {1, 0, 10 * k_minute, 10 * k_minute + 9'000'000, "GET /", "shop", SpanKind::server},
      {2, 1, 10 * k_minute + 1'000'000, 10 * k_minute + 5'000'000, "charge", "payment",
       SpanKind::client, SpanStatus::unset, "card", "visa"}};
  const std::vector<ShortSpan> second = {
      {3, 0, 20 * k_minute, 20 * k_minute + 2'000'000, "send", "mail"}};
  const std::vector<ShortSpan> third = {{4, 0, 30 * k_minute, 30 * k_minute + 1'000'000, "GET /",
                                         "shop", SpanKind::server, SpanStatus::error}};
  std::vector<trace::Trace> traces;
  traces.push_back(make_trace(first, 1));
  traces.push_back(make_trace(second, 2));
  traces.push_back(make_trace(third, 3));
  return traces;
}

}  // namespace otelctl::test
