// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

// What a file of expectations may cost: far above what a person writes, and small enough for memory
// and time.
namespace otelctl::check {

inline constexpr std::uint64_t k_most_file_bytes = std::uint64_t{1024} * 1024;
inline constexpr std::uint32_t k_most_file_depth = 32;
inline constexpr std::uint64_t k_most_file_nodes = 100'000;
inline constexpr std::size_t k_most_expectations = 1'000;
inline constexpr std::size_t k_most_spans = 1'000;         // of an expectation
inline constexpr std::size_t k_most_alternatives = 1'000;  // of a list
inline constexpr std::size_t k_most_attributes = 1'000;
inline constexpr std::size_t k_longest_pattern = 4'096;
inline constexpr std::size_t k_most_tree_lines = 1'000;
inline constexpr std::size_t k_most_tree_depth = 64;
// Golden files hold every span with its attributes, indented by its depth.
inline constexpr std::size_t k_most_golden_spans = 10'000;
inline constexpr std::uint32_t k_most_golden_depth = 200;
inline constexpr std::uint64_t k_most_golden_bytes = std::uint64_t{16} * 1024 * 1024;
// Traces that `which: any` and `which: all` look at.
inline constexpr std::size_t k_most_traces = 50;
inline constexpr std::chrono::hours k_longest_wait{24};

}  // namespace otelctl::check
