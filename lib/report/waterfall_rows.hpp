// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/ids.hpp"
#include "base/time.hpp"
#include "report/waterfall.hpp"
#include "report/waterfall_groups.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {

inline constexpr std::uint32_t k_no_row = UINT32_MAX;

// One line of the waterfall.
struct WaterfallRow {
  enum class Kind {
    spans,           // a span, or several that look the same
    missing_parent,  // of the orphans below it; it has an id and nothing else
    gap,             // levels left out between the row above it and the one below it
  };

  Kind kind = Kind::spans;
  std::uint32_t parent = k_no_row;  // the place of its row
  std::uint32_t depth = 0;          // rows above it on the way to the root
  bool is_last = false;             // no row of a sibling follows
  std::uint32_t group = k_no_group;
  std::uint32_t span = trace::k_no_span;  // the first of them
  std::size_t count = 0;
  Time start;               // the earliest
  Time end;                 // the latest
  nanoseconds duration{0};  // the sum
  nanoseconds longest{0};
  nanoseconds self{0};       // the sum
  bool is_critical = false;  // any of them
  // Spans below it, or in the gap, that have no line.
  std::size_t hidden = 0;
  std::size_t hidden_failed = 0;
  std::size_t levels = 0;  // of a gap
  SpanId missing = {};     // of a missing parent
};

struct WaterfallRows {
  SpanGroups groups;
  // In display order; the parent of a row stands before it.
  std::vector<WaterfallRow> rows;
  std::size_t hidden = 0;
  std::size_t hidden_failed = 0;
  // Whether max_spans hid some of them.
  bool is_folded = false;

  std::span<const std::uint32_t> spans(const WaterfallRow& row) const {
    return row.kind == WaterfallRow::Kind::spans ? groups.spans(groups.groups[row.group])
                                                 : std::span<const std::uint32_t>();
  }
};

// Which spans are shown on which lines, as the options want it. Works without recursion, O(n log
// n).
WaterfallRows choose_rows(const trace::Analysis& drawn, const WaterfallOptions& options);

// The same without the lines that are no spans, for formats that draw nothing else: what stood
// below such a line hangs below the next line above it, and no chain loses its middle.
WaterfallRows choose_span_rows(const trace::Analysis& drawn, WaterfallOptions options);

}  // namespace otelctl::report
