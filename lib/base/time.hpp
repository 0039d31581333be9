// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl {

using std::chrono::nanoseconds;
// A point in time in nanoseconds since the Unix epoch, as OTLP counts it.
using Time = std::chrono::sys_time<nanoseconds>;

// The time, handed in so that tests decide it.
class Clock {
 public:
  virtual ~Clock() = default;
  // Wall clock, for timestamps.
  virtual Time now() const = 0;
  // Monotonic, for measuring and deadlines; its zero means nothing.
  virtual nanoseconds monotonic() const = 0;
};

class SystemClock final : public Clock {
 public:
  Time now() const override;
  nanoseconds monotonic() const override;
};

// RFC 3339 in UTC with `digits` (0 to 9) digits after the second: "2026-08-20T10:00:00.123Z".
std::string format_rfc3339(Time time, int digits = 9);

// RFC 3339 with any offset and up to 9 fraction digits; nothing for other text or years outside
// 1678 to 2261, the range of 64-bit nanoseconds.
std::optional<Time> parse_rfc3339(std::string_view text);

// A moment as users type it: RFC 3339, or a duration ago ("1h" is an hour before `now`).
// Error kind: usage.
Result<Time> parse_time(std::string_view text, Time now);

}  // namespace otelctl
