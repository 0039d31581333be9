// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "query/backend.hpp"
#include "terminal/terminal.hpp"
#include "trace/diff.hpp"
#include "trace/diff_limits.hpp"

namespace otelctl::report {

// One side as it was named, and where it came from.
struct DiffOrigin {
  std::string reference;  // as it was typed
  query::BackendInfo backend;
  std::vector<std::string> trace_ids;  // at most 10
};

// What diff-traces found.
struct TraceDiffReport {
  DiffOrigin a;
  DiffOrigin b;
  trace::TraceDiff diff;
  std::string limits;  // what --fail-on said; may be empty
  std::vector<trace::DiffBreach> breaches;
  std::vector<std::string> notes;
};

// For a person: both sides in a line each, what was added and removed, then what changed, new
// errors and the biggest change first; at most 20 lines of each kind.
void write_trace_diff_text(std::ostream& out, const TraceDiffReport& report,
                           const terminal::Terminal& terminal);

// `otelctl.diff/1`, with all of it.
void write_trace_diff_json(std::ostream& out, const TraceDiffReport& report, int exit_code);

// The text's tables for a comment in a review.
void write_trace_diff_markdown(std::ostream& out, const TraceDiffReport& report);

// The verdict in a clause: "2 spans added, 1 removed, 12 changed, 3 with new errors".
std::string diff_verdict(const TraceDiffReport& report);
// "5.2ms" or "+5.2ms", "-300us"; "+12%", ">+999%".
std::string signed_duration(nanoseconds difference);
std::string signed_percent(double percent);
// "GET /: 20 traces, median 12ms, 8 spans each, 1 error"; escaped, but for Markdown.
std::string describe_side(const DiffOrigin& origin, const trace::DiffSide& side);

// More rows of a kind are for programs, which take the JSON.
inline constexpr std::size_t k_most_diff_rows = 20;

}  // namespace otelctl::report
