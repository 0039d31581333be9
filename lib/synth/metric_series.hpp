// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "synth/scenario.hpp"

namespace otelctl::synth {

// All series of a scenario together.
inline constexpr std::uint64_t k_max_series = 100'000;

// Series of the metric: the combinations of its attributes' values. Counting stops above
// k_max_series.
std::uint64_t series_of(const MetricSpec& metric);
// Data points of a pass over the scenario's metrics.
std::uint64_t points_of_pass(const Scenario& scenario);

// The attributes of series number `index`, which is below series_of, as elements of `field`. The
// last attribute's values change first.
std::string encode_series(const MetricSpec& metric, std::uint64_t index, unsigned field);

}  // namespace otelctl::synth
