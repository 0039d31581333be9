// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

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
  nanoseconds timeout{};
};

// What gRPC 1.51's own texts mean, in plain words; nothing when the status came from a gRPC server.
// The library gives its own troubles the same codes as a server's, so only the text tells.
std::optional<Error> explain_grpc_failure(const GrpcFailure& failure);

// Whether the text says that no connection came about.
bool is_connect_failure(std::string_view message);

// Whether the text speaks of TLS itself, which another try would meet again.
bool is_tls_failure(std::string_view message);

}  // namespace otelctl::net
