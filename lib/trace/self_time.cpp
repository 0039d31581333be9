// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/self_time.hpp"

#include <algorithm>

namespace otelctl::trace {

std::vector<nanoseconds> self_times(const Tree& tree) {
  std::vector<nanoseconds> self(tree.parent.size(), nanoseconds{0});
  for (const std::uint32_t index : tree.order) {
    // Up to where the span's time is accounted for. Children come by start, so it only advances.
    Time covered = tree.start[index];
    nanoseconds own{0};
    for (const std::uint32_t child : tree.children(index)) {
      const Time begin = std::clamp(tree.start[child], covered, tree.end[index]);
      own += begin - covered;
      covered = std::max(begin, std::min(tree.end[child], tree.end[index]));
    }
    self[index] = own + (tree.end[index] - covered);
  }
  return self;
}

nanoseconds sum_of_times(nanoseconds left, nanoseconds right) {
  return left > nanoseconds::max() - right ? nanoseconds::max() : left + right;
}

}  // namespace otelctl::trace
