// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "synth/generator.hpp"

namespace otelctl::synth {

struct PlanOptions {
  // The run ends after this many traces, or when the next one would be due after `duration`.
  std::uint64_t traces = std::numeric_limits<std::uint64_t>::max();
  std::optional<nanoseconds> duration = std::nullopt;
  // Spans per second; none: as fast as it goes.
  std::optional<double> rate = std::nullopt;
  // Spans in a request.
  std::uint32_t batch = 512;
  // The first trace's start; the others follow at the rate, or 1 ms apart without one. When it is
  // not given, traces end at the time at which they are due, or are generated.
  std::optional<Time> start = std::nullopt;
};

// One request.
struct Batch {
  std::vector<Slice> slices;
  std::uint64_t spans = 0;
  // When it is to be sent, from the beginning of the run: when the last trace in it is due.
  nanoseconds due{0};
};

// Cuts a run into requests. A trace stays in one request unless it is larger than a batch, and then
// has its requests for itself. With a rate the schedule is absolute: span number n is due at
// n / rate, whatever came before.
class BatchPlan {
 public:
  // `begin` is the wall clock's time when the run begins.
  BatchPlan(const Generator& generator, const PlanOptions& options, Time begin);

  // The next request; nothing when the run is over. `now` is the wall clock's time.
  std::optional<Batch> next(Time now);
  // Whether there is none.
  bool is_over() const;

  Anchor anchor() const { return m_options.start ? Anchor::start : Anchor::end; }

 private:
  nanoseconds due_of(std::uint64_t span) const;
  Time time_of(std::uint64_t trace, nanoseconds due, Time now) const;
  void add_slice(Batch& batch, std::uint32_t first, std::uint32_t count, Time time);
  Batch next_part(Time now);

  const Generator& m_generator;
  PlanOptions m_options;
  Time m_begin;
  std::uint32_t m_batch;       // spans to collect before a request is sent
  std::uint64_t m_trace = 0;   // the next one
  std::uint64_t m_span = 0;    // the number in the run of its first span
  std::uint32_t m_offset = 0;  // spans of it that were in earlier requests
  Time m_split_time = {};      // its time, when it is split
};

}  // namespace otelctl::synth
