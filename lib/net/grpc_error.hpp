// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

struct GrpcFailure {
  int code = 0;
  std::string_view message;
  std::string_view host_and_port;
  bool tls = false;
  std::size_t sent_metadata = 0;  // bytes in names and values of the request's metadata
  nanoseconds timeout{};
  std::uint64_t max_message_bytes = std::uint64_t{4} * 1024 * 1024;
};

// The library's limit for an answer's message: one byte more than ours, which tells our own refusal
// from that of a server with the usual limit; both have the same words.
int library_limit(std::uint64_t max_message_bytes);

// What gRPC 1.51's own texts mean, in plain words; nothing when the status came from a gRPC server.
// The library gives its own troubles the same codes as a server's, so only the text tells.
std::optional<Error> explain_grpc_failure(const GrpcFailure& failure);

// Whether the text says that no connection came about.
bool is_connect_failure(std::string_view message);

// Whether the text speaks of TLS itself, which another try would meet again.
bool is_tls_failure(std::string_view message);

}  // namespace otelctl::net
