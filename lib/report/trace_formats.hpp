// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "report/traces.hpp"

namespace otelctl::report {

// A form in which a whole trace is written for another program or a document.
struct TraceFormat {
  std::string_view name;
  void (*write)(std::ostream& out, const TraceDetail& detail);
  // It copies the trace for another program, so the backend shall not adjust it for people: Jaeger
  // corrects clocks, merges ids and sorts events by name.
  bool is_copy = false;
  // It says what TraceDetail::notes say; of the others that is told beside them.
  bool has_notes = false;
};

// All of them, in the order of help, which is that of trace_formats.def.
const std::vector<TraceFormat>& trace_formats();

// The one of this name; none for "text", which the terminal shapes.
const TraceFormat* find_trace_format(std::string_view name);

}  // namespace otelctl::report
