// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/store.hpp"

#include <algorithm>
#include <cstring>
#include <new>

#include <fmt/format.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "server/memory_cost.hpp"

namespace otelctl::server {
namespace {

// The share of the memory that names of services and operations may take.
constexpr std::uint64_t k_index_share = 16;

// With a million traces held a look into the index is a cache miss, so it is begun some spans
// ahead.
constexpr std::size_t k_look_ahead = 8;

bool comes_first(const TracePlace& left, const TracePlace& right) {
  return left.start != right.start ? left.start > right.start : left.id < right.id;
}

std::size_t resource_of(const TraceScan& scan, std::size_t span) {
  return scan.scopes[scan.spans[span].scope].resource;
}

// Behind the spans that follow this one in its scope.
std::size_t end_of_scope(const TraceScan& scan, std::size_t from) {
  std::size_t to = from;
  while (to < scan.spans.size() && scan.spans[to].scope == scan.spans[from].scope) {
    ++to;
  }
  return to;
}

std::string rejections(const TraceScan& scan, std::uint64_t too_large, std::uint64_t max_memory) {
  std::vector<std::string> parts;
  const auto add = [&parts](std::uint64_t count, std::string_view reason) {
    if (count > 0) {
      parts.push_back(fmt::format("{} {}", counted(count, "span"), reason));
    }
  };
  add(scan.bad_trace_ids, "without a trace id of 16 bytes that are not all zero");
  add(scan.bad_span_ids, "without a span id of 8 bytes that are not all zero");
  add(scan.bad_parent_ids, "with a parent span id that has not 8 bytes");
  add(scan.refused, "because --fault partial asks for it");
  add(too_large, fmt::format("of a trace that does not fit into the memory limit of {}",
                             format_size(max_memory)));
  return join(parts, ", ");
}

}  // namespace

// Spans that stand together in a request and share trace and scope.
struct Store::Run {
  std::size_t from;
  std::size_t to;
  std::uint64_t bytes;
};

Store::Store(std::uint64_t max_memory)
    : m_max_memory(max_memory), m_services(max_memory / k_index_share) {}

Store::~Store() {
  while (m_oldest != nullptr) {
    evict(*m_oldest);
  }
}

std::uint64_t Store::memory() const {
  return m_chunk_memory + m_trace_count * allocation_cost(sizeof(Trace)) + m_traces.memory() +
         m_resources.memory() + m_services.memory();
}

Added Store::add(const TraceScan& scan) {
  const std::lock_guard lock(m_mutex);
  Added added;
  for (std::size_t from = 0; from < scan.spans.size();) {
    from = add_resource(scan, from, added.left_out);
  }
  std::uint64_t too_large = 0;
  for (const SpanRange& range : added.left_out) {
    too_large += range.to - range.from;
  }
  added.rejected = too_large + scan.rejected();
  added.accepted = scan.spans.size() - too_large;
  if (added.rejected > 0) {
    added.message = rejections(scan, too_large, m_max_memory);
  }
  ++m_counts.requests;
  m_counts.accepted += added.accepted;
  m_counts.rejected += added.rejected;
  m_accepted.notify_all();
  return added;
}

// Adds the spans from this one on that have its resource, which is looked up once: it may be large,
// and its scopes many. Returns where the next resource's begin.
std::size_t Store::add_resource(const TraceScan& scan, std::size_t from,
                                std::vector<SpanRange>& left_out) {
  const std::size_t index = resource_of(scan, from);
  Resource* const resource = acquire_resource(scan.resources[index]);
  do {
    const std::size_t to = end_of_scope(scan, from);
    if (resource == nullptr) {
      left_out.push_back({from, to});
    } else {
      add_scope(scan, {from, to}, *resource, left_out);
    }
    from = to;
  } while (from < scan.spans.size() && resource_of(scan, from) == index);
  if (resource != nullptr) {
    m_resources.release(resource);
  }
  return from;
}

// Null when there is no room for it.
Resource* Store::acquire_resource(const ScannedResource& scanned) {
  const auto look_up = [&] { return m_resources.look_up(scanned.resource, scanned.schema_url); };
  // Making room may evict the last user of the resource, which then has its cost.
  for (std::uint64_t cost = look_up(); memory() + cost > m_max_memory; cost = look_up()) {
    if (!make_room(cost, nullptr, 0)) {
      return nullptr;
    }
  }
  return m_resources.acquire();
}

void Store::add_scope(const TraceScan& scan, SpanRange spans, Resource& resource,
                      std::vector<SpanRange>& left_out) {
  const ScannedScope& scanned = scan.scopes[scan.spans[spans.from].scope];
  const auto look_up = [&] {
    return m_resources.look_up_scope(resource, scanned.scope, scanned.schema_url);
  };
  for (std::uint64_t cost = look_up(); memory() + cost > m_max_memory; cost = look_up()) {
    if (!make_room(cost, nullptr, Resources::cost_of(resource))) {
      left_out.push_back(spans);
      return;
    }
  }
  Scope* const scope = m_resources.acquire_scope();
  for (std::size_t from = spans.from; from < spans.to;) {
    const Run run = next_run(scan, from, spans.to);
    if (run.to + k_look_ahead < spans.to) {
      m_traces.prefetch(scan.spans[run.to + k_look_ahead].trace_id);
    }
    const std::size_t end = add_run(scan, run, scope);
    if (end < run.to) {
      left_out.push_back({end, run.to});
    }
    from = run.to;
  }
  m_resources.release_scope(scope);
}

Store::Run Store::next_run(const TraceScan& scan, std::size_t from, std::size_t end) {
  Run run{from, from, 0};
  while (run.to < end && scan.spans[run.to].trace_id == scan.spans[from].trace_id) {
    run.bytes += scan.spans[run.to].record.size();
    ++run.to;
  }
  return run;
}

// Adds the run whole or, where it is too large for that, the spans at its front that fit. Returns
// where those begin that did not.
std::size_t Store::add_run(const TraceScan& scan, const Run& run, Scope* scope) {
  if (add_chunk(scan, run, scope)) {
    return run.to;
  }
  for (std::size_t at = run.from; at < run.to; ++at) {
    if (!add_chunk(scan, {at, at + 1, scan.spans[at].record.size()}, scope)) {
      return at;
    }
  }
  return run.to;
}

bool Store::add_chunk(const TraceScan& scan, const Run& run, Scope* scope) {
  const std::uint64_t cost = allocation_cost(sizeof(Chunk) + run.bytes);
  const TraceId& id = scan.spans[run.from].trace_id;
  Trace* trace = m_traces.find(id);
  if (!make_room(cost + (trace == nullptr ? cost_of_new_trace() : 0), trace,
                 Resources::cost_of(*scope))) {
    return false;
  }
  if (trace == nullptr) {
    trace = new_trace(id);
  }
  auto* const chunk = new (::operator new(sizeof(Chunk) + run.bytes)) Chunk{};
  chunk->scope = scope;
  chunk->size = static_cast<std::uint32_t>(run.bytes);
  chunk->spans = static_cast<std::uint32_t>(run.to - run.from);
  char* at = chunk->bytes();
  for (std::size_t index = run.from; index < run.to; ++index) {
    const ScannedSpan& span = scan.spans[index];
    at = std::copy(span.record.begin(), span.record.end(), at);
    trace->start_min = std::min(trace->start_min, span.start);
    trace->start_max = std::max(trace->start_max, span.start);
  }
  ++scope->users;
  (trace->first == nullptr ? trace->first : trace->last->next) = chunk;
  trace->last = chunk;
  trace->memory += cost;
  trace->spans += chunk->spans;
  m_chunk_memory += cost;
  note_operations(scan, run, *trace);
  return true;
}

void Store::note_operations(const TraceScan& scan, const Run& run, const Trace& trace) {
  const std::string& service = trace.last->scope->resource->service;
  for (std::size_t index = run.from; index < run.to; ++index) {
    const ScannedSpan& span = scan.spans[index];
    const std::uint64_t cost = m_services.cost(service, span.name, span.kind);
    if (cost > 0 && make_room(cost, &trace, Resources::cost_of(*trace.last->scope))) {
      m_services.note(service, span.name, span.kind);
    }
  }
}

std::uint64_t Store::cost_of_new_trace() const {
  return allocation_cost(sizeof(Trace)) + m_traces.growth_cost();
}

// Evicts the oldest traces but `keep` until there is room for so many bytes more. When there would
// not be even with all of them gone, none goes. So many bytes of resource and scope are `in_use`,
// whatever goes.
bool Store::make_room(std::uint64_t needed, const Trace* keep, std::uint64_t in_use) {
  if (memory() + needed <= m_max_memory) {
    return true;
  }
  const std::uint64_t kept = m_traces.memory() + m_services.memory() + m_resources.table_memory() +
                             in_use +
                             (keep == nullptr ? 0 : keep->memory + allocation_cost(sizeof(Trace)));
  if (kept + needed > m_max_memory) {
    return false;
  }
  for (Trace* trace = m_oldest; trace != nullptr && memory() + needed > m_max_memory;) {
    Trace* const next = trace->newer;
    if (next != nullptr) {
      m_traces.prefetch(next->id);
      __builtin_prefetch(next->newer);
      __builtin_prefetch(next->first);
    }
    if (trace != keep) {
      m_counts.evicted += trace->spans;
      evict(*trace);
    }
    trace = next;
  }
  return memory() + needed <= m_max_memory;
}

void Store::evict(Trace& trace) {
  for (Chunk* chunk = trace.first; chunk != nullptr;) {
    Chunk* const next = chunk->next;
    m_resources.release_scope(chunk->scope);
    ::operator delete(chunk);
    chunk = next;
  }
  m_chunk_memory -= trace.memory;
  (trace.older == nullptr ? m_oldest : trace.older->newer) = trace.newer;
  (trace.newer == nullptr ? m_newest : trace.newer->older) = trace.older;
  m_traces.erase(&trace);
  --m_trace_count;
  delete &trace;
}

Store::Trace* Store::new_trace(const TraceId& id) {
  auto* const trace = new Trace;
  trace->id = id;
  m_traces.insert(trace);
  ++m_trace_count;
  trace->older = m_newest;
  (m_newest == nullptr ? m_oldest : m_newest->newer) = trace;
  m_newest = trace;
  return trace;
}

void Store::count(Signal signal, std::uint64_t accepted, std::uint64_t rejected) {
  const std::lock_guard lock(m_mutex);
  ItemCounts& counts = signal == Signal::metrics ? m_metrics : m_logs;
  ++counts.requests;
  counts.accepted += accepted;
  counts.rejected += rejected;
}

Stats Store::stats() const {
  const std::lock_guard lock(m_mutex);
  Stats stats{m_counts, m_metrics, m_logs, memory(), m_max_memory};
  stats.traces.held = m_counts.accepted - m_counts.evicted;
  return stats;
}

bool Store::wait_for_spans(std::uint64_t count, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(m_mutex);
  return m_accepted.wait_for(lock, timeout, [&] { return m_counts.accepted >= count; });
}

std::vector<std::string> Store::services() const {
  const std::lock_guard lock(m_mutex);
  return m_services.services();
}

std::vector<Operation> Store::operations(std::string_view service) const {
  const std::lock_guard lock(m_mutex);
  return m_services.operations(service);
}

bool Store::has_service(const Trace& trace, std::string_view service) {
  for (const Chunk* chunk = trace.first; chunk != nullptr; chunk = chunk->next) {
    if (chunk->scope->resource->service == service) {
      return true;
    }
  }
  return false;
}

std::vector<TracePlace> Store::newest(const TraceRange& range, std::size_t count,
                                      const std::optional<TracePlace>& after) const {
  // A heap whose top is the last of the places so far, so that a better one can replace it.
  std::vector<TracePlace> places;
  const std::lock_guard lock(m_mutex);
  for (const Trace* trace = m_oldest; trace != nullptr && count > 0; trace = trace->newer) {
    const TracePlace place{trace->start_min, trace->id, trace->start_max};
    if (trace->start_max < range.start_min || trace->start_min > range.start_max ||
        (after && !comes_first(*after, place)) ||
        (places.size() == count && !comes_first(place, places.front())) ||
        (!range.service.empty() && !has_service(*trace, range.service))) {
      continue;
    }
    if (places.size() == count) {
      std::pop_heap(places.begin(), places.end(), comes_first);
      places.pop_back();
    }
    places.push_back(place);
    std::push_heap(places.begin(), places.end(), comes_first);
  }
  std::sort_heap(places.begin(), places.end(), comes_first);
  return places;
}

bool Store::holds(const TraceId& id) const {
  const std::lock_guard lock(m_mutex);
  return m_traces.find(id) != nullptr;
}

bool Store::append_trace(const TraceId& id, std::string& payload) const {
  const std::lock_guard lock(m_mutex);
  const Trace* const trace = m_traces.find(id);
  if (trace == nullptr) {
    return false;
  }
  TraceAssembly assembly;
  for (const Chunk* chunk = trace->first; chunk != nullptr; chunk = chunk->next) {
    assembly.add(*chunk->scope, chunk->view());
  }
  assembly.append_to(payload);
  return true;
}

}  // namespace otelctl::server
