// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "synth/encoding.hpp"
#include "synth/scenario.hpp"
#include "synth/shape.hpp"

namespace otelctl::synth {

// How a shape's executions end: most succeed, the others like one of `runs`.
struct Failures {
  std::uint64_t bound = 0;                     // a random 64-bit word below it is a failure
  std::vector<std::vector<Ending>> runs = {};  // an ending for each span
};

// Draws failures by the spans' error rates: in the long run each span fails as often as its rate
// says. None when no span of the shape can fail.
Failures draw_failures(const TraceSpec& trace, const Shape& shape, Random& random);

}  // namespace otelctl::synth
