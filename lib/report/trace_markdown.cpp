// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <sstream>
#include <string>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/redact.hpp"
#include "base/text.hpp"
#include "report/cells.hpp"
#include "report/trace_data_formats.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_warnings.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/width.hpp"
#include "trace/analysis.hpp"
#include "trace/self_time.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

// A comment is read by people, and GitHub takes 65,536 characters.
constexpr std::size_t k_most_services = 20;
constexpr std::size_t k_most_failed = 10;
constexpr std::size_t k_most_spans = 100;
constexpr std::size_t k_longest_text = 120;
constexpr std::uint32_t k_deepest_indent = 30;

std::string shortened(std::string_view text, std::string_view if_empty) {
  return terminal::shorten(escape_for_terminal(text.empty() ? if_empty : text), k_longest_text);
}

std::string code(std::string_view text) {
  return markdown_code(terminal::shorten(text, k_longest_text));
}

class TraceMarkdown {
 public:
  TraceMarkdown(std::ostream& out, const TraceDetail& detail)
      : m_out(out), m_detail(detail), m_trace(detail.trace), m_drawn(detail.trace) {}

  void write() {
    write_head();
    write_services();
    write_failed();
    write_tree();
  }

 private:
  void write_head() {
    m_summary = trace::summarize(m_trace, m_drawn.tree);
    m_out << "### " << code(m_summary.root_service) << ' ' << code(m_summary.root_name) << "\n\n";
    m_out << fmt::format("Trace `{}`, {}: {}, {}, {}, {}.\n", to_hex(m_summary.id),
                         format_rfc3339(m_summary.start, 3), counted(m_summary.span_count, "span"),
                         counted(m_summary.services.size(), "service"),
                         counted(m_summary.error_count, "error"),
                         format_duration(m_summary.duration));
    if (!m_detail.page.empty()) {
      m_out << "\nSeen at " << code(redact_url(m_detail.page)) << ".\n";
    }
    std::vector<std::string> warnings = trace_warnings(m_trace, m_drawn.tree);
    warnings.insert(warnings.end(), m_detail.notes.begin(), m_detail.notes.end());
    m_out << (warnings.empty() ? "" : "\n");
    for (const std::string& warning : warnings) {
      m_out << "- Warning: " << code(warning) << '\n';
    }
  }

  void write_services() {
    struct Totals {
      std::size_t errors = 0;
      nanoseconds self{0};
    };
    std::unordered_map<std::string_view, Totals> totals;
    for (const std::uint32_t index : m_drawn.tree.order) {
      Totals& of_service = totals[m_trace.service(m_trace.spans[index])];
      of_service.errors += m_trace.spans[index].has_failed() ? 1U : 0U;
      of_service.self = trace::sum_of_times(of_service.self, m_drawn.self[index]);
    }
    m_out << "\n| Service | Spans | Errors | Self time |\n|---|--:|--:|--:|\n";
    const std::size_t shown = std::min(m_summary.services.size(), k_most_services);
    for (std::size_t place = 0; place < shown; ++place) {
      const trace::ServiceCount& service = m_summary.services[place];
      const Totals& of_service = totals[service.name];
      m_out << fmt::format("| {} | {} | {} | {} |\n", code(service.name), service.span_count,
                           of_service.errors, format_duration(of_service.self));
    }
    write_more(m_summary.services.size() - shown, "service");
  }

  void write_failed() {
    std::size_t failed = 0;
    for (const std::uint32_t index : m_drawn.tree.order) {
      const trace::Span& span = m_trace.spans[index];
      if (!span.has_failed() || ++failed > k_most_failed) {
        continue;
      }
      m_out << (failed == 1
                    ? "\n| Failed span | Service | Duration | Message |\n|---|---|--:|---|\n"
                    : "")
            << fmt::format("| {} | {} | {} | {} |\n", code(m_trace.text(span.name)),
                           code(m_trace.service(span)), format_duration(span.duration),
                           code(message_of(span)));
    }
    write_more(failed > k_most_failed ? failed - k_most_failed : 0, "failed span");
  }

  void write_more(std::size_t count, std::string_view noun) {
    if (count > 0) {
      m_out << "\nAnd " << counted(count, noun) << " more.\n";
    }
  }

  std::string message_of(const trace::Span& span) const {
    return redacted("status_message", m_trace.text(span.status_message));
  }

  void write_tree() {
    WaterfallOptions options;
    options.max_spans = k_most_spans;
    const WaterfallRows chosen = choose_span_rows(m_drawn, options);
    std::string tree;
    for (const WaterfallRow& row : chosen.rows) {
      tree += line_of(row);
    }
    if (chosen.hidden > 0) {
      tree += fmt::format("{} not shown, {} of them failed\n", counted(chosen.hidden, "span"),
                          chosen.hidden_failed);
    }
    // The block ends at the first line that has at least as many backticks as began it.
    const std::string fence(std::max<std::size_t>(longest_backtick_run(tree) + 1, 3), '`');
    m_out << "\nDuration, `*` on the critical path, `x` failed:\n\n"
          << fence << "text\n"
          << tree << fence << '\n';
  }

  std::string line_of(const WaterfallRow& row) const {
    const trace::Span& span = m_trace.spans[row.span];
    const std::string indent(2 * std::min(row.depth, k_deepest_indent), ' ');
    std::string line = fmt::format("{:>8} {}{} {}{}: {}", format_duration(row.duration),
                                   row.is_critical ? '*' : ' ', span.has_failed() ? 'x' : ' ',
                                   indent, shortened(m_trace.service(span), "-"),
                                   shortened(m_trace.text(span.name), "(no name)"));
    if (row.count > 1) {
      line += fmt::format(" x{}", row.count);
    }
    return line + '\n';
  }

  std::ostream& m_out;
  const TraceDetail& m_detail;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  trace::Summary m_summary;
};

}  // namespace

void write_trace_markdown(std::ostream& out, const TraceDetail& detail) {
  TraceMarkdown(out, detail).write();
}

TraceFormat markdown_trace_format() {
  return {"markdown", write_trace_markdown, false, true};
}

}  // namespace otelctl::report
