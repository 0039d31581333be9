// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "base/duration.hpp"
#include "report/traces.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

constexpr std::size_t k_day_time = 8;     // 10:00:00
constexpr std::size_t k_whole_time = 24;  // 2026-08-20T10:00:00.123Z
constexpr std::size_t k_duration = 8;     // 59m 59s
constexpr std::size_t k_spans = 6;
constexpr std::size_t k_errors = 4;
constexpr std::size_t k_id = 32;
constexpr std::size_t k_root = 36;
constexpr std::size_t k_least_root = 12;
constexpr std::size_t k_least_services = 12;
constexpr std::string_view k_gap = "  ";

// What of a row never gives way, with the gap behind it.
std::size_t fixed_width(bool is_terminal) {
  const std::size_t start = is_terminal ? k_day_time : k_whole_time;
  return start + k_duration + k_spans + k_errors + k_id + 5 * k_gap.size();
}

std::string start_of(const trace::Summary& summary, bool is_terminal) {
  const std::string whole = format_rfc3339(summary.start, is_terminal ? 0 : 3);
  return is_terminal ? whole.substr(whole.find('T') + 1, k_day_time) : whole;
}

}  // namespace

TraceRows::TraceRows(std::string_view format, const terminal::Terminal& terminal)
    : m_format(format), m_terminal(terminal) {}

void TraceRows::write(std::ostream& out, const std::vector<trace::Summary>& traces) {
  if (m_format == "jsonl") {
    write_traces_jsonl(out, traces);
  } else if (m_format == "ids") {
    write_traces_ids(out, traces);
  } else if (m_format == "csv") {
    if (!m_has_header) {
      write_traces_csv_header(out);
    }
    write_traces_csv_rows(out, traces);
  } else {
    write_table(out, traces);
  }
  m_has_header = true;
}

// Root and services come last and the id before them: nothing that comes later can move a column.
void TraceRows::write_table(std::ostream& out, const std::vector<trace::Summary>& traces) const {
  const bool is_terminal = m_terminal.is_terminal;
  const terminal::Style style(m_terminal.colour);
  const std::size_t fixed = fixed_width(is_terminal);
  const std::size_t left = m_terminal.width > fixed ? m_terminal.width - fixed : 0;
  const std::size_t root = is_terminal ? std::clamp(left, k_least_root, k_root) : k_root;
  const bool has_services = !is_terminal || left >= root + k_gap.size() + k_least_services;
  const auto write_row = [&](std::string_view start, std::string_view duration,
                             std::string_view spans, const std::string& errors, std::string_view id,
                             std::string_view name, std::string_view services) {
    std::string row = terminal::pad_right(start, is_terminal ? k_day_time : k_whole_time);
    row += k_gap;
    row += terminal::pad_left(duration, k_duration);
    row += k_gap;
    row += terminal::pad_left(spans, k_spans);
    row += k_gap;
    row += terminal::pad_left(errors, k_errors);
    row += k_gap;
    row += terminal::pad_right(id, k_id);
    row += k_gap;
    row += is_terminal ? terminal::shorten(name, root, m_terminal.unicode) : std::string(name);
    if (has_services) {
      row = terminal::pad_right(row, fixed + root);
      row += k_gap;
      row += is_terminal
                 ? terminal::shorten(services, left - root - k_gap.size(), m_terminal.unicode)
                 : std::string(services);
    }
    out << row.substr(0, row.find_last_not_of(' ') + 1) << '\n';
  };
  if (!m_has_header) {
    write_row("START", "DURATION", "SPANS", "ERR", "TRACE ID", "ROOT", "SERVICES");
  }
  for (const trace::Summary& summary : traces) {
    const std::string errors = count_text(summary, summary.error_count);
    write_row(start_of(summary, is_terminal), format_duration(summary.duration),
              count_text(summary, summary.span_count),
              summary.error_count > 0 ? style.red(errors) : errors, to_hex(summary.id),
              root_name(summary), service_names(summary));
  }
}

}  // namespace otelctl::report
