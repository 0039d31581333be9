// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "report/github_text.hpp"
#include "report/probe.hpp"

namespace otelctl::report {
namespace {

using probe::Stage;
using probe::StageStatus;

void write_annotation(std::ostream& out, std::string_view severity, const Stage& stage,
                      std::string_view command) {
  std::string text = stage.message;
  for (const std::string& line : stage.details) {
    text += '\n' + line;
  }
  if (!stage.hint.empty()) {
    text += "\nhint: " + stage.hint;
  }
  out << fmt::format(
      "::{} title={}::{}\n", severity,
      escape_github_property(fmt::format("otelctl {} ({})", command, stage_title(stage))),
      escape_github_message(text));
}

// Stays below what GitHub shows: three signals with a way each fail three times and warn six times.
void write_stages(std::ostream& out, const probe::ProbeReport& report, StageStatus status,
                  std::string_view severity) {
  for (const Stage& stage : report.stages) {
    if (stage.status == status) {
      write_annotation(out, severity, stage, report.command);
    }
  }
}

}  // namespace

void write_probe_github(std::ostream& out, const probe::ProbeReport& report) {
  write_stages(out, report, StageStatus::fail, "error");
  write_stages(out, report, StageStatus::warn, "warning");
}

}  // namespace otelctl::report
