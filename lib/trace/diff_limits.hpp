// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "trace/diff.hpp"

namespace otelctl::trace {

// What of a difference is a failure.
struct DiffLimits {
  bool added = false;
  bool removed = false;
  bool error = false;
  std::optional<double> slower = std::nullopt;  // by more than so many percent

  bool any() const { return added || removed || error || slower; }
};

// Reads "added,removed,error,slower=20%". Error kind: usage.
Result<DiffLimits> parse_diff_limits(std::string_view text);

// A limit that was passed.
struct DiffBreach {
  std::string limit;    // "slower=20%"
  std::string message;  // "2 spans are slower by more than 20%, most of all shop: GET / (+85%)"
  std::size_t count = 0;
};

// Each limit that was passed, in the order above. A time counts only where it is sure
// (DiffChange::is_time_sure).
std::vector<DiffBreach> breaches(const TraceDiff& diff, const DiffLimits& limits);

}  // namespace otelctl::trace
