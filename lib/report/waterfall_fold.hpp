// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "report/waterfall_groups.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {

// Which groups have a line when there is no room for all.
struct Fold {
  // One entry for each group, as the next.
  std::vector<bool> is_open;
  // In the middle of a long chain of only children: a gap stands for it and its neighbours.
  std::vector<bool> is_in_gap;

  // Every group has its line.
  static Fold none(std::size_t count) {
    return {std::vector<bool>(count, true), std::vector<bool>(count, false)};
  }
  // The group, or where it is in a gap the first one below that is not.
  std::uint32_t below_gap(const SpanGroups& groups, std::uint32_t group) const {
    while (is_in_gap[group]) {
      group = groups.groups[group].first_child;
    }
    return group;
  }
};

// Takes the middle out of long chains, if it may, but for the spans in them that took the most time
// themselves. Then opens the tree from the roots, always where the best of what is still closed
// lies below: roots, failed spans, the critical path, then the slowest. So no line hangs in the
// air, and a failed span that is too deep is at least pointed at. `lines` is for gaps too.
Fold fold_groups(const trace::Analysis& drawn, const SpanGroups& groups, std::size_t lines,
                 bool may_cut_chains);

}  // namespace otelctl::report
