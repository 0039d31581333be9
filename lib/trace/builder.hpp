// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/ids.hpp"
#include "trace/trace.hpp"

namespace otelctl::trace {

// Nanoseconds since the epoch as APIs give them; what does not fit in 64 signed bits is cut.
Time time_from_unix(std::uint64_t nanoseconds);

// Collects spans as a parser meets them, in any order and of several traces, into Trace values.
// Resources and scopes may be named before they are known: JSON puts keys in any order.
class TraceBuilder {
 public:
  TraceBuilder();

  // Where attributes, events, links and warnings are appended. A Range must be contiguous, so the
  // attributes of one thing are appended before those of the next begin.
  Columns& columns() { return *m_columns; }
  Text intern(std::string_view text) { return m_columns->texts.intern(text); }

  // A new, still empty one; fill it by its number.
  std::uint32_t add_resource();
  std::uint32_t add_scope();
  Resource& resource(std::uint32_t index) { return m_columns->resources[index]; }
  // The number of the scope that has this name and version and nothing else, a new one where there
  // is none; 0 where both are empty.
  std::uint32_t scope_of(Text name, Text version);
  Scope& scope(std::uint32_t index) { return m_columns->scopes[index]; }

  // Sets the span's resource.service from its attributes.
  void finish_resource(std::uint32_t index);

  // Times in nanoseconds since the epoch. An end before the start makes the duration 0 and a
  // warning.
  void set_times(Span& span, std::uint64_t start, std::uint64_t end);
  // A warning of the span that is being read.
  void warn(Span& span, std::string_view warning);

  // Takes a finished span and puts its events into the order of time: Jaeger sorts them by name.
  // Its end is a Time too: a duration that leads beyond the last one is cut. A span whose trace id
  // or span id is not valid is counted and left out.
  void add(const TraceId& trace_id, const Span& span);
  // A warning about the whole trace.
  void warn(const TraceId& trace_id, std::string_view warning);

  std::size_t span_count() const { return m_span_count; }
  std::size_t invalid_spans() const { return m_invalid_spans; }

  // The traces in the order of their first spans; the builder is empty afterwards.
  std::vector<Trace> finish();

 private:
  Trace& trace_of(const TraceId& trace_id);

  std::shared_ptr<Columns> m_columns;
  std::vector<Trace> m_traces;
  std::unordered_map<TraceId, std::size_t> m_index;
  std::map<std::pair<Text, Text>, std::uint32_t> m_scopes;  // those of scope_of()
  std::size_t m_last = 0;
  std::size_t m_span_count = 0;
  std::size_t m_invalid_spans = 0;
};

}  // namespace otelctl::trace
