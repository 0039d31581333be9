// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenario/notes.hpp"
#include "scenario/spot.hpp"
#include "synth/scenario.hpp"

// Single values by what their key wants. Each notes what is wrong and gives nothing then.
namespace otelctl::scenario {

// Where only text can stand, numbers and booleans are taken as they are written. `may_be_empty`
// says whether "" is a value.
enum class Emptiness { refused, allowed };
std::optional<std::string_view> read_text(Notes& notes, const Spot& spot,
                                          Emptiness emptiness = Emptiness::refused);

std::optional<bool> read_boolean(Notes& notes, const Spot& spot);
std::optional<std::int64_t> read_integer(Notes& notes, const Spot& spot, std::int64_t least,
                                         std::int64_t most);
// A finite number.
std::optional<double> read_number(Notes& notes, const Spot& spot);
// From 0 to 1.
std::optional<double> read_share(Notes& notes, const Spot& spot);
// From 0 to k_max_own_time.
std::optional<nanoseconds> read_duration(Notes& notes, const Spot& spot);
// The index of one of the names.
std::optional<std::size_t> read_choice(Notes& notes, const Spot& spot,
                                       const std::vector<std::string>& names);

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

// "a list", "the number '5'", "text 'five'".
std::string value_words(const yaml::Document& document, const yaml::Node& node);

void note_out_of_range(Notes& notes, const Spot& spot, std::string_view range);

}  // namespace otelctl::scenario
