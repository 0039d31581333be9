// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <type_traits>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "report/probe.hpp"
#include "terminal/style.hpp"
#include "terminal/width.hpp"

namespace otelctl::report {
namespace {

using probe::StageStatus;

// "export" and "verify" are the longest names of a usual ladder, "999ms" and "12.3ms" the longest
// usual times.
constexpr std::size_t k_least_name_width = 7;
constexpr std::size_t k_status_width = 5;
constexpr std::size_t k_time_width = 7;

// Which signal an export was of; nothing where that does not matter.
const std::string* signal_of(const probe::Stage& stage) {
  const bool is_export =
      stage.name == "export" && !stage.facts.empty() && stage.facts.front().name == "signal";
  return is_export ? std::get_if<std::string>(&stage.facts.front().value) : nullptr;
}

class ProbeText {
 public:
  ProbeText(std::ostream& out, const probe::ProbeReport& report, const terminal::Terminal& terminal)
      : m_out(out), m_style(terminal.colour), m_terminal(terminal) {
    for (const probe::Stage& stage : report.stages) {
      m_name_width = std::max(m_name_width, stage.name.size() + 1);
    }
    m_indent = m_name_width + k_status_width + k_time_width + 2;
  }

  void settings(const probe::ProbeReport& report) {
    std::size_t width = 0;
    for (const auto& setting : report.settings) {
      width = std::max(width, terminal::display_width(setting.name));
    }
    for (const auto& setting : report.settings) {
      std::string origin = setting.origin;
      if (!setting.shadowed.empty()) {
        origin += ", before " + join(setting.shadowed, ", ");
      }
      m_out << terminal::pad_right(setting.name, width + 2) << setting.value << "  "
            << m_style.dim("(" + origin + ")") << '\n';
    }
    m_out << '\n';
  }

  void stage(const probe::Stage& stage, bool with_facts) {
    const bool is_timed = stage.status != StageStatus::skip && stage.duration > nanoseconds::zero();
    const std::string time = is_timed ? format_duration(stage.duration) : "";
    const std::string message = message_of(stage);
    m_out << terminal::pad_right(stage.name, m_name_width);
    if (message.empty() && time.empty()) {
      m_out << painted(stage.status, word(stage.status)) << '\n';
      return;
    }
    m_out << painted(stage.status, terminal::pad_right(word(stage.status), k_status_width))
          << m_style.dim(terminal::pad_left(time, k_time_width)) << "  "
          << folded(message, m_indent) << '\n';
    for (const std::string& line : stage.details) {
      aside(line);
    }
    if (stage.status == StageStatus::warn && !stage.hint.empty()) {
      aside("hint: " + stage.hint);
    }
    if (with_facts) {
      for (const probe::Fact& fact : stage.facts) {
        if (text_of(fact).empty()) {
          continue;
        }
        aside(fact.name + ": " + escape_for_terminal(text_of(fact)));
      }
    }
  }

  void aside(const std::string& text) {
    m_out << std::string(m_indent, ' ') << m_style.dim(folded(text, m_indent)) << '\n';
  }

  void verdict(const probe::ProbeReport& report) {
    if (!report.error) {
      m_out << (report.has_warnings() ? m_style.yellow("ok, with warnings") : m_style.green("ok"))
            << ": " << probe_verdict(report) << '\n';
      return;
    }
    m_out << m_style.bold_red(failure_word(report)) << ": "
          << folded(report.error->message + tries(report), 0) << '\n';
    if (!report.error->hint.empty()) {
      m_out << m_style.bold("hint:") << ' ' << folded(report.error->hint, 6) << '\n';
    }
  }

 private:
  static std::string_view word(StageStatus status) {
    return status == StageStatus::fail ? "FAIL" : name_of(status);
  }

  static std::string tries(const probe::ProbeReport& report) {
    return report.attempts == 1 ? ""
                                : fmt::format(" (tried {} times in {})", report.attempts,
                                              format_duration(report.waited));
  }

  static std::string_view failure_word(const probe::ProbeReport& report) {
    switch (report.error->kind) {
      case ErrorKind::unreachable:
        return "not reachable";
      case ErrorKind::refused:
        return "refused";
      case ErrorKind::not_understood:
        return "not understood";
      case ErrorKind::not_seen:
        return "not seen";
      case ErrorKind::failed:
        return report.failure.empty() ? "rejected" : report.failure;
      default:
        return "cannot be used";
    }
  }

  std::string painted(StageStatus status, std::string_view text) const {
    switch (status) {
      case StageStatus::ok:
        return m_style.green(text);
      case StageStatus::warn:
        return m_style.yellow(text);
      case StageStatus::fail:
        return m_style.bold_red(text);
      case StageStatus::skip:
        return m_style.dim(text);
    }
    return std::string(text);
  }

  // With the signal of an export; nothing else tells several of them apart.
  static std::string message_of(const probe::Stage& stage) {
    const std::string* signal = signal_of(stage);
    const bool names_signal = stage.status == StageStatus::ok || stage.status == StageStatus::warn;
    if (signal == nullptr || names_signal) {
      return stage.message;
    }
    return *signal + (stage.message.empty() ? "" : ": " + stage.message);
  }

  static std::string text_of(const probe::Fact& fact) {
    return std::visit(
        [](const auto& value) -> std::string {
          using Value = std::decay_t<decltype(value)>;
          if constexpr (std::is_same_v<Value, std::vector<std::string>>) {
            return join(value, ", ");
          } else {
            return fmt::format("{}", value);
          }
        },
        fact.value);
  }

  // Lines are broken for a window only: whoever searches a log wants them whole.
  std::string folded(const std::string& text, std::size_t indent) const {
    constexpr std::size_t k_least_width = 40;
    if (!m_terminal.is_terminal || m_terminal.width < indent + k_least_width) {
      return text;
    }
    const std::string lines = terminal::wrap(text, m_terminal.width, indent);
    const auto start = lines.find_first_not_of(' ');
    return start == std::string::npos ? text : lines.substr(start);
  }

  std::ostream& m_out;
  terminal::Style m_style;
  const terminal::Terminal& m_terminal;
  std::size_t m_name_width = k_least_name_width;
  std::size_t m_indent = 0;
};

}  // namespace

std::string stage_title(const probe::Stage& stage) {
  const std::string* signal = signal_of(stage);
  return signal == nullptr ? stage.name : stage.name + " " + *signal;
}

std::string probe_verdict(const probe::ProbeReport& report) {
  if (report.error) {
    return report.error->message;
  }
  if (!report.verdict.empty()) {
    return report.verdict;
  }
  const bool sent =
      std::any_of(report.stages.begin(), report.stages.end(), [](const probe::Stage& stage) {
        return stage.name == "export" && stage.status != StageStatus::skip;
      });
  if (report.signal == "all" && sent) {
    return "traces, metrics and logs are taken";
  }
  return sent ? escape_for_terminal(report.endpoint) + " takes " + report.signal
              : escape_for_terminal(report.endpoint) + " can be reached; nothing was sent";
}

void write_probe_text(std::ostream& out, const probe::ProbeReport& report, ProbeDetail detail,
                      const terminal::Terminal& terminal) {
  ProbeText text(out, report, terminal);
  if (detail == ProbeDetail::all) {
    text.settings(report);
  }
  if (detail != ProbeDetail::verdict) {
    for (const probe::Stage& stage : report.stages) {
      text.stage(stage, detail == ProbeDetail::all);
      if (stage.name == "config") {
        for (const std::string& note : report.notes) {
          text.aside("note: " + escape_for_terminal(note));
        }
      }
    }
    out << '\n';
  }
  text.verdict(report);
}

}  // namespace otelctl::report
