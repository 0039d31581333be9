// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/random.hpp"
#include "synth/encoding.hpp"
#include "synth/scenario.hpp"
#include "synth/shape.hpp"

namespace otelctl::synth {

// How a shape's executions end: most succeed, the others like one of `runs`.
struct Failures {
  // A random 64-bit word below bounds[k], and not below the bound before it, ends like runs[k].
  std::vector<std::uint64_t> bounds = {};
  std::vector<std::vector<Ending>> runs = {};  // an ending for each span
};

// How many runs a shape gets; a run is as large as the shape.
struct RunLimits {
  // At least, for the failures that follow a first one to differ; never above `most`.
  std::size_t least = 4;
  std::size_t most = 16;
};

// Draws failures by the spans' error rates: in the long run each span fails as often as its rate
// says. None when no span of the shape can fail. How often a kind of span is the first to fail is
// exact, so that a rare failure comes up beside frequent ones, unless more kinds can fail than
// there may be runs.
Failures draw_failures(const TraceSpec& trace, const Shape& shape, Random& random,
                       const RunLimits& limits = {});

}  // namespace otelctl::synth
