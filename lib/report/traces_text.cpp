// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <limits>
#include <string>
#include <utility>
#include <vector>

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

namespace {

// What a line has room for; the first of the columns to go tells least.
struct Columns {
  bool start;
  bool spans;
  bool services;
  std::size_t id_digits;
};

Columns columns_for(std::size_t width) {
  constexpr std::size_t k_whole_id = 32;
  // Of an id that show-traces lists show-trace takes the first 6 digits or more.
  constexpr std::size_t k_some_of_id = 12;
  constexpr std::size_t k_least_of_id = 8;
  // The whole id stays as long as it can: people paste it elsewhere.
  return {width >= 50, width >= 90, width >= 110,
          width >= 72   ? k_whole_id
          : width >= 60 ? k_some_of_id
                        : k_least_of_id};
}

terminal::Table make_table(Columns columns) {
  std::vector<std::string> header;
  const auto add = [&](bool is_there, const char* name) {
    if (is_there) {
      header.emplace_back(name);
    }
    return header.size() - 1;
  };
  add(columns.start, "START");
  const std::size_t duration = add(true, "DURATION");
  const std::size_t spans = add(columns.spans, "SPANS");
  const std::size_t errors = add(true, "ERR");
  const std::size_t root = add(true, "ROOT");
  const std::size_t services = add(columns.services, "SERVICES");
  add(true, "TRACE ID");
  terminal::Table table(std::move(header));
  table.right_align(duration).right_align(spans).right_align(errors).shrink(root);
  return columns.services ? std::move(table.shrink(services)) : table;
}

}  // namespace

std::string count_text(const trace::Summary& summary, std::size_t count) {
  return summary.span_count == 0 && count == 0 ? "?" : fmt::format("{}", count);
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
  const terminal::Style style(terminal);
  const std::size_t width = terminal.is_terminal || terminal.is_width_asked
                                ? terminal.width
                                : std::numeric_limits<std::size_t>::max();
  const Columns columns = columns_for(width);
  terminal::Table table = make_table(columns);
  for (const trace::Summary& summary : list.traces) {
    const std::string errors = count_text(summary, summary.error_count);
    std::vector<std::string> cells;
    if (columns.start) {
      cells.push_back(terminal.is_terminal ? relative_time(summary.start, now)
                                           : format_rfc3339(summary.start, 3));
    }
    cells.push_back(format_duration(summary.duration));
    if (columns.spans) {
      cells.push_back(count_text(summary, summary.span_count));
    }
    cells.push_back(summary.error_count > 0 ? style.red(errors) : errors);
    cells.push_back(root_name(summary));
    if (columns.services) {
      cells.push_back(service_names(summary));
    }
    cells.push_back(to_hex(summary.id).substr(0, columns.id_digits));
    table.add_row(std::move(cells));
  }
  out << table.render(width, terminal.unicode);
}

}  // namespace otelctl::report
