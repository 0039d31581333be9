// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "synth/scenario.hpp"

namespace otelctl::synth {

// Shapes of one kind of trace are never more than this.
inline constexpr std::uint32_t k_max_shapes = 1024;

// How many shapes show all that one kind of trace can be: as many as its longest list or choice has
// values, and a multiple of the lengths of all where that is not too many, so that each value comes
// as often as any other (see Decks).
std::uint32_t shapes_wanted(const Scenario& scenario, const TraceSpec& trace);

}  // namespace otelctl::synth
