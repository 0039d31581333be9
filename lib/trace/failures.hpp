// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trace/trace.hpp"
#include "trace/tree.hpp"

namespace otelctl::trace {

// For each span how many of those below it failed, at any depth: a parent can be fine where a child
// is not. O(n).
std::vector<std::uint32_t> count_failures_below(const Trace& trace, const Tree& tree);

// Where failing began: of the failed spans that have none below them the first to end, the cause
// rather than one of those that passed it on. k_no_span: none failed.
std::uint32_t find_first_failure(const Trace& trace, const Tree& tree,
                                 const std::vector<std::uint32_t>& failures_below);

}  // namespace otelctl::trace
