// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "query/last.hpp"
#include "trace/summary.hpp"

namespace otelctl::query {

struct FollowOptions {
  // Which traces, and how many of those that are there when following begins. Its order is not
  // used.
  LastQuery query;
  nanoseconds interval = std::chrono::seconds(2);
  // After this time it ends.
  std::optional<nanoseconds> time_limit;
  // When so many were shown it ends.
  std::optional<std::size_t> enough;
};

// Who follows.
class Follower {
 public:
  virtual ~Follower() = default;
  // Lets the time pass. False when following shall end: interrupted, or nobody reads any more.
  virtual bool wait(nanoseconds time) = 0;
  // Takes traces, the oldest first.
  virtual void show(const std::vector<trace::Summary>& traces) = 0;
  virtual void note(std::string_view text) = 0;
};

struct FollowEnd {
  enum class Reason : std::uint8_t { time_is_over, enough, stopped };
  Reason reason = Reason::stopped;
  std::size_t shown = 0;
};

// Shows the last traces and then each new one once, until an end is reached. No backend tells of
// new traces by itself, so it is asked again and again. A trace comes in pieces; it is shown when
// it is quiet: as many spans as at the question before, or its last span ended three seconds ago.
// One that arrives more than two minutes after its start, while newer ones came, is not seen.
//
// A first question that fails is the Error. Later ones are asked again after 2, 4, 8 ... 30 s, with
// one note when that begins and one when it ends; the Error is returned where the time is over
// before.
Result<FollowEnd> follow(Backend& backend, const FollowOptions& options, const Clock& clock,
                         Follower& follower);

}  // namespace otelctl::query
