// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>

#include <fmt/format.h>

#include "base/text.hpp"
#include "report/checks.hpp"
#include "report/github_text.hpp"

namespace otelctl::report {
namespace {

using check::Check;
using check::JudgedTrace;
using check::Outcome;

class Annotations {
 public:
  explicit Annotations(std::ostream& out) : m_out(out) {}

  // GitHub drops what is beyond its limit without a word: the last place says how many there are.
  void add(const Outcome& outcome, std::uint32_t line, const std::string& message) {
    ++m_count;
    if (m_count >= k_most_annotations) {
      return;
    }
    std::string place;
    if (!outcome.file.empty()) {
      place = fmt::format("file={},line={},", escape_github_property(outcome.file), line);
    }
    m_out << fmt::format(
        "::error {}title={}::{}\n", place,
        escape_github_property("otelctl check-traces: " + expectation_title(outcome)),
        escape_github_message(message));
  }

  void finish() {
    if (m_count >= k_most_annotations) {
      m_out << fmt::format("::error title=otelctl check-traces::{} more\n",
                           m_count - k_most_annotations + 1);
    }
  }

 private:
  std::ostream& m_out;
  std::size_t m_count = 0;
};

}  // namespace

void write_checks_github(std::ostream& out, const ChecksView& view) {
  Annotations annotations(out);
  for (const Outcome& outcome : view.report.outcomes) {
    for (const JudgedTrace& judged : outcome.traces) {
      for (const Check& check : judged.checks) {
        if (check.ok) {
          continue;
        }
        std::string message =
            fmt::format("{}: expected {}, got {}", check.name, check.expected, check.got);
        message += check.nearest.empty() ? "" : "\n" + check.nearest;
        message += "\ntrace " + to_hex(judged.trace.id);
        annotations.add(outcome, check.line, message);
      }
    }
    if (outcome.error && outcome.error->kind != ErrorKind::failed) {
      annotations.add(outcome, outcome.line,
                      outcome.error->message + "\nhint: " + outcome.error->hint);
    }
  }
  annotations.finish();
}

}  // namespace otelctl::report
