// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/waterfall.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/waterfall_bar.hpp"
#include "report/waterfall_head.hpp"
#include "report/waterfall_lines.hpp"
#include "report/waterfall_rows.hpp"
#include "report/waterfall_words.hpp"
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
// Below these widths a column goes.
constexpr std::size_t k_self_from = 60;
constexpr std::size_t k_service_from = 50;
constexpr std::size_t k_bar_from = 40;
constexpr std::size_t k_wide_gutter_from = 80;

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
  // The same to a span that its parent does not wait for.
  std::string_view async_branch;
  std::string_view last_async_branch;
  std::string_view trunk;
  std::string_view elision;  // stands for levels that do not fit
  std::string_view failed;
};

constexpr Glyphs k_unicode = {"├─ ", "└─ ", "├┈ ", "└┈ ", "│  ", "…  ", "✗"};
constexpr Glyphs k_narrow_unicode = {"├ ", "└ ", "├┈", "└┈", "│ ", "… ", "✗"};
constexpr Glyphs k_ascii = {"|- ", "`- ", "|. ", "`. ", "|  ", ".. ", "x"};
constexpr Glyphs k_narrow_ascii = {"|-", "`-", "|.", "`.", "| ", "..", "x"};

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
        m_style(terminal),
        m_glyphs(glyphs_for(terminal)),
        m_level(display_width(m_glyphs.trunk)),
        m_chosen(choose_rows(drawn, options)),
        m_words(drawn, terminal) {
    lay_out();
  }

  void write() {
    write_header();
    for (std::uint32_t place = 0; place < m_chosen.rows.size(); ++place) {
      const WaterfallRow& row = m_chosen.rows[place];
      if (row.kind != WaterfallRow::Kind::spans) {
        write_remark(row);
        continue;
      }
      write_row(row);
      const bool has_children =
          place + 1 < m_chosen.rows.size() && m_chosen.rows[place + 1].parent == place;
      write_lines_below(row, has_children);
    }
    write_footer();
  }

 private:
  bool has_failed(const WaterfallRow& row) const {
    return row.kind == WaterfallRow::Kind::spans && m_trace.spans[row.span].has_failed();
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
      if (row.kind != WaterfallRow::Kind::spans) {
        continue;
      }
      const std::size_t name =
          display_width(m_words.name(row)) + display_width(m_words.suffix(row));
      longest_name = std::max(longest_name, std::min<std::size_t>(row.depth, 40) * m_level + name);
      longest_service = std::max(longest_service, display_width(m_words.service(row)));
      m_layout.duration = std::max(m_layout.duration, format_duration(row.duration).size());
      if (m_layout.self > 0) {
        m_layout.self = std::max(m_layout.self, format_duration(row.self).size());
      }
      m_layout.mark |= has_failed(row) ? 2U : 0U;
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
    const std::size_t left = width > taken ? width - taken : 1;
    if (width < k_bar_from) {
      m_layout.name = left;
      return;
    }
    m_layout.name = std::clamp(width * 45 / 100, std::min(k_least_name, left), left);
    m_layout.name = std::min(m_layout.name, longest_name);
    const std::size_t least_bar = std::max(k_least_bar, width / 4);
    if (left < m_layout.name + k_gap + least_bar) {
      m_layout.name = left > k_gap + least_bar + k_least_name ? left - k_gap - least_bar
                                                              : std::min(k_least_name, left);
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

  std::string_view branch_to(const WaterfallRow& row) const {
    if (row.depth == 0) {
      return {};
    }
    const std::uint32_t parent =
        row.kind == WaterfallRow::Kind::spans ? m_drawn.tree.parent[row.span] : trace::k_no_span;
    if (parent != trace::k_no_span && !trace::waits_for(m_trace, parent, row.span)) {
      return row.is_last ? m_glyphs.last_async_branch : m_glyphs.async_branch;
    }
    return row.is_last ? m_glyphs.last_branch : m_glyphs.branch;
  }

  // The lines of the tree before what belongs to this row; `own` is the innermost of them.
  std::string gutter(const WaterfallRow& row, std::string_view own) const {
    const std::size_t shown = levels(row.depth);
    std::vector<std::string_view> parts;
    const WaterfallRow* at = &row;
    for (std::size_t level = 0; level < shown; ++level, at = &m_chosen.rows[at->parent]) {
      parts.push_back(level > 0 || own.empty() ? (at->is_last ? std::string_view() : m_glyphs.trunk)
                                               : own);
    }
    if (shown < row.depth && !parts.empty()) {
      parts.back() = m_glyphs.elision;
    }
    std::string text;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
      text += pad_right(*part, m_level);
    }
    return text;
  }

  std::string name_cell(const WaterfallRow& row) {
    const std::string before = gutter(row, branch_to(row));
    const std::size_t room = m_layout.name - std::min(m_layout.name, display_width(before));
    std::string suffix = m_words.suffix(row);
    std::string name = m_words.name(row);
    const std::size_t kept = display_width(suffix) + k_least_part;
    if (room >= kept) {
      name = shorten(name, room - display_width(suffix), m_terminal.unicode);
    } else {
      name = shorten(name + suffix, room, m_terminal.unicode);
      suffix.clear();
    }
    const std::size_t used = display_width(name) + display_width(suffix);
    const std::string padding(room - std::min(room, used), ' ');
    return m_style.dim(before) +
           (has_failed(row)   ? m_style.bold_red(name)
            : row.is_critical ? m_style.bold(name)
                              : name) +
           (row.hidden_failed > 0 ? m_style.red(suffix) : m_style.dim(suffix)) + padding;
  }

  // Where the spans of this row were at work.
  Bar bar_of(const WaterfallRow& row) {
    m_intervals.clear();
    for (const std::uint32_t span : m_chosen.spans(row)) {
      m_intervals.push_back({m_drawn.tree.start[span], m_drawn.tree.end[span]});
    }
    return draw_bar(m_scale, m_intervals);
  }

  std::string service_cell(const WaterfallRow& row) {
    return m_style.service(
               m_words.raw_service(row),
               terminal::fit(m_words.service(row), m_layout.service, m_terminal.unicode)) +
           std::string(k_gap, ' ');
  }

  void write_row(const WaterfallRow& row) {
    std::string line = m_layout.service > 0 ? service_cell(row) : "";
    line += name_cell(row);
    if (m_layout.mark > 0) {
      line += has_failed(row) ? " " + m_style.red(m_glyphs.failed) : "  ";
    }
    if (m_layout.bar > 0) {
      const Bar bar = bar_of(row);
      line += std::string(k_gap, ' ') + bar.before;
      line += has_failed(row) ? m_style.red(bar.bar)
                              : m_style.service(m_words.raw_service(row), bar.bar);
      line += bar.after;
    }
    line += std::string(k_gap, ' ') + pad_left(format_duration(row.duration), m_layout.duration);
    if (m_layout.self > 0) {
      line += std::string(k_gap, ' ') + pad_left(format_duration(row.self), m_layout.self);
    }
    line += row.is_critical ? " " + m_style.yellow("*") : "";
    m_out << line << '\n';
  }

  std::string before_name() const {
    return std::string(m_layout.service > 0 ? m_layout.service + k_gap : 0, ' ');
  }

  std::size_t room_after(std::string_view before) const {
    const std::size_t used = display_width(before);
    return m_terminal.width > used ? m_terminal.width - used : 0;
  }

  // A line that is no span has nothing but its text.
  void write_remark(const WaterfallRow& row) {
    const std::string before = before_name() + gutter(row, branch_to(row));
    const std::string text =
        shorten(m_words.name(row) + m_words.suffix(row), room_after(before), m_terminal.unicode);
    m_out << m_style.dim(before)
          << (row.hidden_failed > 0 ? m_style.red(text) : m_style.yellow(text)) << '\n';
  }

  void write_lines_below(const WaterfallRow& row, bool has_children) {
    const auto lines = lines_below(m_drawn, row.span, m_options, m_terminal);
    if (lines.empty()) {
      return;
    }
    std::string before = before_name() + gutter(row, "");
    before += pad_right(has_children ? m_glyphs.trunk : "", m_level);
    for (const LineBelow& line : lines) {
      const std::string text = shorten(line.text, room_after(before), m_terminal.unicode);
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
    } else if (m_options.only_errors && m_chosen.rows.empty()) {
      text += ": none failed";
    }
    text += m_chosen.is_folded ? "; --all shows all" : "";
    m_out << m_style.dim(shorten(text, m_terminal.width, m_terminal.unicode)) << '\n';
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
  WaterfallWords m_words;
  Layout m_layout;
  TimeScale m_scale;
  std::vector<Interval> m_intervals;
};

}  // namespace

void write_waterfall(std::ostream& out, const TraceDetail& detail, const WaterfallOptions& options,
                     std::optional<Time> now, const terminal::Terminal& terminal) {
  const trace::Analysis drawn(detail.trace);
  write_waterfall_head(out, detail, drawn, now, terminal);
  Waterfall(out, drawn, options, terminal).write();
}

}  // namespace otelctl::report
