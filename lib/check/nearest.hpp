// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "check/expectations.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {

// Of a match that means no span of the trace: what comes nearest. "no span 'SELECT'; payment has:
// POST /charge, POST bank", "no service 'paymnt'; did you mean 'payment'?", "kind is internal, not
// client".
std::string nearest_miss(const trace::Analysis& analysis, const SpanMatch& match, Typing typing);

// The same for a service that does not take part.
std::string nearest_service(const trace::Analysis& analysis, const std::string& wanted);

}  // namespace otelctl::check
