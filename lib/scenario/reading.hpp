// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "config/reading/map_reader.hpp"
#include "config/reading/notes.hpp"
#include "config/reading/scalars.hpp"
#include "config/reading/spot.hpp"

// What every reader here is made of.
namespace otelctl::scenario {

using config::reading::advice_to_give;
using config::reading::Emptiness;
using config::reading::entries_of;
using config::reading::items_of;
using config::reading::key_place_of;
using config::reading::MapReader;
using config::reading::name_of;
using config::reading::note_out_of_range;
using config::reading::note_wrong_kind;
using config::reading::note_wrong_type;
using config::reading::Notes;
using config::reading::path_of;
using config::reading::place_of;
using config::reading::read_boolean;
using config::reading::read_choice;
using config::reading::read_integer;
using config::reading::read_number;
using config::reading::read_text;
using config::reading::scalar_at;
using config::reading::Spot;
using config::reading::value_words;

}  // namespace otelctl::scenario
