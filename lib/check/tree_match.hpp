// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "check/expectations.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {

// Whether the trace holds the tree: the first level among its roots, and on every level the spans
// of the pattern in this order by start, with others between them unless it is strict. O(nodes of
// the pattern * spans).
Check check_tree(const trace::Analysis& analysis, const TreePattern& pattern);

}  // namespace otelctl::check
