// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <ostream>
#include <string>

#include "base/ids.hpp"
#include "check/run.hpp"
#include "terminal/terminal.hpp"

namespace otelctl::report {

struct ChecksView {
  const check::CheckReport& report;
  // The page of the backend's user interface that shows a trace; empty where there is none.
  std::function<std::string(const TraceId&)> page_of;
};

enum class ChecksDetail {
  verdict,   // the last lines only
  failures,  // checks, and below those that failed a small waterfall
};

// A line a check: ok or FAIL, name, what was expected and found, the span. Below an expectation
// that is not met a small waterfall of its trace and the URL of its page. Then the verdict and what
// to do about it.
void write_checks_text(std::ostream& out, const ChecksView& view, ChecksDetail detail,
                       const terminal::Terminal& terminal);

// `otelctl.checks/1`.
void write_checks_json(std::ostream& out, const ChecksView& view, int exit_code);

// JUnit's XML: a suite for each expectation, a test a check. What could not be judged is an error,
// not a failure.
void write_checks_junit(std::ostream& out, const ChecksView& view);

// Annotations of GitHub's workflow commands at the lines of the files; nothing when all is well.
void write_checks_github(std::ostream& out, const ChecksView& view);

// How reports call an expectation that may have no name.
std::string expectation_title(const check::Outcome& outcome);

// "no trace was seen": the verdict in a clause.
std::string checks_verdict(const check::CheckReport& report);

}  // namespace otelctl::report
