// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include <grpcpp/security/server_credentials.h>

#include "net/tls_server.hpp"

namespace otelctl::server {

// As whom a gRPC server shows itself, and whom it lets in: everybody, where no client_ca is given.
// Without `tls` it speaks plaintext.
std::shared_ptr<grpc::ServerCredentials> grpc_credentials(
    const std::optional<net::TlsServerPem>& tls);

}  // namespace otelctl::server
