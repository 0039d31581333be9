// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "check/expectations.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {

// What one SpanExpectation says, a Check for each part of it: how many spans match, then what each
// of them has to be. Where none matches the first is the only one.
std::vector<Check> check_spans(const trace::Analysis& analysis, const SpanExpectation& expectation,
                               Typing typing);

}  // namespace otelctl::check
