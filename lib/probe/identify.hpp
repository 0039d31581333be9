// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/time.hpp"
#include "net/resolver.hpp"

namespace otelctl::probe {

// What a port speaks, as its first bytes show.
enum class PeerKind {
  silent,     // accepts and says nothing
  closing,    // accepts and hangs up at once, whatever it is told
  http2,      // plaintext HTTP/2: a gRPC server
  http1,      // plaintext HTTP/1.1 only
  tls_http2,  // TLS, and HTTP/2 in it: gRPC is possible
  tls,        // TLS without HTTP/2
  other,      // plaintext of another protocol
};

// "silent", "http2", "tls_http2", "other"...
std::string_view name_of(PeerKind kind);

struct Peer {
  PeerKind kind = PeerKind::silent;
  std::string banner = {};  // the first bytes of `other`, made printable
  // What it is, as far as it gave itself away: "an SSH server", "an OTLP/HTTP receiver"; or "".
  std::string server = {};
};

// What the first bytes say that a peer sends unasked, or in answer to plaintext of HTTP/2 or
// HTTP/1.1; nothing when they may still be TLS, or there are none. They are any bytes.
std::optional<Peer> peer_of_bytes(std::string_view bytes);

// Enough for the three connections; what diagnosis spends on it at most.
inline constexpr nanoseconds k_identify_time = std::chrono::milliseconds(1200);

// Tells what listens on an address by up to three short connections of its own: the HTTP/2 preface,
// a TLS hello, an empty HTTP/1.1 request. No header, key or telemetry of the user is sent, so it
// may be aimed at a wrong port. Ends within `timeout`.
Peer identify(const net::Address& address, std::string_view host, nanoseconds timeout, Time now);

// A clause about the port: "speaks plaintext gRPC (HTTP/2)", "is an SSH server; it says ...".
std::string describe(const Peer& peer);

}  // namespace otelctl::probe
