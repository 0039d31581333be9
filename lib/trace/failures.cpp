// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/failures.hpp"

namespace otelctl::trace {

std::vector<std::uint32_t> count_failures_below(const Trace& trace, const Tree& tree) {
  std::vector<std::uint32_t> below(trace.spans.size(), 0);
  // Children come after their parents.
  for (auto span = tree.order.rbegin(); span != tree.order.rend(); ++span) {
    if (const std::uint32_t parent = tree.parent[*span]; parent != k_no_span) {
      below[parent] += below[*span] + (trace.spans[*span].has_failed() ? 1U : 0U);
    }
  }
  return below;
}

std::uint32_t find_first_failure(const Trace& trace, const Tree& tree,
                                 const std::vector<std::uint32_t>& failures_below) {
  std::uint32_t first = k_no_span;
  for (const std::uint32_t span : tree.order) {
    if (trace.spans[span].has_failed() && failures_below[span] == 0 &&
        (first == k_no_span || tree.end[span] < tree.end[first])) {
      first = span;
    }
  }
  return first;
}

}  // namespace otelctl::trace
