// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "base/time.hpp"

namespace otelctl::synth {

// An absolute schedule: when each record of a run is due, whatever became of those before it. It is
// the exact inverse of the rate's integral, so no error adds up however long the run.
class Pace {
 public:
  // `rate` in records per second, above 0. During `ramp` the rate grows evenly from 0.
  Pace(double rate, nanoseconds ramp);

  // When record number `record` (from 0) is due, from the beginning of the run.
  nanoseconds due_of(std::uint64_t record) const;
  // Records per second at that moment.
  double rate_at(nanoseconds time) const;
  // How many records are due before `time`.
  std::uint64_t count_before(nanoseconds time) const;

 private:
  double m_rate;     // per second
  double m_ramp;     // nanoseconds
  double m_in_ramp;  // records that are due in it
};

}  // namespace otelctl::synth
