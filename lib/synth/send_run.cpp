// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/send_run.hpp"

#include <algorithm>
#include <utility>

namespace otelctl::synth {

SendRun::SendRun(const Generator& generator, const SendOptions& options, const SendTools& tools)
    : m_generator(generator),
      m_options(options),
      m_tools(tools),
      m_begin(tools.clock.monotonic()),
      m_plan(generator, options.plan, tools.clock.now()),
      m_ledger(generator.signal(), options.seed) {}

std::optional<Batch> SendRun::claim(Batch used) {
  const auto& duration = m_options.plan.duration;
  if (is_stopped() || (duration && !is_paced() && elapsed() >= *duration)) {
    return std::nullopt;
  }
  const std::lock_guard lock(m_mutex);
  return m_plan.next(m_tools.clock.now(), std::move(used));
}

bool SendRun::is_over() const {
  const std::lock_guard lock(m_mutex);
  return m_plan.is_over();
}

void SendRun::open(const Batch& batch, nanoseconds delay) {
  const auto traces = static_cast<std::uint64_t>(
      std::count_if(batch.slices.begin(), batch.slices.end(),
                    [](const Slice& slice) { return slice.first == 0; }));
  const std::lock_guard lock(m_mutex);
  m_ledger.open(batch.records);
  m_ledger.note_delay(delay);
  if (m_generator.signal() != Signal::traces) {
    return;
  }
  std::uint64_t named = 0;
  for (auto slice = batch.slices.begin(); slice != batch.slices.end() && m_ledger.keeps_more_ids();
       ++slice) {
    const auto id = slice->first == 0 ? m_generator.trace_id(slice->unit) : std::nullopt;
    if (id) {
      m_ledger.add_trace(*id);
      ++named;
    }
  }
  m_ledger.count_traces(traces - named);
}

void SendRun::settle(const Batch& batch, std::uint64_t bytes, const otlp::ExportOutcome& outcome,
                     nanoseconds latency) {
  const std::lock_guard lock(m_mutex);
  m_ledger.settle(batch.records, bytes, outcome, latency);
}

SendProgress SendRun::progress() const {
  const std::lock_guard lock(m_mutex);
  return {.elapsed = elapsed(),
          .generated = m_ledger.generated(),
          .accepted = m_ledger.accepted(),
          .rejected = m_ledger.rejected(),
          .failed = m_ledger.failed(),
          .in_flight = m_ledger.in_flight(),
          .p50 = m_ledger.latency().percentile(50),
          .p99 = m_ledger.latency().percentile(99)};
}

Ledger SendRun::finish() {
  const std::lock_guard lock(m_mutex);
  m_ledger.set_elapsed(elapsed());
  return std::move(m_ledger);
}

}  // namespace otelctl::synth
