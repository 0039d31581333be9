// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

#include "net/tls_server.hpp"

namespace otelctl::server {

// How an HTTP listener speaks TLS.
struct ListenerTls {
  std::shared_ptr<const net::TlsServerContext> context = {};  // null: it does not
  bool takes_plaintext = false;                               // from clients that begin without TLS
};

}  // namespace otelctl::server
