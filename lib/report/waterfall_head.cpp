// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_head.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/trace_warnings.hpp"
#include "report/traces.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {

void write_waterfall_head(std::ostream& out, const trace::Analysis& drawn, std::optional<Time> now,
                          const terminal::Terminal& terminal) {
  const terminal::Style style(terminal.colour);
  const trace::Summary summary = trace::summarize(drawn.trace, drawn.tree);
  const std::string service = summary.root_service.empty() ? "-" : summary.root_service;
  std::string start = format_rfc3339(summary.start, 3);
  if (now) {
    start += fmt::format(" ({})", relative_time(summary.start, *now));
  }
  const std::vector<std::string> parts = {
      "trace " + to_hex(summary.id),
      terminal::shorten(escape_for_terminal(service + ": " + summary.root_name), terminal.width,
                        terminal.unicode),
      start};
  std::size_t used = 0;
  for (const std::string& part : parts) {
    const std::size_t width = terminal::display_width(part);
    if (used > 0) {
      const bool fits = used + 2 + width <= terminal.width;
      out << (fits ? "  " : "\n");
      used = fits ? used + 2 : 0;
    }
    out << (&part == &parts.front() ? style.bold(part) : part);
    used += width;
  }
  const std::string errors = counted(summary.error_count, "error");
  out << '\n'
      << counted(summary.span_count, "span") << "  " << counted(summary.services.size(), "service")
      << "  " << (summary.error_count > 0 ? style.bold_red(errors) : errors) << "  "
      << format_duration(summary.duration) << '\n';
  for (const std::string& warning : trace_warnings(drawn.trace, drawn.tree)) {
    const std::string shown = "warning: " + escape_for_terminal(warning);
    out << style.yellow(terminal::wrap(shown, terminal.width)) << '\n';
  }
}

}  // namespace otelctl::report
