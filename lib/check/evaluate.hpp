// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "check/expectations.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {

// Everything that an expectation says about a trace, in the order of the file: the trace as a
// whole, its spans, the tree, the golden file.
std::vector<Check> evaluate(const trace::Analysis& analysis, const Expectation& expectation,
                            Typing typing = Typing::kept);

}  // namespace otelctl::check
