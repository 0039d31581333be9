// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "report/junit_text.hpp"
#include "report/probe.hpp"

namespace otelctl::report {
namespace {

using probe::Stage;
using probe::StageStatus;

bool fails(const Stage& stage, bool warnings_fail) {
  return stage.status == StageStatus::fail || (warnings_fail && stage.status == StageStatus::warn);
}

// Jenkins' xUnit plugin refuses more digits than these (SUREFIRE_TIME in its schema).
std::string seconds(nanoseconds duration) {
  return fmt::format("{:.3f}", std::chrono::duration<double>(duration).count());
}

std::string details(const Stage& stage) {
  std::string text = stage_title(stage) + ": " + stage.message;
  for (const std::string& line : stage.details) {
    text += '\n' + line;
  }
  if (!stage.hint.empty()) {
    text += "\nhint: " + stage.hint;
  }
  return text;
}

// A report keeps the kind of its first failure, which others may share; of the rest the status is
// all that is known.
std::string_view failure_type(const Stage& stage, const probe::ProbeReport& report) {
  const bool is_reported =
      stage.status == StageStatus::fail && report.error && report.error->message == stage.message;
  return is_reported ? name_of(report.error->kind) : name_of(stage.status);
}

void write_outcome(std::ostream& out, const Stage& stage, const probe::ProbeReport& report,
                   bool warnings_fail) {
  if (fails(stage, warnings_fail)) {
    out << fmt::format("      <failure type=\"{}\" message=\"{}\">{}</failure>\n",
                       failure_type(stage, report), escape_xml(stage.message),
                       escape_xml(details(stage)));
  } else if (stage.status == StageStatus::warn) {
    out << fmt::format("      <system-out>{}</system-out>\n", escape_xml(details(stage)));
  } else if (stage.status == StageStatus::skip && stage.message.empty()) {
    out << "      <skipped/>\n";
  } else if (stage.status == StageStatus::skip) {
    out << fmt::format("      <skipped>{}</skipped>\n", escape_xml(stage.message));
  }
}

}  // namespace

void write_probe_junit(std::ostream& out, const probe::ProbeReport& report, bool warnings_fail) {
  std::size_t failures = 0;
  std::size_t skipped = 0;
  nanoseconds time{};
  for (const Stage& stage : report.stages) {
    failures += fails(stage, warnings_fail) ? 1U : 0U;
    skipped += stage.status == StageStatus::skip ? 1U : 0U;
    time += stage.duration;
  }
  const std::string target = escape_xml(report.endpoint);
  const std::string counts =
      fmt::format(R"(tests="{}" failures="{}" errors="0")", report.stages.size(), failures);
  out << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      << fmt::format("<testsuites name=\"otelctl {}\" {} time=\"{}\">\n", report.command, counts,
                     seconds(time))
      << fmt::format("  <testsuite name=\"otelctl {} {}\" {} skipped=\"{}\" time=\"{}\">\n",
                     report.command, target, counts, skipped, seconds(time));
  TestNames names;
  for (const Stage& stage : report.stages) {
    out << fmt::format(R"(    <testcase classname="{}" name="{}" time="{}")", target,
                       escape_xml(names.unique(stage_title(stage))), seconds(stage.duration));
    if (stage.status == StageStatus::ok) {
      out << "/>\n";
      continue;
    }
    out << ">\n";
    write_outcome(out, stage, report, warnings_fail);
    out << "    </testcase>\n";
  }
  out << "  </testsuite>\n</testsuites>\n";
}

}  // namespace otelctl::report
