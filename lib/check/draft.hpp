// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>

#include "check/expectations.hpp"
#include "trace/analysis.hpp"

namespace otelctl::check {

// Writes a file of expectations that the trace passes, to start from: how such a trace is found,
// its services, its spans by name with what of their attributes seldom changes, generous bounds on
// times, and the tree as far as its order does not depend on chance. Ids and times are left out.
void write_draft(std::ostream& out, const trace::Analysis& analysis);

}  // namespace otelctl::check
