// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/traces.hpp"

namespace otelctl::report {
namespace {

// Quoted where RFC 4180 wants it. A cell that begins with one of these is a formula to a
// spreadsheet (OWASP, "CSV Injection").
std::string csv_cell(std::string_view text) {
  std::string cell(text);
  if (!cell.empty() && std::string_view("=+-@\t\r").find(cell.front()) != std::string_view::npos) {
    cell.insert(0, 1, '\'');
  }
  if (cell.find_first_of("\",\r\n'") == std::string::npos) {
    return cell;
  }
  std::string quoted = "\"";
  for (const char c : cell) {
    quoted += c;
    if (c == '"') {
      quoted += '"';
    }
  }
  return quoted + '"';
}

// What would end a cell or begin HTML or a link is escaped.
std::string markdown_cell(std::string_view text) {
  std::string cell;
  for (const char c : escape_for_terminal(text)) {
    if (std::string_view("\\`*_{}[]<>#|~").find(c) != std::string_view::npos) {
      cell += '\\';
    }
    cell += c;
  }
  return cell;
}

std::string joined_services(const trace::Summary& summary, std::string_view separator) {
  std::vector<std::string> names;
  for (const trace::ServiceCount& service : summary.services) {
    names.push_back(service.name);
  }
  return join(names, separator);
}

}  // namespace

void write_traces_csv_header(std::ostream& out) {
  out << "trace_id,start,duration_ns,span_count,error_count,root_service,root_name,services\r\n";
}

void write_traces_csv(std::ostream& out, const TraceList& list) {
  write_traces_csv_header(out);
  write_traces_csv_rows(out, list.traces);
}

void write_traces_csv_rows(std::ostream& out, const std::vector<trace::Summary>& traces) {
  for (const trace::Summary& summary : traces) {
    out << fmt::format("{},{},{},{},{},{},{},{}\r\n", to_hex(summary.id),
                       format_rfc3339(summary.start), summary.duration.count(), summary.span_count,
                       summary.error_count, csv_cell(summary.root_service),
                       csv_cell(summary.root_name), csv_cell(joined_services(summary, ";")));
  }
}

void write_traces_markdown(std::ostream& out, const TraceList& list) {
  out << "| Start | Duration | Spans | Errors | Root | Services | Trace |\n"
         "|---|--:|--:|--:|---|---|---|\n";
  for (const trace::Summary& summary : list.traces) {
    out << fmt::format("| {} | {} | {} | {} | {} | {} | `{}` |\n", format_rfc3339(summary.start, 3),
                       format_duration(summary.duration), summary.span_count, summary.error_count,
                       markdown_cell(summary.root_service + ": " + summary.root_name),
                       markdown_cell(joined_services(summary, ", ")), to_hex(summary.id));
  }
}

void write_traces_ids(std::ostream& out, const std::vector<trace::Summary>& traces) {
  for (const trace::Summary& summary : traces) {
    out << to_hex(summary.id) << '\n';
  }
}

}  // namespace otelctl::report
