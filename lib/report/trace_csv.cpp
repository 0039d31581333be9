// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "report/cells.hpp"
#include "report/trace_data_formats.hpp"
#include "report/trace_formats.hpp"
#include "report/trace_values.hpp"
#include "report/trace_warnings.hpp"
#include "trace/analysis.hpp"

namespace otelctl::report {
namespace {

// What a terminal would act on in JSON's own escapes, so that the cell is JSON still.
std::string printable(std::string_view json) {
  std::string safe;
  while (!json.empty()) {
    const CodePoint next = first_code_point(json);
    const std::string_view text = json.substr(0, next.length);
    if (next.length == 1 || escape_for_terminal(text) == text) {
      safe += text;
    } else if (next.value <= 0xFFFF) {
      safe += fmt::format("\\u{:04x}", static_cast<std::uint32_t>(next.value));
    } else {
      const std::uint32_t rest = next.value - 0x10000;
      safe += fmt::format("\\u{:04x}\\u{:04x}", 0xD800 + (rest >> 10U), 0xDC00 + (rest & 0x3FFU));
    }
    json.remove_prefix(next.length);
  }
  return safe;
}

// One JSON object. A key that repeats gets a number, as in the format json.
std::string attributes_json(const trace::Trace& trace, trace::Range range, TraceValues& values) {
  std::ostringstream text;
  JsonWriter json(text, JsonWriter::Layout::compact);
  json.begin_object();
  write_attribute_members(json, trace, range, values);
  json.end_object();
  std::string line = std::move(text).str();
  // The line's end.
  line.pop_back();
  return line;
}

}  // namespace

void write_trace_csv(std::ostream& out, const TraceDetail& detail) {
  const trace::Trace& trace = detail.trace;
  const trace::Analysis analysis(trace);
  TraceValues values(trace);
  const std::string trace_id = to_hex(trace.id);
  out << "trace_id,span_id,parent_span_id,service,name,kind,start,duration_ns,self_ns,depth,"
         "critical,status,status_message,scope,event_count,link_count,warnings,attributes\r\n";
  for (const std::uint32_t index : analysis.tree.order) {
    const trace::Span& span = trace.spans[index];
    out << trace_id << ',' << to_hex(span.id) << ','
        << (span.parent_id.is_valid() ? to_hex(span.parent_id) : "") << ','
        << csv_cell(trace.service(span)) << ',' << csv_cell(trace.text(span.name)) << ','
        << name_of(span.kind) << ',' << format_rfc3339(analysis.tree.start[index]) << ','
        << span.duration.count() << ',' << analysis.self[index].count() << ','
        << analysis.tree.depth[index] << ',' << (analysis.path.contains[index] ? "true" : "false")
        << ',' << name_of(span.status) << ',' << csv_cell(trace.text(span.status_message)) << ','
        << csv_cell(trace.text(trace.columns->scopes[span.scope].name)) << ',' << span.events.count
        << ',' << span.links.count << ','
        << csv_cell(join(span_warnings(trace, analysis.tree, index), "; ")) << ','
        << csv_cell(printable(attributes_json(trace, span.attributes, values))) << "\r\n";
  }
}

TraceFormat csv_trace_format() {
  return {"csv", write_trace_csv};
}

}  // namespace otelctl::report
