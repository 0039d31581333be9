// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>

#include "base/json_writer.hpp"
#include "probe/probe_report.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

enum class ProbeDetail {
  verdict,  // the last lines only
  stages,   // a line a stage, then the verdict
  all,      // also every setting with its origin, and every fact
};

// The ladder that a person reads: stage, ok/warn/FAIL/skip, time, what was found; then the cause
// and what to do about it.
void write_probe_text(std::ostream& out, const probe::ProbeReport& report, ProbeDetail detail,
                      const terminal::Terminal& terminal);

// `otelctl.probe/1`. `exit_code` is what the command will end with.
void write_probe_json(std::ostream& out, const probe::ProbeReport& report, int exit_code);

// Its members from `target` to `stages`, and `result`, for shapes that hold more.
void write_probe_members(JsonWriter& json, const probe::ProbeReport& report);
void write_probe_result(JsonWriter& json, const probe::ProbeReport& report, int exit_code);

// JUnit's XML: a test a stage. A warning is a failure when `warnings_fail`, and output of its test
// otherwise.
void write_probe_junit(std::ostream& out, const probe::ProbeReport& report, bool warnings_fail);

// Annotations of GitHub's workflow commands: errors, then warnings, nothing when all is well.
void write_probe_github(std::ostream& out, const probe::ProbeReport& report);

// What tells a stage from the others: its name, of an export with the signal ("export traces").
std::string stage_title(const probe::Stage& stage);

// The verdict in a clause: the error's message, or what can be sent.
std::string probe_verdict(const probe::ProbeReport& report);

}  // namespace otelctl::report
