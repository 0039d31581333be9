// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "trace/critical_path.hpp"
#include "trace/trace.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {

// A trace with everything that showing it needs, computed once. Borrows the trace.
struct Analysis {
  explicit Analysis(const Trace& from);
  explicit Analysis(Trace&&) = delete;

  const Trace& trace;
  Tree tree;
  // One entry for each span, as self_times().
  std::vector<nanoseconds> self;
  CriticalPath path;
  // One entry for each span, as count_failures_below().
  std::vector<std::uint32_t> failures_below;
};

}  // namespace otelctl::trace
