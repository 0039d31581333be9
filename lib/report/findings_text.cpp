// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "base/text.hpp"
#include "config/excerpt.hpp"
#include "config/finding.hpp"
#include "report/findings.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

using config::Severity;
using terminal::display_width;

// A line of the file as it can be shown: tabs as spaces, the rest escaped.
std::string printable(std::string_view text) {
  std::string spaced;
  for (const char c : text) {
    if (c == '\t') {
      spaced += "    ";
    } else {
      spaced += c;
    }
  }
  return escape_for_terminal(spaced);
}

// As many characters from the front as fit into the columns.
std::string_view head(std::string_view text, std::size_t columns) {
  std::size_t length = 0;
  std::size_t width = 0;
  while (length < text.size()) {
    const std::size_t next = first_code_point(text.substr(length)).length;
    width += display_width(text.substr(length, next));
    if (width > columns) {
      break;
    }
    length += next;
  }
  return text.substr(0, length);
}

// What is left when characters are taken from the front until the rest fits.
std::string_view tail(std::string_view text, std::size_t columns) {
  while (!text.empty() && display_width(text) > columns) {
    text.remove_prefix(first_code_point(text).length);
  }
  return text;
}

class TextWriter {
 public:
  TextWriter(std::ostream& out, const FindingsOptions& options)
      : m_out(out), m_options(options), m_style(options.terminal.colour) {}

  void write(const config::FileReport& file, const config::Finding& finding) {
    const std::string head_word =
        fmt::format("{}[{}]", config::name_of(finding.severity), finding.code);
    std::string place = escape_for_terminal(file.name);
    if (finding.has_place) {
      place += fmt::format(":{}:{}", finding.line, finding.column);
    }
    m_out << m_style.bold(place + ":") << ' ' << paint(finding.severity, head_word) << ": "
          << escape_for_terminal(finding.message) << '\n';
    std::string margin = " ";
    if (finding.has_place) {
      const std::vector<Mark> marks = marks_of(file, finding);
      margin = std::string(std::to_string(marks.back().excerpt.line).size() + 1, ' ');
      write_marks(marks, margin);
    }
    write_note(margin, "path", finding.place.path);
    write_note(margin, "help", finding.help);
    write_note(margin, "note",
               fmt::format(
                   "see otelctl config explain {}{}", finding.code,
                   can_fix(finding) ? fmt::format("; fixable with {}", m_options.fix_option) : ""));
    m_out << '\n';
  }

  void write_rest(const config::FileReport& file, std::size_t rest) {
    m_out << fmt::format("{}: {} more", escape_for_terminal(file.name), counted(rest, "finding"))
          << (m_options.more_option.empty() ? "" : fmt::format(" ({})", m_options.more_option))
          << "\n\n";
  }

  void write_summary(const Findings& files) {
    std::string counts;
    for (const Severity severity : {Severity::error, Severity::warning, Severity::info}) {
      const std::size_t number = count(files, severity);
      if (number > 0) {
        counts += counts.empty() ? "" : ", ";
        counts += paint(severity, counted(number, config::name_of(severity)));
      }
    }
    const std::size_t fixable = m_options.fix_option.empty() ? 0 : count_fixable(files);
    if (fixable > 0) {
      counts += fmt::format(" ({} fixable with {})", fixable, m_options.fix_option);
    }
    m_out << (counts.empty() ? m_style.green("no findings") : counts) << " in "
          << counted(files.size(), "file") << '\n';
  }

 private:
  bool can_fix(const config::Finding& finding) const {
    return finding.fixable() && !m_options.fix_option.empty();
  }

  std::string paint(Severity severity, std::string_view text) const {
    switch (severity) {
      case Severity::error:
        return m_style.bold_red(text);
      case Severity::warning:
        return m_style.yellow(text);
      case Severity::info:
        break;
    }
    return m_style.cyan(text);
  }

  void write_note(std::string_view margin, std::string_view name, std::string_view text) {
    if (!text.empty()) {
      m_out << margin << m_style.cyan("=") << ' ' << m_style.bold(fmt::format("{}:", name)) << ' '
            << escape_for_terminal(text) << '\n';
    }
  }

  // What is marked in one line of the file.
  struct Mark {
    config::Excerpt excerpt;
    Severity severity;
    std::string_view label;  // empty for the place of the finding itself
  };

  // In the order of the file, so that the last has the longest line number.
  static std::vector<Mark> marks_of(const config::FileReport& file,
                                    const config::Finding& finding) {
    std::vector<Mark> marks{{config::excerpt_of(file, finding.place), finding.severity, {}}};
    for (const config::Related& related : finding.related) {
      marks.push_back({config::excerpt_of(file, related.place), finding.severity, related.label});
    }
    std::stable_sort(marks.begin(), marks.end(), [](const Mark& left, const Mark& right) {
      return left.excerpt.line < right.excerpt.line;
    });
    return marks;
  }

  void write_marks(const std::vector<Mark>& marks, const std::string& margin) {
    m_out << margin << m_style.cyan("|") << '\n';
    const config::Excerpt* previous = nullptr;
    for (const Mark& mark : marks) {
      if (previous != nullptr && mark.excerpt.line > previous->line + 1) {
        m_out << m_style.cyan("...") << '\n';
      }
      write_excerpt(mark, margin);
      previous = &mark.excerpt;
    }
  }

  void write_excerpt(const Mark& mark, const std::string& margin) {
    const config::Excerpt& excerpt = mark.excerpt;
    constexpr std::size_t k_narrowest = 40;
    const std::string_view dots = m_options.terminal.unicode ? "\xE2\x80\xA6" : "...";
    const std::size_t columns =
        std::max(k_narrowest,
                 m_options.terminal.width - std::min(m_options.terminal.width, margin.size() + 2));
    std::string before = printable(excerpt.before);
    // A caret is worth more than what stands far in front of it.
    const std::size_t most_before = columns * 2 / 3;
    if (display_width(before) > most_before) {
      before = fmt::format("{}{}", dots, tail(before, most_before - display_width(dots)));
    }
    const std::size_t indent = display_width(before);
    std::string rest = printable(excerpt.marked);
    const std::size_t marked = std::clamp<std::size_t>(display_width(rest), 1, columns - indent);
    rest += printable(excerpt.after);
    if (indent + display_width(rest) > columns) {
      rest = fmt::format("{}{}", head(rest, columns - indent - display_width(dots)), dots);
    }
    const std::string bar = m_style.cyan("|");
    const std::string number = terminal::pad_left(std::to_string(excerpt.line), margin.size() - 1);
    m_out << m_style.cyan(number) << ' ' << bar << ' ' << before << rest << '\n'
          << margin << bar << ' ' << std::string(indent, ' ');
    if (mark.label.empty()) {
      m_out << paint(mark.severity, std::string(marked, '^')) << '\n';
    } else {
      m_out << m_style.cyan(std::string(marked, '-')) << ' ' << m_style.cyan(mark.label) << '\n';
    }
  }

  std::ostream& m_out;
  const FindingsOptions& m_options;
  terminal::Style m_style;
};

}  // namespace

void write_findings_text(std::ostream& out, const Findings& files, const FindingsOptions& options) {
  TextWriter writer(out, options);
  for (const config::FileReport& file : files) {
    const std::size_t shown = std::min(file.findings.size(), options.max_findings);
    for (std::size_t index = 0; index < shown; ++index) {
      writer.write(file, file.findings[index]);
    }
    if (shown < file.findings.size()) {
      writer.write_rest(file, file.findings.size() - shown);
    }
  }
  writer.write_summary(files);
}

}  // namespace otelctl::report
