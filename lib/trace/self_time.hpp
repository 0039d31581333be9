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

// Adds up times of spans, which may have run side by side: at most what nanoseconds can hold.
nanoseconds sum_of_times(nanoseconds left, nanoseconds right);

}  // namespace otelctl::trace
