// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "report/trace_formats.hpp"

#include <algorithm>

namespace otelctl::report {

#define OTELCTL_TRACE_FORMAT(name) TraceFormat name##_trace_format();
#include "report/trace_formats.def"
#undef OTELCTL_TRACE_FORMAT

const std::vector<TraceFormat>& trace_formats() {
  static const std::vector<TraceFormat> k_formats = {
#define OTELCTL_TRACE_FORMAT(name) name##_trace_format(),
#include "report/trace_formats.def"
#undef OTELCTL_TRACE_FORMAT
  };
  return k_formats;
}

const TraceFormat* find_trace_format(std::string_view name) {
  const auto& formats = trace_formats();
  const auto found = std::find_if(formats.begin(), formats.end(),
                                  [&](const TraceFormat& format) { return format.name == name; });
  return found == formats.end() ? nullptr : &*found;
}

}  // namespace otelctl::report
