// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <ctime>

#include "base/time.hpp"
#include "net/deadline.hpp"

// Waiting with libraries that count in whole milliseconds, and round up more than once.
namespace otelctl::net {

// How long the library may be let wait, so that it is back before the deadline. Its rounding comes
// to 2 ms.
inline nanoseconds coarse_wait(const Deadline& deadline) {
  return std::max<nanoseconds>(deadline.left() - std::chrono::milliseconds(3), nanoseconds::zero());
}

// A nap, for between two looks at what has come in; not longer than the deadline. Linux adds up to
// 50 µs to it (PR_SET_TIMERSLACK).
inline void nap(const Deadline& deadline) {
  const auto time = deadline.at_most(std::chrono::microseconds(50));
  const timespec wish{0, static_cast<long>(time.count())};
  clock_nanosleep(CLOCK_MONOTONIC, 0, &wish, nullptr);
}

}  // namespace otelctl::net
