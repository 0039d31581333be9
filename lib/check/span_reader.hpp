// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "check/condition_reader.hpp"
#include "check/expectations.hpp"
#include "config/reading/map_reader.hpp"

namespace otelctl::check {

// The list under `spans`.
std::vector<SpanExpectation> read_spans(Notes& notes, const Spot& spot);

// The durations that a map may ask for: max_duration, min_duration and duration.
inline constexpr std::array<std::string_view, 3> k_duration_keys{"max_duration", "min_duration",
                                                                 "duration"};
std::vector<DurationExpectation> read_durations(Notes& notes,
                                                const config::reading::MapReader& map);

}  // namespace otelctl::check
