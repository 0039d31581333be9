// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/batch_plan.hpp"

#include <algorithm>
#include <chrono>

namespace otelctl::synth {
namespace {

// How long spans are collected before a request is sent although it could hold more: at low rates
// full requests would be minutes apart.
constexpr double k_tick_seconds = 0.02;
constexpr auto k_step = std::chrono::milliseconds(1);

}  // namespace

BatchPlan::BatchPlan(const Generator& generator, const PlanOptions& options, Time begin)
    : m_generator(generator), m_options(options), m_begin(begin), m_batch(options.batch) {
  if (options.rate && *options.rate * k_tick_seconds < options.batch) {
    m_batch = std::max(1U, static_cast<std::uint32_t>(*options.rate * k_tick_seconds));
  }
}

nanoseconds BatchPlan::due_of(std::uint64_t span) const {
  if (!m_options.rate) {
    return nanoseconds{0};
  }
  const double due = static_cast<double>(span) * 1e9 / *m_options.rate;
  // Some 290 years: a rate so low that nothing but the first trace is ever due.
  constexpr double k_longest = 9.2e18;
  return nanoseconds{static_cast<std::int64_t>(std::min(due, k_longest))};
}

Time BatchPlan::time_of(std::uint64_t trace, nanoseconds due, Time now) const {
  if (m_options.start) {
    return *m_options.start + (m_options.rate ? due : k_step * static_cast<std::int64_t>(trace));
  }
  return m_options.rate ? m_begin + due : now;
}

bool BatchPlan::is_over() const {
  return m_trace >= m_options.traces ||
         (m_options.rate && m_options.duration && due_of(m_span) >= *m_options.duration);
}

void BatchPlan::add_slice(Batch& batch, std::uint32_t first, std::uint32_t count, Time time) {
  batch.slices.push_back({m_trace, first, count, time});
  batch.spans += count;
  batch.due = due_of(m_span + first);
}

Batch BatchPlan::next_part(Time now) {
  const std::uint32_t size = m_generator.size(m_trace);
  if (m_offset == 0) {
    m_split_time = time_of(m_trace, due_of(m_span), now);
  }
  Batch batch;
  const std::uint32_t count = std::min(m_options.batch, size - m_offset);
  add_slice(batch, m_offset, count, m_split_time);
  m_offset += count;
  if (m_offset == size) {
    m_offset = 0;
    ++m_trace;
    m_span += size;
  }
  return batch;
}

std::optional<Batch> BatchPlan::next(Time now) {
  if (is_over()) {
    return std::nullopt;
  }
  if (m_offset > 0 || m_generator.size(m_trace) > m_options.batch) {
    return next_part(now);
  }
  Batch batch;
  while (!is_over()) {
    const std::uint32_t size = m_generator.size(m_trace);
    if (batch.spans > 0 && batch.spans + size > m_batch) {
      break;
    }
    add_slice(batch, 0, size, time_of(m_trace, due_of(m_span), now));
    ++m_trace;
    m_span += size;
  }
  if (!m_options.rate && !m_options.start) {
    // Generated at once, but not all finished in the same moment.
    for (std::size_t index = 0; index < batch.slices.size(); ++index) {
      batch.slices[index].time -=
          k_step * static_cast<std::int64_t>(batch.slices.size() - 1 - index);
    }
  }
  return batch;
}

}  // namespace otelctl::synth
