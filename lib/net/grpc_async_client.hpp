// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "net/grpc_client.hpp"
#include "net/held_bytes.hpp"

namespace otelctl::net {

// What all calls of a client have in common.
struct GrpcCallOptions {
  std::vector<Header> metadata = {};
  bool gzip = false;
  // After decompression; 4 MiB is the OTLP specification's limit.
  std::uint64_t max_response_bytes = std::uint64_t{4} * 1024 * 1024;
};

// Many unary calls at once from one thread, over one connection: as GrpcClient, whose notes on
// addresses hold here too. Not thread-safe. Destroying it breaks off what is under way.
class GrpcAsyncClient {
 public:
  GrpcAsyncClient(GrpcTarget target, GrpcCallOptions options);
  ~GrpcAsyncClient();
  GrpcAsyncClient(const GrpcAsyncClient&) = delete;
  GrpcAsyncClient& operator=(const GrpcAsyncClient&) = delete;

  // Begins a call of "/package.Service/Method", which ends within `timeout`; its end bears the tag.
  // The answer at once when it cannot begin: metadata that is not legal, no address that answers.
  // The owner of the bytes may be let go of by one of the library's threads.
  std::optional<GrpcAnswer> start(std::uint64_t tag, const std::string& method, HeldBytes body,
                                  nanoseconds timeout);

  struct Ended {
    std::uint64_t tag = 0;
    GrpcAnswer answer = {};
  };
  // The next call that has ended; nothing when none has within `time`. All network traffic happens
  // in here.
  std::optional<Ended> wait(nanoseconds time);

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::net
