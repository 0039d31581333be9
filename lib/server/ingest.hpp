// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "server/store.hpp"
#include "server/wire_scan.hpp"

namespace otelctl::server {

// What both receivers do with a request once they have its bytes. Make one for each thread: it
// keeps what the scanner needs between requests.
class Ingest {
 public:
  explicit Ingest(Store& store) : m_store(store) {}

  // Checks the serialized export request and keeps what is to be kept.
  Result<Added> add(Signal signal, std::string_view payload);

 private:
  Store& m_store;
  WireScanner m_scanner;
  TraceScan m_scan;
};

// The serialized Export...ServiceResponse; partial success is field 1 in each, and in it the number
// rejected 1 and the message 2. Full success is no bytes at all.
std::string response_payload(const Added& added);

}  // namespace otelctl::server
