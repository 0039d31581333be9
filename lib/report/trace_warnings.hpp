// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "trace/trace.hpp"
#include "trace/tree.hpp"

namespace otelctl::report {

// What is odd about a trace as a whole, a sentence each: spans that were kept back, what the
// backend says of it, orphans, rings, doubled ids, copies, several roots, clocks that differ,
// starts that are not known. Not yet escaped.
std::vector<std::string> trace_warnings(const trace::Trace& trace, const trace::Tree& tree);

// What is odd about one span: the words for its oddities, then what the backend says.
std::vector<std::string> span_warnings(const trace::Trace& trace, const trace::Tree& tree,
                                       std::uint32_t index);

}  // namespace otelctl::report
