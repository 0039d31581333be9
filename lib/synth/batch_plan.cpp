// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "synth/batch_plan.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace otelctl::synth {
namespace {

// How long records are collected before a request is sent although it could hold more: at low rates
// full requests would be minutes apart.
constexpr double k_tick_seconds = 0.02;
constexpr auto k_step = std::chrono::milliseconds(1);
// The least time between two passes over metrics or logs, so that no series has two points at one
// time; a million passes a second are more than are ever sent.
constexpr auto k_least_step = std::chrono::microseconds(1);

// The clock's times end in 2262; records of a unit stand up to an hour around its time.
constexpr Time k_last = Time::max() - std::chrono::hours(1);

Time later(Time time, nanoseconds by) {
  return time < k_last && by < k_last - time ? time + by : k_last;
}

}  // namespace

BatchPlan::BatchPlan(const Generator& generator, const PlanOptions& options, Time begin)
    : m_generator(generator),
      m_options(options),
      m_begin(begin),
      m_is_whole(generator.keeps_units_whole()),
      m_timed_unit(PlanOptions::k_no_limit) {
  if (options.rate) {
    m_pace.emplace(*options.rate, options.ramp);
  }
  m_total = m_is_whole ? options.records : count_records();
  if (m_is_whole) {
    pass_units(options.shard.index);
  }
}

// Where units are divided the end of the run is known before its beginning, or it could not be
// dealt out evenly.
std::uint64_t BatchPlan::count_records() const {
  std::uint64_t most = m_options.records;
  if (m_pace && m_options.duration) {
    most = std::min(most, m_pace->count_before(*m_options.duration));
  }
  if (m_options.units == PlanOptions::k_no_limit) {
    return most;
  }
  std::uint64_t records = 0;
  for (std::uint64_t unit = 0; unit < m_options.units && records < most; ++unit) {
    records += m_generator.size(unit);
  }
  return std::min(records, most);
}

nanoseconds BatchPlan::due_of(std::uint64_t record) const {
  return m_pace ? m_pace->due_of(record) : nanoseconds{0};
}

Time BatchPlan::time_of_unit(Time now) {
  if (m_timed_unit == m_unit) {
    return m_time;
  }
  if (m_options.start) {
    m_time = later(*m_options.start,
                   m_pace ? due_of(m_record) : k_step * static_cast<std::int64_t>(m_unit));
  } else if (m_pace) {
    m_time = later(m_begin, due_of(m_record));
  } else {
    m_time = m_is_whole ? now : std::max(now, m_time + k_least_step);
  }
  m_timed_unit = m_unit;
  return m_time;
}

// Records to collect before a request is sent.
std::uint32_t BatchPlan::batch_size() const {
  if (!m_pace) {
    return m_options.batch;
  }
  const double rate = m_pace->rate_at(due_of(m_is_whole ? m_record : m_next));
  const double in_tick = rate / m_options.shard.count * k_tick_seconds;
  return in_tick < m_options.batch ? std::max(1U, static_cast<std::uint32_t>(in_tick))
                                   : m_options.batch;
}

BatchPlan::Share BatchPlan::next_share() const {
  const std::uint64_t shards = m_options.shard.count;
  const std::uint64_t index = m_options.shard.index;
  const std::uint64_t size = batch_size();
  const std::uint64_t left = m_total - m_next;
  if (left >= shards * size) {
    return {m_next + index * size, size, shards * size};
  }
  const std::uint64_t even = left / shards;
  const std::uint64_t odd = left % shards;
  return {m_next + index * even + std::min(index, odd), even + (index < odd ? 1 : 0), left};
}

bool BatchPlan::is_over() const {
  if (!m_is_whole) {
    return m_next >= m_total || next_share().count == 0;
  }
  return m_unit >= m_options.units || m_record >= m_total ||
         (m_pace && m_options.duration && due_of(m_record) >= *m_options.duration);
}

// `size` is the next unit's.
void BatchPlan::pass_unit(std::uint64_t size) {
  m_record += size;
  ++m_unit;
}

// Units of other shards.
void BatchPlan::pass_units(std::uint32_t count) {
  for (; count > 0 && m_unit < m_options.units; --count) {
    pass_unit(m_generator.size(m_unit));
  }
}

void BatchPlan::add_slice(Batch& batch, std::uint32_t first, std::uint32_t count, Time now) {
  batch.slices.push_back({m_unit, first, count, time_of_unit(now)});
  batch.records += count;
}

// A part of a unit that is larger than a batch.
void BatchPlan::add_part(Batch& batch, Time now) {
  const std::uint32_t size = m_generator.size(m_unit);
  const std::uint32_t count = std::min(m_options.batch, size - m_offset);
  batch.due = due_of(m_record + m_offset);
  add_slice(batch, m_offset, count, now);
  m_offset += count;
  if (m_offset == size) {
    m_offset = 0;
    pass_unit(size);
    pass_units(m_options.shard.count - 1);
  }
}

void BatchPlan::add_units(Batch& batch, Time now) {
  if (!m_pace && !m_options.start) {
    add_units_at_once(batch, now);
    return;
  }
  const std::uint32_t full = batch_size();
  while (!is_over()) {
    const std::uint32_t size = m_generator.size(m_unit);
    if (batch.records > 0 && batch.records + size > full) {
      break;
    }
    batch.due = due_of(m_record);
    add_slice(batch, 0, size, now);
    pass_unit(size);
    pass_units(m_options.shard.count - 1);
  }
}

// Nothing is due at a time of its own, which leaves little to be done for each unit: where traces
// have two spans, that is worth 15 %.
void BatchPlan::add_units_at_once(Batch& batch, Time now) {
  const std::uint32_t others = m_options.shard.count - 1;
  std::uint64_t records = 0;
  for (; m_unit < m_options.units && m_record < m_total; pass_units(others)) {
    const std::uint32_t size = m_generator.size(m_unit);
    if (records > 0 && records + size > m_options.batch) {
      break;
    }
    batch.slices.push_back({m_unit, 0, size, now});
    records += size;
    pass_unit(size);
  }
  batch.records = records;
  // But not all finished in the same moment.
  Time time = now;
  for (auto slice = batch.slices.rbegin(); slice != batch.slices.rend(); ++slice, time -= k_step) {
    slice->time = time;
  }
}

void BatchPlan::add_records(Batch& batch, Time now) {
  const Share share = next_share();
  std::uint64_t at = share.first;
  const std::uint64_t end = share.first + share.count;
  while (at < end) {
    const std::uint64_t size = m_generator.size(m_unit);
    if (at >= m_record + size) {
      pass_unit(size);
      continue;
    }
    const std::uint64_t count = std::min(end, m_record + size) - at;
    add_slice(batch, static_cast<std::uint32_t>(at - m_record), static_cast<std::uint32_t>(count),
              now);
    at += count;
  }
  batch.due = due_of(end - 1);
  m_next += share.round;
}

std::optional<Batch> BatchPlan::next(Time now, Batch used) {
  if (is_over()) {
    return std::nullopt;
  }
  Batch batch = std::move(used);
  batch.slices.clear();
  batch.records = 0;
  batch.due = nanoseconds{0};
  if (!m_is_whole) {
    add_records(batch, now);
  } else if (m_offset > 0 || m_generator.size(m_unit) > m_options.batch) {
    add_part(batch, now);
  } else {
    add_units(batch, now);
  }
  return batch;
}

}  // namespace otelctl::synth
