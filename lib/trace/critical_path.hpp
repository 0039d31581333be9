// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "trace/trace.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {

struct CriticalPath {
  // Whether the span lies on it.
  std::vector<bool> contains;
  // How much of it is spent in the span itself. The times below one root add up to its duration.
  std::vector<nanoseconds> time;
};

// Whether a span ends only after its child has: a producer does not wait for its consumer.
bool waits_for(const Trace& trace, std::uint32_t parent, std::uint32_t child);

// The chain of spans that decides how long each root takes: from its end back to the child that
// finished last, through that child to its start, then to the child that finished last before that,
// and so on. A child that ends exactly where the next one starts counts as before it. Children are
// cut to their parent's time. A consumer does not hold up the producer that is its parent.
// Iterative, O(n log n).
CriticalPath find_critical_path(const Trace& trace, const Tree& tree);

}  // namespace otelctl::trace
