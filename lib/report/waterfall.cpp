// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/waterfall_bar.hpp"
#include "report/waterfall_head.hpp"
#include "report/waterfall_lines.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

using terminal::display_width;
using terminal::pad_left;
using terminal::pad_right;
using terminal::shorten;

constexpr std::size_t k_gap = 2;
constexpr std::size_t k_least_bar = 10;  // or a quarter of the width
constexpr std::size_t k_least_name = 12;
constexpr std::size_t k_least_part = 6;  // of a name before what never is cut
// Names are cut here however wide the terminal is: some hold whole SQL statements.
constexpr std::size_t k_longest_name = 200;
// Below these widths a column goes.
constexpr std::size_t k_self_from = 60;
constexpr std::size_t k_service_from = 50;
constexpr std::size_t k_bar_from = 40;
constexpr std::size_t k_wide_gutter_from = 80;
constexpr std::size_t k_longest_from = 100;  // the longest span of those on one line

// Columns of the terminal; 0 is a column that is not there.
struct Layout {
  std::size_t service = 0;
  std::size_t name = 0;
  std::size_t mark = 0;
  std::size_t bar = 0;
  std::size_t duration = 0;
  std::size_t self = 0;
};

struct Glyphs {
  std::string_view branch;
  std::string_view last_branch;
  std::string_view trunk;
  std::string_view elision;  // stands for levels that do not fit
  std::string_view failed;
  std::string_view times;
};

constexpr Glyphs k_unicode = {"├─ ", "└─ ", "│  ", "…  ", "✗", "×"};
constexpr Glyphs k_narrow_unicode = {"├ ", "└ ", "│ ", "… ", "✗", "×"};
constexpr Glyphs k_ascii = {"|- ", "`- ", "|  ", ".. ", "x", "x"};
constexpr Glyphs k_narrow_ascii = {"|-", "`-", "| ", "..", "x", "x"};

const Glyphs& glyphs_for(const terminal::Terminal& terminal) {
  const bool is_wide = terminal.width >= k_wide_gutter_from;
  return terminal.unicode ? (is_wide ? k_unicode : k_narrow_unicode)
                          : (is_wide ? k_ascii : k_narrow_ascii);
}

class Waterfall {
 public:
  Waterfall(std::ostream& out, const trace::Analysis& drawn, const WaterfallOptions& options,
            const terminal::Terminal& terminal)
      : m_out(out),
        m_drawn(drawn),
        m_trace(drawn.trace),
        m_options(options),
        m_terminal(terminal),
        m_style(terminal.colour),
        m_glyphs(glyphs_for(terminal)),
        m_level(display_width(m_glyphs.trunk)),
        m_chosen(choose_rows(drawn, options)) {
    lay_out();
  }

  void write() {
    write_header();
    for (std::size_t place = 0; place < m_chosen.rows.size(); ++place) {
      write_row(m_chosen.rows[place]);
      const bool has_children =
          place + 1 < m_chosen.rows.size() &&
          m_drawn.tree.parent[m_chosen.rows[place + 1].span] == m_chosen.rows[place].span;
      write_lines_below(m_chosen.rows[place], has_children);
    }
    write_footer();
  }

 private:
  const std::string& escaped(trace::Text text) {
    const auto [found, is_new] = m_escaped.try_emplace(text);
    if (is_new) {
      found->second =
          shorten(escape_for_terminal(m_trace.text(text)), k_longest_name, m_terminal.unicode);
    }
    return found->second;
  }

  trace::Text service_of(const WaterfallRow& row) const {
    return m_trace.columns->resources[m_trace.spans[row.span].resource].service;
  }

  std::string name_of(const WaterfallRow& row) {
    const std::string& name = escaped(m_trace.spans[row.span].name);
    return name.empty() ? "(no name)" : name;
  }

  // What follows the name and is never cut: how many, what is odd, what is hidden.
  std::string suffix_of(const WaterfallRow& row) const {
    std::string suffix;
    if (row.count > 1) {
      suffix += fmt::format(" {}{}", m_glyphs.times, row.count);
      if (m_terminal.width >= k_longest_from) {
        suffix += fmt::format(" (max {})", format_duration(row.longest));
      }
    }
    if (m_drawn.tree.has(row.span, trace::Oddity::orphan)) {
      suffix += " (no parent)";
    }
    if (m_drawn.tree.has(row.span, trace::Oddity::cycle)) {
      suffix += " (ring)";
    }
    if (m_drawn.tree.has(row.span, trace::Oddity::duplicate_id)) {
      suffix += " (id twice)";
    }
    if (row.hidden > 0) {
      suffix += fmt::format(" (+{})", row.hidden);
    }
    return suffix;
  }

  // How many levels of the tree fit before the name.
  std::size_t levels(std::size_t depth) const {
    const std::size_t most = std::max<std::size_t>(1, m_layout.name / 2 / m_level);
    return std::min(depth, most);
  }

  void lay_out() {
    std::size_t longest_name = 4;
    std::size_t longest_service = 7;
    m_layout.duration = 8;
    m_layout.self = m_terminal.width >= k_self_from ? 4 : 0;
    for (const WaterfallRow& row : m_chosen.rows) {
      const std::size_t depth = m_drawn.tree.depth[row.span];
      longest_name =
          std::max(longest_name, std::min<std::size_t>(depth, 40) * m_level +
                                     display_width(name_of(row)) + display_width(suffix_of(row)));
      longest_service = std::max(longest_service, display_width(escaped(service_of(row))));
      m_layout.duration = std::max(m_layout.duration, format_duration(row.duration).size());
      if (m_layout.self > 0) {
        m_layout.self = std::max(m_layout.self, format_duration(row.self).size());
      }
      m_layout.mark |= m_trace.spans[row.span].has_failed() ? 2U : 0U;
    }
    share_width(longest_name, longest_service);
  }

  void share_width(std::size_t longest_name, std::size_t longest_service) {
    const std::size_t width = m_terminal.width;
    // The last two columns are for the mark of the critical path.
    std::size_t taken = k_gap + m_layout.duration + m_layout.mark + 2;
    taken += m_layout.self > 0 ? k_gap + m_layout.self : 0;
    if (width >= k_service_from) {
      m_layout.service = std::min(longest_service, width / 6);
      taken += m_layout.service + k_gap;
    }
    const std::size_t left = width > taken + k_least_name ? width - taken : k_least_name;
    if (width < k_bar_from) {
      m_layout.name = left;
      return;
    }
    m_layout.name = std::clamp(width * 45 / 100, k_least_name, left);
    m_layout.name = std::min(m_layout.name, longest_name);
    const std::size_t least_bar = std::max(k_least_bar, width / 4);
    if (left < m_layout.name + k_gap + least_bar) {
      m_layout.name =
          left > k_gap + least_bar + k_least_name ? left - k_gap - least_bar : k_least_name;
    }
    m_layout.bar = left > m_layout.name + k_gap ? left - m_layout.name - k_gap : 0;
    m_scale = {m_drawn.tree.trace_start(), m_drawn.tree.trace_end(), m_layout.bar,
               m_terminal.unicode};
  }

  void write_header() {
    std::string line;
    if (m_layout.service > 0) {
      line += pad_right("SERVICE", m_layout.service + k_gap);
    }
    line += pad_right("SPAN", m_layout.name + m_layout.mark);
    if (m_layout.bar > 0) {
      line += std::string(k_gap, ' ') + draw_axis(m_scale);
    }
    line += std::string(k_gap, ' ') + pad_left("DURATION", m_layout.duration);
    if (m_layout.self > 0) {
      line += std::string(k_gap, ' ') + pad_left("SELF", m_layout.self);
    }
    m_out << m_style.dim(line) << '\n';
  }

  // The lines of the tree before what belongs to this span; `own` is the innermost of them.
  std::string gutter(std::uint32_t span, std::string_view own) const {
    const std::size_t depth = m_drawn.tree.depth[span];
    const std::size_t shown = levels(depth);
    std::vector<std::string_view> parts;
    std::uint32_t at = span;
    for (std::size_t level = 0; level < shown; ++level, at = m_drawn.tree.parent[at]) {
      const bool is_last = m_chosen.is_last[at];
      parts.push_back(level > 0 || own.empty() ? (is_last ? std::string_view() : m_glyphs.trunk)
                                               : own);
    }
    if (shown < depth && !parts.empty()) {
      parts.back() = m_glyphs.elision;
    }
    std::string text;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      text += pad_right(*part, m_level);
    }
    return text;
  }

  std::string name_cell(const WaterfallRow& row) {
    const std::uint32_t span = row.span;
    const bool is_root = m_drawn.tree.depth[span] == 0;
    const std::string before =
        is_root ? ""
                : gutter(span, m_chosen.is_last[span] ? m_glyphs.last_branch : m_glyphs.branch);
    const std::size_t room = m_layout.name - std::min(m_layout.name, display_width(before));
    std::string suffix = suffix_of(row);
    std::string name = name_of(row);
    const std::size_t kept = display_width(suffix) + k_least_part;
    if (room >= kept) {
      name = shorten(name, room - display_width(suffix), m_terminal.unicode);
    } else {
      name = shorten(name + suffix, room, m_terminal.unicode);
      suffix.clear();
    }
    const std::size_t used = display_width(name) + display_width(suffix);
    const std::string padding(room - std::min(room, used), ' ');
    const bool has_failed = m_trace.spans[span].has_failed();
    return m_style.dim(before) +
           (has_failed        ? m_style.bold_red(name)
            : row.is_critical ? m_style.bold(name)
                              : name) +
           m_style.dim(suffix) + padding;
  }

  void write_row(const WaterfallRow& row) {
    const bool has_failed = m_trace.spans[row.span].has_failed();
    const std::string_view service = m_trace.text(service_of(row));
    std::string line;
    if (m_layout.service > 0) {
      const std::string& name = escaped(service_of(row));
      line += m_style.service(
          service, terminal::fit(name.empty() ? "-" : name, m_layout.service, m_terminal.unicode));
      line += std::string(k_gap, ' ');
    }
    line += name_cell(row);
    if (m_layout.mark > 0) {
      line += has_failed ? " " + m_style.red(m_glyphs.failed) : "  ";
    }
    if (m_layout.bar > 0) {
      const Bar bar = draw_bar(m_scale, row.start, row.end);
      line += std::string(k_gap, ' ') + bar.before;
      line += has_failed ? m_style.red(bar.bar) : m_style.service(service, bar.bar);
      line += bar.after;
    }
    line += std::string(k_gap, ' ') + pad_left(format_duration(row.duration), m_layout.duration);
    if (m_layout.self > 0) {
      line += std::string(k_gap, ' ') + pad_left(format_duration(row.self), m_layout.self);
    }
    line += row.is_critical ? " " + m_style.yellow("*") : "";
    m_out << line << '\n';
  }

  void write_lines_below(const WaterfallRow& row, bool has_children) {
    const auto lines = lines_below(m_drawn, row.span, m_options, m_terminal);
    if (lines.empty()) {
      return;
    }
    std::string before(m_layout.service > 0 ? m_layout.service + k_gap : 0, ' ');
    before += gutter(row.span, "");
    before += pad_right(has_children ? m_glyphs.trunk : "", m_level);
    const std::size_t used = display_width(before);
    const std::size_t room =
        m_terminal.width > used + k_least_name ? m_terminal.width - used : k_least_name;
    for (const LineBelow& line : lines) {
      const std::string text = shorten(line.text, room, m_terminal.unicode);
      m_out << m_style.dim(before) << (line.is_bad ? m_style.red(text) : m_style.dim(text)) << '\n';
    }
  }

  void write_footer() {
    if (m_chosen.hidden == 0) {
      return;
    }
    std::string text = fmt::format("{} not shown", counted(m_chosen.hidden, "span"));
    if (m_chosen.hidden_failed > 0) {
      text += fmt::format(", {} of them failed", m_chosen.hidden_failed);
    }
    if (m_chosen.is_folded) {
      text += fmt::format("; --max-spans {} shows all", m_trace.spans.size());
    }
    m_out << m_style.dim(text) << '\n';
  }

  std::ostream& m_out;
  const trace::Analysis& m_drawn;
  const trace::Trace& m_trace;
  const WaterfallOptions& m_options;
  const terminal::Terminal& m_terminal;
  const terminal::Style m_style;
  const Glyphs& m_glyphs;
  const std::size_t m_level;  // columns
  const WaterfallRows m_chosen;
  Layout m_layout;
  TimeScale m_scale;
  // Names repeat in most rows.
  std::unordered_map<trace::Text, std::string> m_escaped;
};

}  // namespace

void write_waterfall(std::ostream& out, const TraceDetail& detail, const WaterfallOptions& options,
                     std::optional<Time> now, const terminal::Terminal& terminal) {
  const trace::Analysis drawn(detail.trace);
  write_waterfall_head(out, drawn, now, terminal);
  Waterfall(out, drawn, options, terminal).write();
}

}  // namespace otelctl::report
