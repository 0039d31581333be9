// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string_view>

#include <grpcpp/support/status.h>

#include "base/signal.hpp"

namespace otelctl::server {

// "/package.Service/Method" taken apart: one of OTLP's three, or the status that grpc-go answers
// for the others.
struct GrpcMethod {
  std::optional<Signal> signal;
  grpc::Status status = grpc::Status::OK;
};
GrpcMethod method_of(std::string_view path);

}  // namespace otelctl::server
