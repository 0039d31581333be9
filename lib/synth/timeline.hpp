// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "synth/durations.hpp"
#include "synth/scenario.hpp"
#include "synth/sequence.hpp"
#include "synth/shape.hpp"

namespace otelctl::synth {

// Puts the spans of one shape in time. A span's own time is shared out evenly before, between and
// after its children. The walk through the tree (in at a span's start, out at its end) is done once
// for the shape; a trace runs along it and adds up its own gaps.
class Timeline {
 public:
  // A span of the shape takes its own time from the table whose place is table_of[its spec].
  Timeline(const TraceSpec& trace, const Shape& shape, const std::vector<std::uint32_t>& table_of);

  // An order for a set of them; it means nothing.
  auto operator<=>(const Timeline& other) const = default;

  // What is written for one trace. Span i goes from times[2 * i] to times[2 * i + 1], in
  // nanoseconds from the root's start.
  struct Times {
    std::vector<std::uint64_t> gaps = {};
    std::vector<std::uint64_t> times = {};

    void make_room(const Timeline& timeline);
  };

  // First the own time of every span, drawn from a random word.
  void draw(const std::vector<DurationTable>& tables, std::size_t index, std::uint64_t word,
            std::uint64_t* gaps) const {
    const Span& span = m_spans[index];
    const std::uint64_t own = tables[span.table].draw(word);
    // 4 hours (2^44 ns) times 2^16 fit in 64 bits.
    const std::uint64_t before = (own * span.share) >> 16U;
    gaps[2 * index] = before;
    gaps[2 * index + 1] = own - before * span.waits;
  }
  // Then all times. Returns when the last span ends, which is the root unless a consumer comes
  // after it.
  std::uint64_t walk(Times& out) const;

 private:
  // A message is under way for as long as its sending took, and at least so long.
  static constexpr std::uint64_t k_least_transit = 1000;

  struct Span {
    std::uint32_t table;
    // Of its own time, in 1 / 65536, what goes before each child that it waits for.
    std::uint32_t share;
    std::uint32_t waits;  // so often

    auto operator<=>(const Span& other) const = default;
  };
  // times[slot] = the time before it + gaps[gap].
  struct Step {
    std::uint32_t slot;
    std::uint32_t gap;

    auto operator<=>(const Step& other) const = default;
  };
  // Steps up to `end`, one after the other, the first after times[from]. times[join] holds the
  // latest end of the runs that lead there.
  struct Run {
    std::uint32_t from;
    std::uint32_t end;
    std::uint32_t join;

    auto operator<=>(const Run& other) const = default;
  };
  class Builder;

  std::vector<Span> m_spans;
  std::vector<Step> m_steps;
  std::vector<Run> m_runs;
  std::vector<std::uint32_t> m_senders;  // producers, one for each consumer that comes after them
  std::vector<std::uint32_t> m_last;     // slots that may hold a later time than the root's end
  std::uint32_t m_slots = 0;
};

inline std::uint64_t Timeline::walk(Times& out) const {
  std::uint64_t* const gaps = out.gaps.data();
  std::uint64_t* const times = out.times.data();
  const std::size_t count = m_spans.size();
  gaps[2 * count] = 0;
  times[2 * count] = 0;
  times[2 * count + 1] = 0;
  // Most traces have none of these, and a call of memset is felt in small ones.
  for (std::size_t slot = 2 * count + 2; slot < m_slots; ++slot) {
    times[slot] = 0;
  }
  for (std::size_t index = 0; index < m_senders.size(); ++index) {
    const std::size_t sender = m_senders[index];
    const std::uint64_t own = gaps[2 * sender] * m_spans[sender].waits + gaps[2 * sender + 1];
    gaps[2 * count + 1 + index] = std::max(own, k_least_transit);
  }
  const Step* step = m_steps.data();
  for (const Run& run : m_runs) {
    std::uint64_t time = times[run.from];
    for (const Step* const end = m_steps.data() + run.end; step != end; ++step) {
      time += gaps[step->gap];
      times[step->slot] = time;
    }
    times[run.join] = std::max(times[run.join], time);
  }
  std::uint64_t latest = times[1];
  for (const std::uint32_t slot : m_last) {
    latest = std::max(latest, times[slot]);
  }
  return latest;
}

}  // namespace otelctl::synth
