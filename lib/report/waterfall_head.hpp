// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>

#include "base/time.hpp"
#include "report/traces.hpp"
#include "terminal/terminal.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {

// What stands above the rows: id, root, start, counts, the page in the backend's user interface,
// what took the time on the critical path, where failing began, and a line for each thing that is
// wrong with the trace as a whole. Ids and the page are never cut.
void write_waterfall_head(std::ostream& out, const TraceDetail& detail,
                          const trace::Analysis& drawn, std::optional<Time> now,
                          const terminal::Terminal& terminal);

}  // namespace otelctl::report
