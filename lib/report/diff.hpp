// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "config/diff.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// For patch(1) as it is; on a terminal with the text of the file escaped, and in colour where that
// is wanted.
void write_diff_text(std::ostream& out, const config::UnifiedDiff& diff,
                     const terminal::Terminal& terminal);

}  // namespace otelctl::report
