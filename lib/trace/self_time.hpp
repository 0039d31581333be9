// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/time.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {

// For each span its duration minus the time in which any of its children was at work: the union of
// the children's intervals, cut to the span's own. O(n).
std::vector<nanoseconds> self_times(const Tree& tree);

}  // namespace otelctl::trace
