// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ids.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "server/resources.hpp"
#include "server/service_index.hpp"
#include "server/stats.hpp"
#include "server/trace_assembly.hpp"
#include "server/trace_table.hpp"
#include "server/wire_scan.hpp"

namespace otelctl::server {

// Spans of a scan that follow each other.
struct SpanRange {
  std::size_t from;
  std::size_t to;
};

// What became of one request's records. `message` says why the rejected ones were; "" without any.
struct Added {
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::string message = {};
  // Spans of the scan that are among the rejected, in its order.
  std::vector<SpanRange> left_out = {};
};

// Where a trace stands in the order of searches: newest start first, then by id.
struct TracePlace {
  std::uint64_t start = 0;  // of its earliest span, Unix nanoseconds
  TraceId id;
  std::uint64_t last_start = 0;  // of its latest
};

// Which traces a search looks at; see Store::newest.
struct TraceRange {
  std::uint64_t start_min = 0;  // some span starts in [start_min, start_max]
  std::uint64_t start_max = ~std::uint64_t{0};
  std::string_view service = {};  // some span is of this service; "" is any
};

// Holds traces as the bytes that came in, within a number of bytes that is kept exactly: what its
// containers allocate is counted, and room is made before anything is added, by evicting whole
// traces in the order of their first arrival. Spans of a trace that is already held are appended to
// it. Thread-safe.
class Store {
 public:
  explicit Store(std::uint64_t max_memory);
  ~Store();
  Store(const Store&) = delete;
  Store& operator=(const Store&) = delete;

  // Takes the spans of a request; `scan` is what the scanner found in its payload. A span that does
  // not fit beside the rest of its own trace, all other traces evicted, is rejected.
  Added add(const TraceScan& scan);

  // A metrics or logs request: counted, not kept.
  void count(Signal signal, std::uint64_t accepted, std::uint64_t rejected = 0);

  Stats stats() const;
  bool wait_for_spans(std::uint64_t count, std::chrono::milliseconds timeout) const;

  bool holds(const TraceId& id) const;
  // Appends the trace as a serialized TracesData, resources and scopes grouped, spans in the order
  // of arrival. False when it is not held.
  bool append_trace(const TraceId& id, std::string& payload) const;

  // The first `count` traces of the range in the order of searches that come after `after`. The
  // range is judged by the trace's earliest and latest start and by its resources, so a trace that
  // has both, but not in one span, is among them.
  std::vector<TracePlace> newest(const TraceRange& range, std::size_t count,
                                 const std::optional<TracePlace>& after) const;

  // Every service ever seen, and its operations; sorted. They outlive the traces, as in Jaeger's
  // memory store, within 1/16 of the memory.
  std::vector<std::string> services() const;
  std::vector<Operation> operations(std::string_view service) const;

 private:
  // Spans of one trace that came in together from one scope: the fields ScopeSpans.spans, ready to
  // be put into an answer. They follow the header in memory.
  struct Chunk {
    Chunk* next;
    Scope* scope;
    std::uint32_t size;
    std::uint32_t spans;

    char* bytes() { return reinterpret_cast<char*>(this + 1); }
    std::string_view view() const { return {reinterpret_cast<const char*>(this + 1), size}; }
  };

  struct Trace {
    TraceId id;
    Chunk* first = nullptr;
    Chunk* last = nullptr;
    Trace* older = nullptr;
    Trace* newer = nullptr;
    std::uint64_t start_min = ~std::uint64_t{0};
    std::uint64_t start_max = 0;
    std::uint64_t memory = 0;  // of its chunks
    std::uint64_t spans = 0;
  };

  struct Run;
  static Run next_run(const TraceScan& scan, std::size_t from, std::size_t end);
  std::size_t add_resource(const TraceScan& scan, std::size_t from,
                           std::vector<SpanRange>& left_out);
  Resource* acquire_resource(const ScannedResource& scanned);
  void add_scope(const TraceScan& scan, SpanRange spans, Resource& resource,
                 std::vector<SpanRange>& left_out);
  std::size_t add_run(const TraceScan& scan, const Run& run, Scope* scope);
  bool add_chunk(const TraceScan& scan, const Run& run, Scope* scope);
  void note_operations(const TraceScan& scan, const Run& run, const Trace& trace);
  bool make_room(std::uint64_t needed, const Trace* keep, std::uint64_t in_use);
  void evict(Trace& trace);
  Trace* new_trace(const TraceId& id);
  std::uint64_t cost_of_new_trace() const;
  std::uint64_t memory() const;
  static bool has_service(const Trace& trace, std::string_view service);

  mutable std::mutex m_mutex;
  mutable std::condition_variable m_accepted;
  std::uint64_t m_max_memory;
  std::uint64_t m_chunk_memory = 0;
  TraceTable<Trace> m_traces;
  std::uint64_t m_trace_count = 0;
  Trace* m_oldest = nullptr;
  Trace* m_newest = nullptr;
  Resources m_resources;
  ServiceIndex m_services;
  TraceCounts m_counts;
  ItemCounts m_metrics;
  ItemCounts m_logs;
};

}  // namespace otelctl::server
