// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// What a TLS client is told by its user: paths of PEM files, "" where none is given.
struct TlsFiles {
  std::string ca_file;    // trusted roots instead of the system's
  std::string cert_file;  // the client's own certificate with its chain, for mutual TLS
  std::string key_file;   // the private key of cert_file
  bool skip_verify = false;

  bool any() const { return !ca_file.empty() || !cert_file.empty() || !key_file.empty(); }
};

// Checks them before any connection, because the libraries hide the cause: gRPC takes an unreadable
// CA file as "use the system's" and calls a key that does not fit "empty address list". Readable,
// PEM, key and certificate given together and fitting, client certificate valid at `now`.
// Error kind: settings.
Result<void> check_tls_files(const TlsFiles& files, Time now);

// The system's bundle of trusted roots, where it is on this distribution; "" when none is found.
// SSL_CERT_FILE is not asked: neither gRPC nor libcurl would.
std::string system_ca_file();

}  // namespace otelctl::net
