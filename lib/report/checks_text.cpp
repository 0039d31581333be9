// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "report/checks.hpp"
#include "report/traces.hpp"
#include "report/waterfall.hpp"
#include "terminal/style.hpp"

namespace otelctl::report {
namespace {

using check::Check;
using check::JudgedTrace;
using check::Outcome;

// Enough to see where in the trace the trouble lies.
constexpr std::size_t k_waterfall_spans = 20;
// Traces of `which: all` whose waterfalls are shown.
constexpr std::size_t k_most_waterfalls = 3;

class ChecksText {
 public:
  ChecksText(std::ostream& out, const ChecksView& view, const terminal::Terminal& terminal)
      : m_out(out), m_view(view), m_terminal(terminal), m_style(terminal.colour) {}

  void outcome(const Outcome& outcome) {
    // The verdict says the same.
    if (outcome.traces.empty() && m_view.report.outcomes.size() == 1) {
      return;
    }
    m_out << m_style.bold(escape_for_terminal(expectation_title(outcome)));
    if (outcome.traces.size() == 1) {
      m_out << m_style.dim("  " + about(outcome.traces.front()));
    }
    m_out << '\n';
    for (const JudgedTrace& judged : outcome.traces) {
      if (outcome.traces.size() > 1) {
        m_out << m_style.dim(about(judged)) << '\n';
      }
      for (const Check& check : judged.checks) {
        line(check);
      }
    }
    if (outcome.traces.empty() && outcome.error) {
      m_out << m_style.bold_red("FAIL") << ' ' << escape_for_terminal(outcome.error->message)
            << '\n';
    }
    m_out << '\n';
    waterfalls(outcome);
  }

  void verdict() {
    const auto error = m_view.report.error();
    const std::string words = escape_for_terminal(checks_verdict(m_view.report));
    m_out << (error ? m_style.bold_red(verdict_word(error->kind)) : m_style.green("ok")) << ": "
          << words << '\n';
    if (error && !error->hint.empty()) {
      m_out << m_style.bold("hint:") << ' ' << escape_for_terminal(error->hint) << '\n';
    }
  }

 private:
  static std::string_view verdict_word(ErrorKind kind) {
    switch (kind) {
      case ErrorKind::failed:
        return "FAIL";
      case ErrorKind::not_seen:
        return "not seen";
      case ErrorKind::unreachable:
        return "not reachable";
      case ErrorKind::refused:
        return "refused";
      case ErrorKind::not_understood:
        return "not understood";
      default:
        return "no verdict";
    }
  }

  static std::string about(const JudgedTrace& judged) {
    return fmt::format("trace {}, {}", to_hex(judged.trace.id),
                       counted(judged.trace.spans.size(), "span"));
  }

  void line(const Check& check) {
    const std::string id =
        check.span_id && !check.ok ? fmt::format(" (span {})", to_hex(*check.span_id)) : "";
    m_out << (check.ok ? m_style.green("ok  ") : m_style.bold_red("FAIL")) << ' '
          << fmt::format("{}: expected {}, got {}{}", escape_for_terminal(check.name),
                         escape_for_terminal(check.expected), escape_for_terminal(check.got), id)
          << '\n';
    if (!check.ok && !check.nearest.empty()) {
      for (const std::string_view part : split(check.nearest, '\n')) {
        m_out << "     " << escape_for_terminal(part) << '\n';
      }
    }
  }

  void waterfalls(const Outcome& outcome) {
    std::size_t shown = 0;
    for (const JudgedTrace& judged : outcome.traces) {
      if (judged.ok() || shown == k_most_waterfalls) {
        continue;
      }
      ++shown;
      WaterfallOptions options;
      options.max_spans = k_waterfall_spans;
      const TraceDetail detail{
          m_view.report.backend, {}, judged.trace, m_view.page_of(judged.trace.id)};
      write_waterfall(m_out, detail, options, std::nullopt, m_terminal);
      if (!detail.page.empty()) {
        m_out << escape_for_terminal(detail.page) << '\n';
      }
      m_out << '\n';
    }
  }

  std::ostream& m_out;
  const ChecksView& m_view;
  const terminal::Terminal& m_terminal;
  terminal::Style m_style;
};

}  // namespace

std::string expectation_title(const check::Outcome& outcome) {
  if (!outcome.name.empty()) {
    return outcome.name;
  }
  return outcome.file.empty() ? "trace" : fmt::format("{}:{}", outcome.file, outcome.line);
}

std::string checks_verdict(const check::CheckReport& report) {
  if (const auto error = report.error()) {
    return error->message;
  }
  std::size_t checks = 0;
  for (const Outcome& outcome : report.outcomes) {
    for (const JudgedTrace& judged : outcome.traces) {
      checks += judged.checks.size();
    }
  }
  return counted(checks, "check") + " passed";
}

void write_checks_text(std::ostream& out, const ChecksView& view, ChecksDetail detail,
                       const terminal::Terminal& terminal) {
  ChecksText text(out, view, terminal);
  if (detail != ChecksDetail::verdict) {
    for (const Outcome& outcome : view.report.outcomes) {
      text.outcome(outcome);
    }
  }
  text.verdict();
}

}  // namespace otelctl::report
