// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <ostream>

#include "base/time.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// What stands above the rows: id, root, start, counts, and a line for each thing that is wrong with
// the trace as a whole.
void write_waterfall_head(std::ostream& out, const trace::Analysis& drawn, std::optional<Time> now,
                          const terminal::Terminal& terminal);

}  // namespace otelctl::report
