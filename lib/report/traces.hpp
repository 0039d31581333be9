// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.hpp"
#include "base/time.hpp"
#include "query/backend.hpp"
#include "terminal/terminal.hpp"
#include "trace/summary.hpp"
#include "trace/trace.hpp"

namespace otelctl::report {

// What show-traces found.
struct TraceList {
  query::BackendInfo backend;
  bool is_truncated = false;
  std::vector<std::string> notes;
  std::vector<trace::Summary> traces;
};

// A table. On a terminal it has times relative to `now` and gives way to the width: services go,
// then all but the first digits of the ids; elsewhere times are RFC 3339 and nothing is cut, unless
// --width asks for it. Without traces there is no table.
void write_traces_text(std::ostream& out, const TraceList& list, Time now,
                       const terminal::Terminal& terminal);

// `otelctl.traces/1`.
void write_traces_json(std::ostream& out, const TraceList& list);

// One of its `traces` a line.
void write_traces_jsonl(std::ostream& out, const std::vector<trace::Summary>& traces);

// RFC 4180 with a header. Cells that a spreadsheet would take for a formula get a ' in front.
void write_traces_csv(std::ostream& out, const TraceList& list);
void write_traces_csv_header(std::ostream& out);
void write_traces_csv_rows(std::ostream& out, const std::vector<trace::Summary>& traces);

// A table for a comment in a review.
void write_traces_markdown(std::ostream& out, const TraceList& list);

// The ids alone, one a line.
void write_traces_ids(std::ostream& out, const std::vector<trace::Summary>& traces);

// "shop,payment", and "shop: GET /" with "-" for a service that is not known; both escaped.
std::string service_names(const trace::Summary& summary);
std::string root_name(const trace::Summary& summary);

// Traces that come one after the other, written as they come in the same forms: text as a table
// with its header once and columns of fixed width, in which times are those of the day (UTC) on a
// terminal; jsonl; csv with its header once; ids.
class TraceRows {
 public:
  TraceRows(std::string_view format, const terminal::Terminal& terminal);

  void write(std::ostream& out, const std::vector<trace::Summary>& traces);

 private:
  void write_table(std::ostream& out, const std::vector<trace::Summary>& traces) const;

  std::string m_format;
  terminal::Terminal m_terminal;
  bool m_has_header = false;
};

// A whole trace with what is known about where it came from.
struct TraceDetail {
  query::BackendInfo backend;
  std::vector<std::string> notes;
  trace::Trace trace;
  // Of the backend's user interface; empty where there is none.
  std::string page = {};
};

// `otelctl.trace/1`, written as it goes.
void write_trace_json(std::ostream& out, const TraceDetail& detail);

// The members that both shapes have of a trace, from trace_id to services.
void write_summary_members(JsonWriter& json, const trace::Summary& summary);
// `backend`, `truncated` and `notes`.
void write_head_members(JsonWriter& json, const query::BackendInfo& backend, bool is_truncated,
                        const std::vector<std::string>& notes);

// A number of the summary as people read it, "?" where its backend counted nothing: every trace has
// a span.
std::string count_text(const trace::Summary& summary, std::size_t count);

// How long ago: "3m 5s ago", "now", or "in 20s" where clocks differ.
std::string relative_time(Time time, Time now);

}  // namespace otelctl::report
