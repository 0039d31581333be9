// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "report/traces.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

// More than a person scrolls through, and about what an assistant or the log of a CI job can take.
inline constexpr std::size_t k_standard_max_spans = 400;

struct WaterfallOptions {
  // The deepest level that is shown; roots have 0.
  std::optional<std::uint32_t> depth = std::nullopt;
  // Failed spans and those above them only.
  bool only_errors = false;
  // How many lines of spans there are at most: roots, failed spans with those above them, the
  // critical path, then the slowest; siblings that look the same share one. Not set: every span has
  // a line of its own.
  std::optional<std::size_t> max_spans = k_standard_max_spans;
  // Whether a long chain of only children may lose its middle to that end.
  bool may_cut_chains = true;
  // A line below its span for each event and link.
  bool with_events = false;
  // Attributes to show below each span that has them; `*` in a key stands for anything.
  std::vector<std::string> attributes = {};
};

// A trace as a tree with a bar for each span: service, name, bar, duration, self time, and `*` on
// the critical path. What is wrong with the trace stands above it. Columns go where the terminal is
// too narrow. No line is wider than the terminal, but for ids and the page's URL. `now` gives the
// age of the trace where it is set.
void write_waterfall(std::ostream& out, const TraceDetail& detail, const WaterfallOptions& options,
                     std::optional<Time> now, const terminal::Terminal& terminal);

}  // namespace otelctl::report
