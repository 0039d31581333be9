// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/result.hpp"
#include "synth/columns.hpp"
#include "synth/scenario.hpp"

// What check_scenario asks of metrics and log records. All errors are of kind settings.
namespace otelctl::synth {

inline constexpr std::uint32_t k_max_observations = 10'000;
// Of all metrics together, one series of each.
inline constexpr std::uint64_t k_max_all_observations = 10'000'000;
inline constexpr std::size_t k_max_bounds = 1'000;
inline constexpr std::size_t k_max_quantiles = 100;
inline constexpr std::uint64_t k_max_log_records = 100'000;

Result<void> check_metrics(const Scenario& scenario);
Result<void> check_logs(const Scenario& scenario, const Columns& columns);

}  // namespace otelctl::synth
