// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/socket.hpp"
#include "net/tls_files.hpp"

namespace otelctl::net {

struct TlsProbeRequest {
  std::string host;           // for SNI and for the name in the certificate; a name or an address
  std::string host_and_port;  // for messages
  TlsFiles files;
  // Offered by ALPN, best first.
  std::vector<std::string> protocols = {"h2", "http/1.1"};
  // Of the handshake and the wait after it.
  nanoseconds timeout = std::chrono::seconds(5);
  Time now;  // for the days left
};

// What the server showed, whether or not we accept it.
struct TlsFacts {
  std::string version;  // "TLSv1.3"
  std::string cipher;
  std::string alpn;  // the protocol that the server chose, "" for none
  std::string subject;
  std::string issuer;
  std::vector<std::string> names;  // subject alternative names: DNS names and addresses
  std::optional<Time> not_before;
  std::optional<Time> not_after;
  std::size_t chain_length = 0;
  long verify_result = 0;  // X509_V_ERR_*; 0 is X509_V_OK
  // The server asked for a client certificate; it may still do without.
  bool wants_client_certificate = false;
};

struct TlsProbeResult {
  // Set when the handshake came to its end.
  std::optional<TlsFacts> facts;
  // Set when the connection is of no use: the handshake broke, the certificate is not accepted (and
  // verification was not switched off), or the server wants a client certificate.
  std::optional<Error> error;
  // Days until the certificate expires, rounded down.
  std::optional<std::int64_t> days_left;
};

// Makes a TLS handshake of its own over a connected socket, because neither gRPC nor libcurl tells
// enough: gRPC gives every certificate problem as "certificate verify failed". The certificate is
// judged after the handshake, so that its facts are known even when it is bad. With TLS 1.3 a
// demand for a client certificate shows only after the handshake; that is waited for 200 ms.
TlsProbeResult probe_tls(const Socket& socket, const TlsProbeRequest& request);

// Asks an HTTP proxy ("CONNECT host:port") for a way to the target. Error kinds: unreachable, and
// refused when the proxy wants a login.
Result<void> open_tunnel(const Socket& socket, std::string_view target, std::string_view proxy_url,
                         const Deadline& deadline);

}  // namespace otelctl::net
