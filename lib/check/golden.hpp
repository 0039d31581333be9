// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "check/expectations.hpp"
#include "trace/analysis.hpp"

// Golden files: the structure of a trace as text that can be reviewed. A line for each span with
// its attributes and events below; without ids, times and durations, and siblings in an order that
// does not depend on time.
namespace otelctl::check {

inline constexpr std::string_view k_golden_head = "# otelctl golden trace 1";

// Whether a file is one: nothing else is ever read as one, or overwritten.
bool is_golden(std::string_view content);

// The trace as a golden file, without what is ignored. Error kind: failed, for a trace that is too
// large or too deep for one.
Result<std::string> write_golden(const trace::Analysis& analysis, const GoldenExpectation& golden);

Check check_golden(const trace::Analysis& analysis, const GoldenExpectation& golden);

}  // namespace otelctl::check
