// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "trace/trace.hpp"

namespace otelctl::query {

// The one of the traces that has the id. Error kind not_seen: none has.
Result<trace::Trace> take_trace(std::vector<trace::Trace> traces, const TraceId& id);

}  // namespace otelctl::query
