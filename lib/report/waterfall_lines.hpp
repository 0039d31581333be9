// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/waterfall.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// A line below a span's own; already escaped.
struct LineBelow {
  std::string text;
  bool is_bad = false;
};

// A failed span's message and exceptions; the attributes, events, links and warnings that the
// options ask for. What looks like a secret is redacted.
std::vector<LineBelow> lines_below(const trace::Analysis& drawn, std::uint32_t span,
                                   const WaterfallOptions& options,
                                   const terminal::Terminal& terminal);

}  // namespace otelctl::report
