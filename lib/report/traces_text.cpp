// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/traces.hpp"
#include "terminal/style.hpp"
#include "terminal/table.hpp"

namespace otelctl::report {

std::string service_names(const trace::Summary& summary) {
  std::vector<std::string> names;
  for (const trace::ServiceCount& service : summary.services) {
    names.push_back(escape_for_terminal(service.name));
  }
  return join(names, ",");
}

std::string root_name(const trace::Summary& summary) {
  const std::string service = summary.root_service.empty() ? "-" : summary.root_service;
  return escape_for_terminal(service + ": " + summary.root_name);
}

std::string relative_time(Time time, Time now) {
  using std::chrono::seconds;
  const auto age = std::chrono::floor<seconds>(now - time);
  if (age >= seconds(1)) {
    return format_duration(age) + " ago";
  }
  return age < seconds(-1) ? "in " + format_duration(-age) : "now";
}

void write_traces_text(std::ostream& out, const TraceList& list, Time now,
                       const terminal::Terminal& terminal) {
  if (list.traces.empty()) {
    return;
  }
  const terminal::Style style(terminal.colour);
  terminal::Table table({"START", "DURATION", "SPANS", "ERR", "ROOT", "SERVICES", "TRACE ID"});
  table.right_align(1).right_align(2).right_align(3).shrink(4).shrink(5);
  for (const trace::Summary& summary : list.traces) {
    const std::string errors = fmt::format("{}", summary.error_count);
    table.add_row({terminal.is_terminal ? relative_time(summary.start, now)
                                        : format_rfc3339(summary.start, 3),
                   format_duration(summary.duration), fmt::format("{}", summary.span_count),
                   summary.error_count > 0 ? style.red(errors) : errors, root_name(summary),
                   service_names(summary), to_hex(summary.id)});
  }
  const std::size_t width =
      terminal.is_terminal ? terminal.width : std::numeric_limits<std::size_t>::max();
  out << table.render(width, terminal.unicode);
}

}  // namespace otelctl::report
