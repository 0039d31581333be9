// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

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

// How many requests were picked for each fault (see fault.hpp). `abandoned` were held back for
// longer than their client waited, and therefore not taken.
struct FaultCounts {
  std::uint64_t too_many = 0;
  std::uint64_t unavailable = 0;
  std::uint64_t partial = 0;
  std::uint64_t slow = 0;
  std::uint64_t reset = 0;
  std::uint64_t dropped_connections = 0;
  std::uint64_t abandoned = 0;
};

// How the recording fares; `message` says why it stopped and is "" while it is fine or none was
// asked for. `requests` are the lines in the file.
struct RecordingState {
  bool ok = true;
  std::string message = {};
  std::uint64_t requests = 0;
};

struct Stats {
  TraceCounts traces;
  ItemCounts metrics;
  ItemCounts logs;
  // Bytes that the held traces take with their index; never above the limit.
  std::uint64_t memory = 0;
  std::uint64_t max_memory = 0;
  FaultCounts faults = {};
  RecordingState recording = {};
};

}  // namespace otelctl::server
