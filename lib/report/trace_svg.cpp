// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/junit_text.hpp"
#include "report/picture_text.hpp"
#include "report/pictures.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_warnings.hpp"
#include "report/waterfall_rows.hpp"
#include "terminal/width.hpp"
#include "trace/summary.hpp"

namespace otelctl::report {
namespace {

// In pixels; the picture scales as a whole.
constexpr double k_width = 1000;
constexpr double k_margin = 20;
constexpr double k_bars_left = 410;
constexpr double k_bars_right = 905;
constexpr double k_row = 24;
constexpr double k_bar = 12;
constexpr double k_level = 14;
// Deeper rows stand below each other.
constexpr std::uint32_t k_deepest = 12;
// What a column of text takes at 12 pixels: fonts differ, so a little more than most need.
constexpr double k_column = 6.8;
constexpr double k_title_column = 10.5;
constexpr std::size_t k_longest_text = 300;

// Light by itself, dark where the reader's system is: pictures in pages may ask for it, too.
constexpr std::string_view k_style = R"(
  .card { fill: #ffffff; stroke: #d0d7de }
  text { font: 12px system-ui, -apple-system, "Segoe UI", Helvetica, Arial, sans-serif; fill: #1f2328 }
  .title { font-size: 16px; font-weight: 600 }
  .muted { fill: #656d76 }
  .number { font-variant-numeric: tabular-nums; text-anchor: end }
  .bad { fill: #cf222e }
  .warn { fill: #9a6700 }
  .grid { stroke: #d0d7de; stroke-dasharray: 2 3 }
  .line { stroke: #afb8c1; fill: none }
  .stripe { fill: #818b98; fill-opacity: 0.07 }
  .failed { stroke: #cf222e; stroke-width: 2 }
  .critical { fill: #1f2328 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #30363d }
    text { fill: #e6edf3 }
    .muted { fill: #8d96a0 }
    .bad { fill: #ff7b72 }
    .warn { fill: #d29922 }
    .grid { stroke: #30363d }
    .line { stroke: #484f58 }
    .failed { stroke: #ff7b72 }
    .critical { fill: #ffffff }
  }
)";

double columns_of(std::string_view text) {
  return static_cast<double>(terminal::display_width(text));
}

std::size_t columns_in(double pixels) {
  return pixels <= 0 ? 0 : static_cast<std::size_t>(pixels / k_column);
}

class SvgWaterfall {
 public:
  SvgWaterfall(std::ostream& out, const TraceDetail& detail)
      : m_out(out),
        m_trace(detail.trace),
        m_drawn(detail.trace),
        m_summary(trace::summarize(m_trace, m_drawn.tree)),
        m_warnings(trace_warnings(m_trace, m_drawn.tree)) {
    WaterfallOptions options;
    options.max_spans = k_most_svg_rows;
    m_chosen = choose_span_rows(m_drawn, options);
    note_services();
    m_start = m_drawn.tree.trace_start();
    m_whole = m_drawn.tree.trace_end() - m_start;
  }

  void write() {
    const double legend_top = 66 + 18 * static_cast<double>(m_warnings.size());
    m_axis = legend_top + 20 * static_cast<double>(place_legend(legend_top)) + 14;
    m_rows = m_axis + 8;
    const double bottom = m_rows + k_row * static_cast<double>(m_chosen.rows.size());
    write_frame(bottom + (m_chosen.hidden > 0 ? 38 : 16));
    write_head();
    write_legend();
    write_axis(bottom);
    for (std::size_t place = 0; place < m_chosen.rows.size(); ++place) {
      write_row(place);
    }
    if (m_chosen.hidden > 0) {
      write_text(k_margin, bottom + 22, "muted", hidden_text());
    }
    m_out << "</svg>\n";
  }

 private:
  struct LegendEntry {
    std::string_view colour;
    std::string name;
    double x = 0;
    double y = 0;
  };

  std::string_view service_of(const WaterfallRow& row) const {
    return m_trace.service(m_trace.spans[row.span]);
  }

  void note_services() {
    std::vector<std::string_view> seen;
    for (const WaterfallRow& row : m_chosen.rows) {
      const std::string_view service = service_of(row);
      const std::string_view colour = m_colours.of(service);
      // So many services, and the colours come again anyway.
      constexpr std::size_t k_most_entries = 24;
      if (seen.size() < k_most_entries &&
          std::find(seen.begin(), seen.end(), service) == seen.end()) {
        seen.push_back(service);
        m_legend.push_back({colour, picture_service(service, 40)});
      }
    }
  }

  // Entries one after the other, as many in a line as fit; how many lines.
  std::size_t place_legend(double top) {
    double x = k_margin;
    std::size_t lines = 1;
    // The last ones say what stripes and crosses mean.
    constexpr double k_signs = 210;
    for (LegendEntry& entry : m_legend) {
      const double length = 24 + columns_of(entry.name) * k_column;
      if (x + length > k_width - k_margin - (lines == 1 ? k_signs : 0) && x > k_margin) {
        x = k_margin;
        ++lines;
      }
      entry.x = x;
      entry.y = top + 20 * static_cast<double>(lines - 1);
      x += length + 6;
    }
    return lines;
  }

  void write_text(double x, double y, std::string_view style, std::string_view text) {
    m_out << fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"{}\">{}</text>\n", x, y, style,
                         escape_xml(text));
  }

  void write_frame(double height) {
    const std::string name =
        escape_xml(picture_service(m_summary.root_service, 80) + ": " +
                   picture_name(m_summary.root_name, 80) + ", trace " + to_hex(m_summary.id));
    m_out << fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
        "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n<title>{2}</title>\n"
        "<style>{3}</style>\n",
        k_width, height, name, k_style);
    m_out << fmt::format(
        "<rect class=\"card\" x=\"0.5\" y=\"0.5\" width=\"{:.0f}\" height=\"{:.0f}\" rx=\"8\"/>\n",
        k_width - 1, height - 1);
    m_out << fmt::format(
        "<clipPath id=\"otelctl-names\"><rect x=\"0\" y=\"0\" width=\"{:.0f}\" "
        "height=\"{:.0f}\"/></clipPath>\n",
        k_bars_left - 6, height);
  }

  void write_head() {
    const std::string root = picture_service(m_summary.root_service, 40) + ": " +
                             picture_name(m_summary.root_name, k_longest_text);
    const auto most = static_cast<std::size_t>((k_width - 2 * k_margin) / k_title_column);
    write_text(k_margin, 30, "title", terminal::shorten(root, most));
    write_text(k_margin, 50, "muted",
               fmt::format("{} · {} · {} · {} · {} · trace {}", format_duration(m_summary.duration),
                           counted(m_summary.span_count, "span"),
                           counted(m_summary.services.size(), "service"),
                           counted(m_summary.error_count, "error"),
                           format_rfc3339(m_summary.start, 3), to_hex(m_summary.id)));
    double y = 68;
    for (const std::string& warning : m_warnings) {
      const std::string text = picture_text(warning, k_longest_text);
      write_text(k_margin, y, "warn",
                 "⚠ " + terminal::shorten(text, columns_in(k_width - 2 * k_margin) - 2));
      y += 18;
    }
  }

  void write_legend() {
    for (const LegendEntry& entry : m_legend) {
      m_out << fmt::format(
          "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"10\" height=\"10\" rx=\"2\" fill=\"{}\"/>\n",
          entry.x, entry.y, entry.colour);
      write_text(entry.x + 15, entry.y + 9.5, "muted", entry.name);
    }
    if (m_legend.empty()) {
      return;
    }
    const double y = m_legend.front().y;
    const double x = k_width - k_margin - 190;
    m_out << fmt::format(
        "<rect class=\"stripe\" x=\"{0:.1f}\" y=\"{1:.1f}\" width=\"22\" height=\"10\"/>"
        "<rect class=\"critical\" x=\"{0:.1f}\" y=\"{2:.1f}\" width=\"22\" height=\"3\"/>\n",
        x, y, y + 7);
    write_text(x + 28, y + 9.5, "muted", "critical path");
    write_text(x + 132, y + 9.5, "bad", "✗");
    write_text(x + 147, y + 9.5, "muted", "failed");
  }

  // Where a moment lies; between the ends of the trace, whatever clocks said.
  double x_of(Time time) const {
    const auto whole = static_cast<double>(m_whole.count());
    const double part = whole <= 0 ? 0 : static_cast<double>((time - m_start).count()) / whole;
    return k_bars_left + std::clamp(part, 0.0, 1.0) * (k_bars_right - k_bars_left);
  }

  void write_axis(double bottom) {
    constexpr int k_parts = 4;
    for (int part = 0; part <= k_parts; ++part) {
      const double x = k_bars_left + (k_bars_right - k_bars_left) * part / k_parts;
      m_out << fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>\n", x,
          m_axis + 4, bottom);
      const std::string label = part == 0         ? "0"
                                : part == k_parts ? format_duration(m_whole)
                                                  : format_duration(m_whole / k_parts * part);
      m_out << fmt::format(
          "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"muted\" text-anchor=\"{}\">{}</text>\n", x,
          m_axis,
          part == 0         ? "start"
          : part == k_parts ? "end"
                            : "middle",
          label);
    }
  }

  static double level_x(const WaterfallRow& row) {
    return k_margin + 4 + k_level * std::min(row.depth, k_deepest);
  }

  void write_row(std::size_t place) {
    const WaterfallRow& row = m_chosen.rows[place];
    const double top = m_rows + k_row * static_cast<double>(place);
    m_out << "<g><title>" << escape_xml(tooltip(row)) << "</title>\n";
    m_out << fmt::format("<rect x=\"8\" y=\"{:.1f}\" width=\"{:.0f}\" height=\"{:.0f}\" {}/>\n",
                         top, k_width - 16, k_row,
                         place % 2 == 0 ? "class=\"stripe\"" : "fill-opacity=\"0\"");
    write_branch(row, top);
    write_label(row, top);
    write_bar(row, top);
    m_out << fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"number\">{}</text>\n</g>\n",
                         k_width - k_margin, top + 16.5, format_duration(row.duration));
  }

  // From the parent's dot down and to this one.
  void write_branch(const WaterfallRow& row, double top) {
    if (row.parent == k_no_row) {
      return;
    }
    const double x = level_x(row);
    const double parent_x = level_x(m_chosen.rows[row.parent]);
    if (parent_x >= x) {
      return;
    }
    const double from = m_rows + k_row * static_cast<double>(row.parent) + k_row / 2;
    m_out << fmt::format("<path class=\"line\" d=\"M{:.1f} {:.1f}V{:.1f}H{:.1f}\"/>\n", parent_x,
                         from + 4, top + k_row / 2, x - 4);
  }

  void write_label(const WaterfallRow& row, double top) {
    const trace::Span& span = m_trace.spans[row.span];
    const double x = level_x(row);
    const std::string suffix = (row.count > 1 ? fmt::format(" ×{}", row.count) : "") +
                               (row.hidden > 0 ? fmt::format(" (+{})", row.hidden) : "");
    const std::string sign = span.has_failed() ? "✗ " : "";
    const std::size_t room = columns_in(k_bars_left - 10 - x - 10);
    const std::size_t taken = terminal::display_width(suffix) + terminal::display_width(sign);
    const std::size_t name_room = room > taken ? room - taken : 1;
    const std::string name =
        terminal::shorten(picture_name(m_trace.text(span.name), k_longest_text), name_room);
    const std::size_t used = taken + terminal::display_width(name) + 2;
    // Some letters of the service say more than none.
    constexpr std::size_t k_least_service = 6;
    const std::string service = picture_service(service_of(row), k_longest_text);
    const std::string shown_service =
        room >= used + std::min(k_least_service, terminal::display_width(service))
            ? terminal::shorten(service, room - used)
            : "";
    m_out << fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"4.5\" fill=\"{}\"/>\n", x,
                         top + k_row / 2, m_colours.of(service_of(row)));
    m_out << fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" clip-path=\"url(#otelctl-names)\">",
                         x + 10, top + 16.5);
    m_out << (sign.empty() ? "" : "<tspan class=\"bad\">✗</tspan> ") << escape_xml(name) << suffix;
    if (!shown_service.empty()) {
      m_out << "<tspan class=\"muted\" dx=\"9\">" << escape_xml(shown_service) << "</tspan>";
    }
    m_out << "</text>\n";
  }

  void write_bar(const WaterfallRow& row, double top) {
    const bool has_failed = m_trace.spans[row.span].has_failed();
    const double from = std::min(x_of(row.start), k_bars_right - 2);
    const double length = std::max(x_of(row.end) - from, 2.0);
    const double y = top + (k_row - k_bar) / 2;
    m_out << fmt::format(
        "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.0f}\" rx=\"2\" "
        "fill=\"{}\"{}/>\n",
        from, y, length, k_bar, m_colours.of(service_of(row)),
        has_failed ? " class=\"failed\"" : "");
    if (row.is_critical) {
      m_out << fmt::format(
          "<rect class=\"critical\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"3\"/>\n",
          from, y + k_bar - 3, length);
    }
    if (has_failed) {
      write_reason(row, from, from + length, top + 16.5);
    }
  }

  // Why it failed, beside the bar where there is more room.
  void write_reason(const WaterfallRow& row, double from, double to, double y) {
    if (m_trace.text(m_trace.spans[row.span].status_message).empty()) {
      return;
    }
    const std::string message =
        "✗ " + picture_text(m_trace.text(m_trace.spans[row.span].status_message), k_longest_text);
    const double right = k_bars_right - to - 8;
    const double left = from - k_bars_left - 8;
    const std::size_t room = columns_in(std::max(left, right));
    // Less says nothing.
    constexpr std::size_t k_least = 8;
    if (room < std::min(terminal::display_width(message), k_least)) {
      return;
    }
    const bool is_right = right >= left;
    m_out << fmt::format(
        "<text x=\"{:.1f}\" y=\"{:.1f}\" class=\"bad\" text-anchor=\"{}\">{}</text>\n",
        is_right ? to + 7 : from - 7, y, is_right ? "start" : "end",
        escape_xml(trim(terminal::shorten(message, room))));
  }

  std::string tooltip(const WaterfallRow& row) const {
    const trace::Span& span = m_trace.spans[row.span];
    std::string text = fmt::format(
        "{}: {}\n{}{}, {} in itself, at +{}{}", picture_service(service_of(row), k_longest_text),
        picture_name(m_trace.text(span.name), k_longest_text),
        row.count > 1 ? fmt::format("{} times, longest {}, together ", row.count,
                                    format_duration(row.longest))
                      : "",
        format_duration(row.duration), format_duration(row.self),
        format_duration(after_start(row.start, m_start)),
        row.is_critical ? ", on the critical path" : "");
    if (span.has_failed()) {
      text += "\nfailed: " + picture_text(m_trace.text(span.status_message), k_longest_text);
    }
    return text;
  }

  std::string hidden_text() const {
    std::string text = counted(m_chosen.hidden, "span") + " hidden";
    if (m_chosen.hidden_failed > 0) {
      text += fmt::format(", {} of them failed", m_chosen.hidden_failed);
    }
    return text;
  }

  std::ostream& m_out;
  const trace::Trace& m_trace;
  const trace::Analysis m_drawn;
  const trace::Summary m_summary;
  const std::vector<std::string> m_warnings;
  ServiceColours m_colours;
  WaterfallRows m_chosen;
  std::vector<LegendEntry> m_legend;
  Time m_start;
  nanoseconds m_whole{0};
  double m_axis = 0;
  double m_rows = 0;
};

}  // namespace

void write_trace_svg(std::ostream& out, const TraceDetail& detail) {
  SvgWaterfall(out, detail).write();
}

TraceFormat svg_trace_format() {
  return {"svg", write_trace_svg};
}

}  // namespace otelctl::report
