// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.hpp"
#include "config/reading/notes.hpp"
#include "config/reading/spot.hpp"

// Single values by what their key wants. Each notes what is wrong and gives nothing then.
namespace otelctl::config::reading {

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
// From 0 to `most`.
std::optional<nanoseconds> read_duration(Notes& notes, const Spot& spot, nanoseconds most);
// The index of one of the names.
std::optional<std::size_t> read_choice(Notes& notes, const Spot& spot,
                                       const std::vector<std::string>& names);

// The scalar of which type `wanted` speaks; none, and a note, for lists, maps and null. Without a
// note where a variable in it has no value, which is noted already.
std::optional<Scalar> scalar_at(Notes& notes, const Spot& spot, std::string_view wanted);

// "a list", "the number '5'", "text 'five'".
std::string value_words(Notes& notes, const Spot& spot);

void note_out_of_range(Notes& notes, const Spot& spot, std::string_view range);
void note_wrong_type(Notes& notes, const Spot& spot, std::string_view wanted, std::string help);

}  // namespace otelctl::config::reading
