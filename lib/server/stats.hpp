// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace otelctl::server {

// What happened to the spans, exact at any moment: accepted = held + evicted. `rejected` were
// refused by partial success; requests that were refused whole count nowhere.
struct TraceCounts {
  std::uint64_t requests = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
  std::uint64_t held = 0;
  std::uint64_t evicted = 0;
};

// Data points (metrics) or records (logs); they are checked and counted, not kept.
struct ItemCounts {
  std::uint64_t requests = 0;
  std::uint64_t accepted = 0;
  std::uint64_t rejected = 0;
};

struct Stats {
  TraceCounts traces;
  ItemCounts metrics;
  ItemCounts logs;
  // Bytes that the held traces take with their index; never above the limit.
  std::uint64_t memory = 0;
  std::uint64_t max_memory = 0;
};

}  // namespace otelctl::server
