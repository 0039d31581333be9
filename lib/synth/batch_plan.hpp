// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "base/time.hpp"
#include "synth/generator.hpp"
#include "synth/pace.hpp"

namespace otelctl::synth {

// One of `count` processes that share a run, numbered from 0.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
};

struct PlanOptions {
  static constexpr std::uint64_t k_no_limit = std::numeric_limits<std::uint64_t>::max();

  // The run ends after this many units, after this many records (a unit that may be divided is cut
  // there, another one is still sent whole), or when the next one would be due after `duration`;
  // all shards together.
  std::uint64_t units = k_no_limit;
  std::uint64_t records = k_no_limit;
  std::optional<nanoseconds> duration = std::nullopt;
  // Records per second of all shards together; none: as fast as it goes.
  std::optional<double> rate = std::nullopt;
  // The rate grows evenly from 0 in this time.
  nanoseconds ramp{0};
  // Records in a request.
  std::uint32_t batch = 512;
  // The first unit's start; the others follow at the rate, or 1 ms apart without one. When it is
  // not given, units end at the time at which they are due, or are generated.
  std::optional<Time> start = std::nullopt;
  Shard shard = {};
};

// One request.
struct Batch {
  std::vector<Slice> slices;
  std::uint64_t records = 0;
  // When it is to be sent, from the beginning of the run: when the last unit, or the last record of
  // a divided unit, in it is due.
  nanoseconds due{0};
};

// Cuts a run into requests. A unit that is kept whole stays in one request unless it is larger than
// a batch, and then has its requests for itself; other units are cut where a batch is full. With a
// rate the schedule is absolute: record number n is due at n / rate, whatever came before.
//
// Shards walk the same schedule and each takes its part of it: unit n belongs to shard n mod count,
// and of units that may be divided each takes a batch in turn, the end being dealt out evenly. So
// counts and rates divide exactly, and the shards together send what one process would.
class BatchPlan {
 public:
  // `begin` is the wall clock's time when the run begins.
  BatchPlan(const Generator& generator, const PlanOptions& options, Time begin);

  // The next request; nothing when the run is over. `now` is the wall clock's time, `used` is a
  // request whose memory may be taken.
  std::optional<Batch> next(Time now, Batch used = {});
  // Whether there is none.
  bool is_over() const;

  Anchor anchor() const { return m_options.start ? Anchor::start : Anchor::end; }

 private:
  // Records of this shard, by their numbers in the run.
  struct Share {
    std::uint64_t first = 0;
    std::uint64_t count = 0;
    std::uint64_t round = 0;  // how many records all shards take together
  };

  nanoseconds due_of(std::uint64_t record) const;
  Time time_of_unit(Time now);
  std::uint32_t batch_size() const;
  std::uint64_t count_records() const;
  Share next_share() const;
  void pass_unit(std::uint64_t size);
  void pass_units(std::uint32_t count);
  void add_slice(Batch& batch, std::uint32_t first, std::uint32_t count, Time now);
  void add_part(Batch& batch, Time now);
  void add_units(Batch& batch, Time now);
  void add_units_at_once(Batch& batch, Time now);
  void add_records(Batch& batch, Time now);

  const Generator& m_generator;
  PlanOptions m_options;
  Time m_begin;
  std::optional<Pace> m_pace;
  bool m_is_whole;             // units stay whole
  std::uint64_t m_total;       // records of the run, when units are divided
  std::uint64_t m_unit = 0;    // the next one
  std::uint64_t m_record = 0;  // the number in the run of its first record
  std::uint32_t m_offset = 0;  // records of a whole unit that were in earlier requests
  std::uint64_t m_next = 0;    // where the next round of divided units begins
  std::uint64_t m_timed_unit;  // the unit that has m_time
  Time m_time = {};
};

}  // namespace otelctl::synth
