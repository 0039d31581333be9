// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "trace/analysis.hpp"

namespace otelctl::report {

// Viewers of call stacks draw spans of one lane above each other, so these must be nested or come
// one after the other. A span lies on its parent's lane where both are of one service, no sibling
// is at work there and the parent's time holds it; else on the first lane of its service that is
// free.
struct Lane {
  std::uint32_t service = 0;  // its place in Lanes::services
  std::uint32_t number = 0;   // of the service's lanes, from 0
  // By start, parents first.
  std::vector<std::uint32_t> spans;
};

struct Lanes {
  // In the order in which they are first met in the tree.
  std::vector<trace::Text> services;
  // Service by service.
  std::vector<Lane> lanes;
  // Of each span its place in `lanes`; of copies that were left out, nothing that means anything.
  std::vector<std::uint32_t> lane_of;
};

// O(n log n), without recursion.
Lanes assign_lanes(const trace::Analysis& drawn);

}  // namespace otelctl::report
