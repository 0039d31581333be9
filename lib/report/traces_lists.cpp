// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/cells.hpp"
#include "report/traces.hpp"

namespace otelctl::report {
namespace {

std::string joined_services(const trace::Summary& summary, std::string_view separator) {
  std::vector<std::string> names;
  for (const trace::ServiceCount& service : summary.services) {
    names.push_back(service.name);
  }
  return join(names, separator);
}

std::string plain_root_name(const trace::Summary& summary) {
  return (summary.root_service.empty() ? "-" : summary.root_service) + ": " + summary.root_name;
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
                       format_duration(summary.duration), count_text(summary, summary.span_count),
                       count_text(summary, summary.error_count),
                       markdown_code(plain_root_name(summary)),
                       markdown_code(joined_services(summary, ", ")), to_hex(summary.id));
  }
}

void write_traces_ids(std::ostream& out, const std::vector<trace::Summary>& traces) {
  for (const trace::Summary& summary : traces) {
    out << to_hex(summary.id) << '\n';
  }
}

}  // namespace otelctl::report
