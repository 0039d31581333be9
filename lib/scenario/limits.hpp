// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>

// What a scenario of a file may cost: far above what is of use, and small enough for memory and
// time. How many spans a trace may have is synth's to say (k_max_trace_spans).
namespace otelctl::scenario {

inline constexpr std::size_t k_most_services = 10'000;
inline constexpr std::size_t k_most_choices = 100;
inline constexpr std::size_t k_most_columns = 100;
inline constexpr std::size_t k_most_rows = 100'000;
inline constexpr std::size_t k_most_values = 100'000;  // of one_of
inline constexpr std::size_t k_most_traces = 1'000;
inline constexpr std::size_t k_most_numbers = 100;  // of a span
// Bytes of one trace, repetitions counted; a server takes 4 MiB as a rule.
inline constexpr std::uint64_t k_most_trace_bytes = std::uint64_t{64} * 1024 * 1024;
// Numbers that are drawn for one trace, repetitions counted: synth's Sequence has a million draws.
inline constexpr std::uint64_t k_most_trace_draws = 800'000;
inline constexpr std::size_t k_most_metrics = 10'000;
// Data points or log records of one pass, as synth has it, and their bytes.
inline constexpr std::uint64_t k_most_pass_records = 100'000;
inline constexpr std::uint64_t k_most_pass_bytes = k_most_trace_bytes;

}  // namespace otelctl::scenario
