// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>
#include <string>

#include "base/duration.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// When waiting on the network ends. It counts by the kernel's monotonic clock, as poll() does, so
// it is not for measuring what users see: that is the Clock's business.
class Deadline {
 public:
  explicit Deadline(nanoseconds timeout)
      : m_end(std::chrono::steady_clock::now() +
              std::clamp<nanoseconds>(timeout, nanoseconds::zero(), std::chrono::hours(24 * 365))) {
  }

  nanoseconds left() const {
    const auto rest = m_end - std::chrono::steady_clock::now();
    return std::max<nanoseconds>(rest, nanoseconds::zero());
  }
  bool is_over_by(nanoseconds time) const {
    return std::chrono::steady_clock::now() - m_end >= time;
  }
  bool is_over() const { return left() == nanoseconds::zero(); }
  // The rest, but not more than `most`.
  nanoseconds at_most(nanoseconds most) const { return std::min(left(), most); }

 private:
  std::chrono::steady_clock::time_point m_end;
};

// For poll(), which counts whole milliseconds: rounded up, so that it does not wake before the
// time.
inline int poll_milliseconds(nanoseconds time) {
  const auto count = std::chrono::ceil<std::chrono::milliseconds>(time).count();
  return static_cast<int>(std::clamp<std::int64_t>(count, 0, std::numeric_limits<int>::max()));
}

// A time limit for a message: as it was typed where it is a round one ("10s", "50ms"), else
// rounded.
inline std::string format_limit(nanoseconds limit) {
  using namespace std::chrono_literals;
  const bool is_round = limit % 1s == 0s || (limit < 1s && limit % 1ms == 0ms);
  return is_round ? format_duration_exact(limit) : format_duration(limit);
}

}  // namespace otelctl::net
