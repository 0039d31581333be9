// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "synth/generator.hpp"

namespace otelctl::synth {

// What gRPC servers take as a rule: 4 MiB is the default of the library in every language, and of
// the Collector's receiver.
inline constexpr std::uint64_t k_usual_request_limit = std::uint64_t{4} << 20;

// `wanted` records, or as many as stay well below k_usual_request_limit, at least 1: judged by the
// largest of the run's first records.
std::uint32_t fitting_batch(const Generator& generator, std::uint32_t wanted);

}  // namespace otelctl::synth
