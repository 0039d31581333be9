// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "trace/analysis.hpp"

#include "trace/failures.hpp"
#include "trace/self_time.hpp"

namespace otelctl::trace {

Analysis::Analysis(const Trace& from)
    : trace(from),
      tree(build_tree(from)),
      self(self_times(tree)),
      path(find_critical_path(from, tree)),
      failures_below(count_failures_below(from, tree)) {}

}  // namespace otelctl::trace
