// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/result.hpp"
#include "trace/builder.hpp"

namespace otelctl::query {

// Of one answer, unpacked: a list of names or of summaries; whole traces.
inline constexpr std::uint64_t k_max_small_answer = std::uint64_t{10} << 20U;
inline constexpr std::uint64_t k_max_traces_answer = std::uint64_t{1} << 30U;

// An empty object takes 3 bytes of an answer, 2 in protobuf, and several times that in memory. A
// million spans of usual size have 25 million objects and arrays.
inline constexpr std::size_t k_max_containers = 50'000'000;

// What messages call the source of the bytes, and what they advise.
struct SourceWords {
  std::string_view subject;
  std::string_view when_cut;
  std::string_view when_too_large;
  std::string_view when_foreign;
};
inline constexpr SourceWords k_answer_words{
    "the answer", "something between here and the backend broke it off; try again",
    "ask for fewer traces or a shorter time", "check that this is the query API"};

// Five million spans take about 1 GB; no answer that makes sense to a person is that large.
// Error kind: not_understood.
Result<void> check_span_count(const trace::TraceBuilder& builder);

}  // namespace otelctl::query
