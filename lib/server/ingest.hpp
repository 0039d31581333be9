// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "server/recorder.hpp"
#include "server/store.hpp"
#include "server/wire_scan.hpp"

namespace otelctl::server {

// What both receivers do with a request once they have its bytes. Make one for each thread: it
// keeps what the scanner needs between requests.
class Ingest {
 public:
  explicit Ingest(Store& store, Recorder* recorder = nullptr)
      : m_store(store), m_recorder(recorder) {}

  // Checks the serialized export request, keeps what is to be kept and has it recorded. So many of
  // its records, or all there are, are rejected as a fault.
  Result<Added> add(Signal signal, std::string_view payload, std::uint64_t reject = 0);

 private:
  Result<Added> add_traces(std::string_view payload, std::uint64_t reject);
  Result<Added> add_items(Signal signal, std::string_view payload, std::uint64_t reject);
  void record_traces(std::string_view payload, const Added& added);

  Store& m_store;
  Recorder* m_recorder;  // null where nothing is recorded
  WireScanner m_scanner;
  TraceScan m_scan;
};

// The serialized Export...ServiceResponse; partial success is field 1 in each, and in it the number
// rejected 1 and the message 2. Full success is no bytes at all.
std::string response_payload(const Added& added);

}  // namespace otelctl::server
