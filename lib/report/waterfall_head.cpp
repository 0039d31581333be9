// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall_head.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/trace_warnings.hpp"
#include "report/waterfall_lines.hpp"
#include "report/waterfall_words.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"
#include "trace/failures.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

using terminal::display_width;
using terminal::shorten;

// Of what is said about single spans.
constexpr std::size_t k_most_warnings = 5;
constexpr std::size_t k_most_on_path = 3;
constexpr std::size_t k_longest_name = 40;

// Texts with how much belongs to each, the most first, then by text.
template <typename Amount>
std::vector<std::pair<std::string, Amount>> most_first(
    const std::unordered_map<trace::Text, Amount>& amounts, const trace::Trace& trace) {
  std::vector<std::pair<std::string, Amount>> sorted;
  for (const auto& [text, amount] : amounts) {
    sorted.emplace_back(trace.text(text), amount);
  }
  std::sort(sorted.begin(), sorted.end(), [](const auto& left, const auto& right) {
    return std::tie(right.second, left.first) < std::tie(left.second, right.first);
  });
  return sorted;
}

std::string name_or(std::string_view name, std::string_view otherwise) {
  return std::string(name.empty() ? otherwise : name);
}

class Head {
 public:
  Head(std::ostream& out, const trace::Analysis& drawn, const terminal::Terminal& terminal)
      : m_out(out),
        m_drawn(drawn),
        m_trace(drawn.trace),
        m_terminal(terminal),
        m_style(terminal),
        m_summary(trace::summarize(drawn.trace, drawn.tree)) {}

  void write(std::optional<Time> now, const std::string& page) {
    write_name(now);
    write_counts(page);
    write_path();
    write_first_failure();
    for (const std::string& warning : trace_warnings(m_trace, m_drawn.tree)) {
      write_warning(warning);
    }
    write_span_warnings();
  }

 private:
  struct Part {
    std::string text;
    std::string painted;
  };

  // Side by side as far as they fit.
  void write_parts(const std::vector<Part>& parts) {
    std::size_t used = 0;
    for (const Part& part : parts) {
      const std::size_t width = display_width(part.text);
      if (used > 0) {
        const bool fits = used + 2 + width <= m_terminal.width;
        m_out << (fits ? "  " : "\n");
        used = fits ? used + 2 : 0;
      }
      m_out << part.painted;
      used += width;
    }
    m_out << '\n';
  }

  std::string cut(const std::string& line) const {
    return shorten(line, m_terminal.width, m_terminal.unicode);
  }

  void write_name(std::optional<Time> now) {
    const std::string id = "trace " + to_hex(m_summary.id);
    const std::string service = name_or(m_summary.root_service, "-");
    const std::string root =
        cut(shown_text(service + ": " + name_or(m_summary.root_name, "(no name)"), m_terminal));
    std::string start =
        m_summary.start == Time{} ? std::string("no start") : format_rfc3339(m_summary.start, 3);
    if (now && m_summary.start != Time{}) {
      start += fmt::format(" ({})", relative_time(m_summary.start, *now));
    }
    start = cut(start);
    write_parts({{id, m_style.bold(id)}, {root, root}, {start, start}});
  }

  void write_counts(const std::string& page) {
    const std::string spans = counted(m_summary.span_count, "span");
    const std::string services = counted(m_summary.services.size(), "service");
    const std::string errors = counted(m_summary.error_count, "error");
    const std::string duration = format_duration(m_summary.duration);
    std::vector<Part> parts = {
        {spans, spans},
        {services, services},
        {errors, m_summary.error_count > 0 ? m_style.bold_red(errors) : errors},
        {duration, duration}};
    const std::string link = escape_for_terminal(page);
    if (!link.empty()) {
      parts.push_back({link, m_style.dim(link)});
    }
    write_parts(parts);
  }

  // The spans of the main root's critical path with what is spent in each itself, by name.
  void write_path() {
    const std::uint32_t root = trace::main_root(m_drawn.tree);
    if (root == trace::k_no_span) {
      return;
    }
    std::unordered_map<trace::Text, nanoseconds> by_name;
    nanoseconds whole{0};
    std::size_t count = 0;
    const auto& order = m_drawn.tree.order;
    // What is below the root follows it.
    for (auto span = std::find(order.begin(), order.end(), root);
         span != order.end() && (*span == root || m_drawn.tree.depth[*span] > 0); ++span) {
      if (m_drawn.path.contains[*span]) {
        by_name[m_trace.spans[*span].name] += m_drawn.path.time[*span];
        whole += m_drawn.path.time[*span];
        ++count;
      }
    }
    std::vector<std::string> shares;
    for (const auto& [name, time] : most_first(by_name, m_trace)) {
      if (shares.size() < k_most_on_path && time > nanoseconds{0}) {
        const double share =
            100.0 * static_cast<double>(time.count()) / static_cast<double>(whole.count());
        shares.push_back(fmt::format("{} {:.0f}%",
                                     shorten(shown_text(name_or(name, "(no name)"), m_terminal),
                                             k_longest_name, m_terminal.unicode),
                                     share));
      }
    }
    std::string line =
        fmt::format("critical path {} over {}", format_duration(whole), counted(count, "span"));
    line += shares.empty() ? "" : ": " + join(shares, ", ");
    m_out << m_style.dim(cut(line)) << '\n';
  }

  void write_first_failure() {
    const std::uint32_t span =
        trace::find_first_failure(m_trace, m_drawn.tree, m_drawn.failures_below);
    if (span == trace::k_no_span) {
      return;
    }
    const trace::Span& failed = m_trace.spans[span];
    std::string line = "failed first: ";
    line += shown_text(name_or(m_trace.service(failed), "-") + ": " +
                           name_or(m_trace.text(failed.name), "(no name)"),
                       m_terminal);
    const auto said = lines_below(m_drawn, span, {}, m_terminal);
    line += said.empty() ? "" : " " + said.front().text;
    m_out << m_style.red(cut(line)) << '\n';
  }

  void write_warning(const std::string& warning) {
    if (trim(warning).empty()) {
      return;
    }
    const std::string wrapped =
        terminal::wrap("warning: " + shown_text(warning, m_terminal), m_terminal.width);
    for (const std::string_view line : split(wrapped, '\n')) {
      m_out << m_style.yellow(cut(std::string(line))) << '\n';
    }
  }

  // What backends and readers say of single spans they may say of each.
  void write_span_warnings() {
    std::unordered_map<trace::Text, std::size_t> counts;
    for (const std::uint32_t span : m_drawn.tree.order) {
      for (const trace::Text warning : m_trace.warnings_of(m_trace.spans[span])) {
        ++counts[warning];
      }
    }
    const auto sorted = most_first(counts, m_trace);
    for (std::size_t place = 0; place < std::min(sorted.size(), k_most_warnings); ++place) {
      write_warning(
          fmt::format("{}: {}", counted(sorted[place].second, "span"), sorted[place].first));
    }
    if (sorted.size() > k_most_warnings) {
      write_warning(fmt::format("{} more about spans; --events shows each below its span",
                                counted(sorted.size() - k_most_warnings, "warning")));
    }
  }

  std::ostream& m_out;
  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const terminal::Terminal& m_terminal;
  const terminal::Style m_style;
  const trace::Summary m_summary;
};

}  // namespace

void write_waterfall_head(std::ostream& out, const TraceDetail& detail,
                          const trace::Analysis& drawn, std::optional<Time> now,
                          const terminal::Terminal& terminal) {
  Head(out, drawn, terminal).write(now, detail.page);
}

}  // namespace otelctl::report
