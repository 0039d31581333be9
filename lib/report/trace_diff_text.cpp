// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/trace_diff.hpp"
#include "terminal/style.hpp"
#include "terminal/table.hpp"

namespace otelctl::report {
namespace {

std::string errors_of(const trace::DiffChange& change) {
  return change.errors_a == 0 && change.errors_b == 0
             ? std::string()
             : fmt::format("{} -> {}", change.errors_a, change.errors_b);
}

// A table of which some columns may have nothing to say. The last one gives way, the others are
// figures.
class Columns {
 public:
  struct Column {
    std::string title;
    bool is_shown;
  };

  explicit Columns(std::vector<Column> columns)
      : m_columns(std::move(columns)), m_table(shown_titles()) {
    const auto count = static_cast<std::size_t>(std::count_if(
        m_columns.begin(), m_columns.end(), [](const Column& column) { return column.is_shown; }));
    for (std::size_t i = 0; i + 1 < count; ++i) {
      m_table.right_align(i);
    }
    m_table.shrink(count - 1);
  }

  // A cell for each column, whether it is shown or not.
  void add(std::vector<std::string> cells) {
    std::vector<std::string> row;
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (m_columns[i].is_shown) {
        row.push_back(std::move(cells[i]));
      }
    }
    m_table.add_row(std::move(row));
  }

  std::string render(std::size_t width, bool unicode) const {
    return m_table.render(width, unicode);
  }

 private:
  std::vector<std::string> shown_titles() const {
    std::vector<std::string> titles;
    for (const Column& column : m_columns) {
      if (column.is_shown) {
        titles.push_back(column.title);
      }
    }
    return titles;
  }

  std::vector<Column> m_columns;
  terminal::Table m_table;
};

class DiffText {
 public:
  DiffText(std::ostream& out, const terminal::Terminal& terminal)
      : m_out(out), m_terminal(terminal), m_style(terminal.colour) {}

  void spans(std::string_view title, const std::vector<trace::DiffSpan>& spans) {
    if (spans.empty()) {
      return;
    }
    m_out << '\n' << m_style.bold(title) << '\n';
    const bool has_errors =
        std::any_of(spans.begin(), spans.end(), [](const auto& span) { return span.errors > 0; });
    Columns columns({{"DURATION", true}, {"SPANS", true}, {"ERRORS", has_errors}, {"PATH", true}});
    for (std::size_t i = 0; i < std::min(spans.size(), k_most_diff_rows); ++i) {
      const trace::DiffSpan& span = spans[i];
      columns.add({format_duration(span.duration), fmt::format("{}", span.spans),
                   span.errors == 0 ? "" : fmt::format("{}", span.errors),
                   escape_for_terminal(span.path)});
    }
    m_out << columns.render(width(), m_terminal.unicode);
    rest(spans.size());
  }

  void changes(const trace::TraceDiff& diff) {
    if (diff.changed.empty()) {
      return;
    }
    const bool is_set = diff.a.samples > 1 || diff.b.samples > 1;
    const bool has_errors =
        std::any_of(diff.changed.begin(), diff.changed.end(),
                    [](const auto& change) { return change.errors_a + change.errors_b > 0; });
    m_out << '\n' << m_style.bold(is_set ? "changed (medians)" : "changed") << '\n';
    Columns columns({{"A", true},
                     {"B", true},
                     {"CHANGE", true},
                     {"", true},
                     {"ERRORS", has_errors},
                     {"TRACES", is_set},
                     {"PATH", true}});
    for (std::size_t i = 0; i < std::min(diff.changed.size(), k_most_diff_rows); ++i) {
      const trace::DiffChange& change = diff.changed[i];
      columns.add({format_duration(change.duration_a), format_duration(change.duration_b),
                   signed_duration(change.difference()), signed_percent(change.change_percent),
                   errors_of(change) + (change.has_new_errors ? " new" : ""),
                   fmt::format("{} -> {}", change.count_a, change.count_b),
                   escape_for_terminal(change.path)});
    }
    m_out << columns.render(width(), m_terminal.unicode);
    rest(diff.changed.size());
  }

  void verdict(const TraceDiffReport& report) {
    m_out << '\n';
    if (report.breaches.empty()) {
      m_out << (report.limits.empty() ? diff_verdict(report)
                                      : m_style.green("ok") + ": " + diff_verdict(report))
            << '\n';
      return;
    }
    m_out << m_style.bold_red("failed") << ": " << diff_verdict(report) << '\n';
    for (const trace::DiffBreach& breach : report.breaches) {
      m_out << fmt::format("  {}: {}\n", breach.limit, escape_for_terminal(breach.message));
    }
  }

 private:
  // Whoever searches a log wants lines whole.
  std::size_t width() const { return m_terminal.is_terminal ? m_terminal.width : SIZE_MAX; }

  void rest(std::size_t count) {
    if (count > k_most_diff_rows) {
      m_out << m_style.dim(fmt::format("and {} smaller ones (--format json has all)",
                                       count - k_most_diff_rows))
            << '\n';
    }
  }

  std::ostream& m_out;
  const terminal::Terminal& m_terminal;
  terminal::Style m_style;
};

}  // namespace

std::string signed_duration(nanoseconds difference) {
  return difference < nanoseconds::zero() ? "-" + format_duration(-difference)
                                          : "+" + format_duration(difference);
}

std::string signed_percent(double percent) {
  constexpr double k_most = 999;
  return percent > k_most ? ">+999%" : fmt::format("{:+.1f}%", percent);
}

std::string describe_side(const DiffOrigin& origin, const trace::DiffSide& side) {
  const std::string whole = side.samples == 1 ? format_duration(side.duration)
                                              : "median " + format_duration(side.duration);
  return fmt::format("{}: {}, {}, {}, {}", origin.reference, counted(side.samples, "trace"), whole,
                     counted(side.spans, "span"), counted(side.errors, "error"));
}

std::string diff_verdict(const TraceDiffReport& report) {
  const trace::TraceDiff& diff = report.diff;
  const auto spans_of = [](const std::vector<trace::DiffSpan>& spans) {
    std::size_t count = 0;
    for (const trace::DiffSpan& span : spans) {
      count += span.spans;
    }
    return count;
  };
  const auto new_errors = static_cast<std::size_t>(
      std::count_if(diff.changed.begin(), diff.changed.end(),
                    [](const trace::DiffChange& change) { return change.has_new_errors; }));
  if (diff.added.empty() && diff.removed.empty() && diff.changed.empty()) {
    return "no difference";
  }
  return fmt::format("{} added, {} removed, {} changed{}", counted(spans_of(diff.added), "span"),
                     spans_of(diff.removed), diff.changed.size(),
                     new_errors == 0 ? "" : fmt::format(", {} with new errors", new_errors));
}

void write_trace_diff_text(std::ostream& out, const TraceDiffReport& report,
                           const terminal::Terminal& terminal) {
  out << "A  " << escape_for_terminal(describe_side(report.a, report.diff.a)) << '\n'
      << "B  " << escape_for_terminal(describe_side(report.b, report.diff.b)) << '\n';
  DiffText text(out, terminal);
  text.spans("added", report.diff.added);
  text.spans("removed", report.diff.removed);
  text.changes(report.diff);
  text.verdict(report);
}

}  // namespace otelctl::report
