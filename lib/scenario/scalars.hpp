// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>

#include "scenario/reading.hpp"
#include "synth/scenario.hpp"

// Values that only scenarios have, by what their key wants. Each notes what is wrong and gives
// nothing then.
namespace otelctl::scenario {

// From 0 to 1.
std::optional<double> read_share(Notes& notes, const Spot& spot);
// From 0 to k_max_own_time.
std::optional<nanoseconds> read_duration(Notes& notes, const Spot& spot);

// [low, high]: what its ends hold is the reader's to say.
struct Ends {
  Spot low;
  Spot high;
};
// nothing, and a note, unless it is a list of two. The ends' parent is `spot`.
std::optional<Ends> read_ends(Notes& notes, const Spot& spot);

// Two numbers, the low one first. Both are integers where no decimals are written.
struct Range {
  double low = 0.0;
  double high = 0.0;
  bool is_integer = false;
  synth::IntRange integers = {};  // exact, where they are
};
std::optional<Range> read_range(Notes& notes, const Spot& spot);
// Whole numbers of at most 2^32 different values.
std::optional<synth::IntRange> read_int_range(Notes& notes, const Spot& spot);

// A text, truth, number or list of texts, of the type that YAML 1.2 gives it. Nothing, and a note,
// for maps and null.
std::optional<synth::Value> read_value(Notes& notes, const Spot& spot);

}  // namespace otelctl::scenario
