// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_head.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/traces.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

using trace::k_no_span;
using trace::Oddity;

std::string spans_have(std::size_t count, std::string_view one, std::string_view several) {
  return count == 1 ? fmt::format("1 span {}", one) : fmt::format("{} spans {}", count, several);
}

std::size_t count_starting_too_early(const trace::Tree& tree) {
  return static_cast<std::size_t>(
      std::count_if(tree.order.begin(), tree.order.end(), [&](std::uint32_t index) {
        const std::uint32_t parent = tree.parent[index];
        return parent != k_no_span && tree.start[index] < tree.start[parent];
      }));
}

std::size_t count_whole_roots(const trace::Tree& tree) {
  return static_cast<std::size_t>(
      std::count_if(tree.roots.begin(), tree.roots.end(),
                    [&](std::uint32_t root) { return tree.oddities[root] == 0; }));
}

std::vector<std::string> warnings_of(const WaterfallTrace& drawn) {
  const trace::Tree& tree = drawn.tree;
  std::vector<std::string> warnings;
  const auto add = [&](std::size_t count, auto text) {
    if (count > 0) {
      warnings.push_back(text(count));
    }
  };
  if (drawn.trace.is_truncated) {
    warnings.emplace_back("the backend kept spans back: the trace is larger than what is here");
  }
  for (const std::string& warning : drawn.trace.warnings) {
    warnings.push_back(escape_for_terminal(warning));
  }
  add(tree.count(Oddity::orphan), [](std::size_t count) {
    return spans_have(count, "has a parent", "have a parent") +
           " that is not in the trace: it may come yet, or was lost or not sampled";
  });
  add(tree.count(Oddity::cycle), [](std::size_t count) {
    return counted(count, "ring") + " of parents cut: spans are their own ancestors";
  });
  add(tree.count(Oddity::duplicate_id), [](std::size_t count) {
    return spans_have(count, "shares its id", "share their ids") + " with different spans";
  });
  add(tree.copies, [](std::size_t count) {
    return spans_have(count, "is an exact copy and was left out",
                      "are exact copies and were left out");
  });
  add(count_whole_roots(tree) > 1 ? count_whole_roots(tree) : 0, [](std::size_t count) {
    return fmt::format("{} roots: several traces may share the id", count);
  });
  add(count_starting_too_early(tree), [](std::size_t count) {
    return spans_have(count, "starts before its parent", "start before their parents") +
           ": the clocks of the hosts differ";
  });
  return warnings;
}

}  // namespace

void write_waterfall_head(std::ostream& out, const WaterfallTrace& drawn, std::optional<Time> now,
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
  for (const std::string& warning : warnings_of(drawn)) {
    out << style.yellow(terminal::wrap("warning: " + warning, terminal.width)) << '\n';
  }
}

}  // namespace otelctl::report
