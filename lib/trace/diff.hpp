// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "trace/trace.hpp"

namespace otelctl::trace {

// One place in the structure of traces: a span is the same in both when its services, names and
// kinds up to the root are, and its number among siblings that are equal in these. Texts are not
// yet escaped.
struct DiffSpan {
  // From the root: "shop: GET / > db: SELECT#2". The number is there where there are equal
  // siblings; the middle of more than k_whole_path levels is left out.
  std::string path;
  std::string service;
  std::string name;
  SpanKind kind = SpanKind::unspecified;
  std::size_t traces = 0;  // in how many of its side's traces it is
  std::size_t spans = 0;   // with all that is below it and only there
  nanoseconds duration{};  // the median
  std::size_t errors = 0;  // failed spans, those below included
};

inline constexpr std::size_t k_whole_path = 12;

// A place that both sides have.
struct DiffChange {
  std::string path;
  std::string service;
  std::string name;
  std::size_t count_a = 0;  // in how many traces
  std::size_t count_b = 0;
  nanoseconds duration_a{};  // medians
  nanoseconds duration_b{};
  double change_percent = 0;  // of the duration, from A to B
  std::size_t errors_a = 0;   // in how many traces it failed
  std::size_t errors_b = 0;
  // It fails more than before; its share of failures at least doubled.
  bool has_new_errors = false;
  // There are enough samples for a verdict on its time, and it is more than noise: by at least a
  // thousandth of the whole trace's time.
  bool is_time_sure = false;

  nanoseconds difference() const { return duration_b - duration_a; }
};

// The side that a trace is on.
struct DiffSide {
  std::size_t samples = 0;
  std::size_t spans = 0;   // of all traces
  std::size_t errors = 0;  // failed ones
  nanoseconds duration{};  // of a whole trace, the median
};

struct TraceDiff {
  DiffSide a;
  DiffSide b;
  // Only the topmost span of what was added or removed together.
  std::vector<DiffSpan> added;
  std::vector<DiffSpan> removed;
  // New errors first, then what changed most in time, in either direction.
  std::vector<DiffChange> changed;
  std::size_t unchanged = 0;  // places
  // Places that less than half of the traces of either side have, of which nothing can be said.
  std::size_t rare = 0;
};

// Below so many traces on a side a median says little.
inline constexpr std::size_t k_enough_samples = 5;

// Compares two traces, or two sets of traces by their medians. Of a set, what at least half of its
// traces have counts as there. O(n log n) in all spans, without recursion. No side may be empty.
TraceDiff diff(const std::vector<Trace>& a, const std::vector<Trace>& b);

}  // namespace otelctl::trace
