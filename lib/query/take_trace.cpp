// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "query/take_trace.hpp"

#include <algorithm>
#include <utility>

namespace otelctl::query {

Result<trace::Trace> take_trace(std::vector<trace::Trace> traces, const TraceId& id) {
  const auto found = std::find_if(traces.begin(), traces.end(),
                                  [&](const trace::Trace& trace) { return trace.id == id; });
  if (found == traces.end()) {
    return fail(ErrorKind::not_seen, "the backend has no trace " + to_hex(id),
                "a new trace takes some seconds to show up; 'otelctl show-traces' lists those that "
                "are there");
  }
  return std::move(*found);
}

}  // namespace otelctl::query
