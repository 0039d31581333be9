// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/time.hpp"
#include "report/waterfall.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {

// One line of the waterfall: a span, or neighbouring leaves that look the same.
struct WaterfallRow {
  std::uint32_t span = 0;  // the first of them
  std::size_t count = 0;
  Time start;               // the earliest
  Time end;                 // the latest
  nanoseconds duration{0};  // the sum
  nanoseconds longest{0};
  nanoseconds self{0};       // the sum
  bool is_critical = false;  // any of them
  std::size_t hidden = 0;    // spans below it that have no line
};

struct WaterfallRows {
  // In display order. The parent of a row's span always has a row, too.
  std::vector<WaterfallRow> rows;
  // For each span whether no line of a sibling follows its own.
  std::vector<bool> is_last;
  std::size_t hidden = 0;
  std::size_t hidden_failed = 0;
  // Whether it was max_spans that hid some of them.
  bool is_folded = false;
};

WaterfallRows choose_rows(const trace::Analysis& drawn, const WaterfallOptions& options);

}  // namespace otelctl::report
