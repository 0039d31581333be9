// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "report/cells.hpp"
#include "report/trace_diff.hpp"

namespace otelctl::report {
namespace {

void write_rest(std::ostream& out, std::size_t count) {
  if (count > k_most_diff_rows) {
    out << fmt::format("\nand {} smaller ones\n", count - k_most_diff_rows);
  }
}

void write_spans(std::ostream& out, std::string_view title,
                 const std::vector<trace::DiffSpan>& spans) {
  if (spans.empty()) {
    return;
  }
  out << fmt::format("\n**{}**\n\n| Duration | Spans | Errors | Path |\n|--:|--:|--:|---|\n",
                     title);
  for (std::size_t i = 0; i < std::min(spans.size(), k_most_diff_rows); ++i) {
    out << fmt::format("| {} | {} | {} | {} |\n", format_duration(spans[i].duration),
                       spans[i].spans, spans[i].errors, markdown_text(spans[i].path));
  }
  write_rest(out, spans.size());
}

void write_changes(std::ostream& out, const std::vector<trace::DiffChange>& changes) {
  if (changes.empty()) {
    return;
  }
  out << "\n**Changed**\n\n| A | B | Change | | Errors | Traces | Path |\n"
         "|--:|--:|--:|--:|---|---|---|\n";
  for (std::size_t i = 0; i < std::min(changes.size(), k_most_diff_rows); ++i) {
    const trace::DiffChange& change = changes[i];
    out << fmt::format("| {} | {} | {} | {} | {} → {}{} | {} → {} | {} |\n",
                       format_duration(change.duration_a), format_duration(change.duration_b),
                       signed_duration(change.difference()), signed_percent(change.change_percent),
                       change.errors_a, change.errors_b, change.has_new_errors ? " **new**" : "",
                       change.count_a, change.count_b, markdown_text(change.path));
  }
  write_rest(out, changes.size());
}

}  // namespace

void write_trace_diff_markdown(std::ostream& out, const TraceDiffReport& report) {
  out << fmt::format("{}{}\n", report.breaches.empty() ? "" : "**failed**: ", diff_verdict(report));
  for (const trace::DiffBreach& breach : report.breaches) {
    out << fmt::format("- `{}`: {}\n", breach.limit, markdown_text(breach.message));
  }
  out << fmt::format("\n- A: {}\n- B: {}\n", markdown_text(describe_side(report.a, report.diff.a)),
                     markdown_text(describe_side(report.b, report.diff.b)));
  for (const std::string& note : report.notes) {
    out << fmt::format("- note: {}\n", markdown_text(note));
  }
  write_spans(out, "Added", report.diff.added);
  write_spans(out, "Removed", report.diff.removed);
  write_changes(out, report.diff.changed);
}

}  // namespace otelctl::report
