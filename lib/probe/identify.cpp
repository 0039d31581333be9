// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/identify.hpp"

#include <charconv>
#include <optional>

#include "base/text.hpp"
#include "net/deadline.hpp"
#include "net/socket.hpp"
#include "net/tls_probe.hpp"
#include "net/tls_words.hpp"
#include "probe/banner.hpp"

namespace otelctl::probe {
namespace {

// Longer than a round trip through the internet, short enough for three of them.
constexpr nanoseconds k_patience = std::chrono::milliseconds(400);
constexpr std::size_t k_piece = 512;
// A frame's header has 9 bytes, a status line more; what comes in the first piece is enough.
constexpr std::size_t k_least_bytes = 9;
// Of a web page: beyond its title.
constexpr std::size_t k_most_of_a_page = std::size_t{8} * 1024;

// RFC 9113, 3.4: the client's connection preface, and an empty SETTINGS frame.
constexpr std::string_view k_http2_preface("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                                           33);

struct Reply {
  bool connected = false;
  bool closed = false;
  std::string bytes = {};
};

// Whether an HTTP/1.1 answer is complete by its own Content-Length; others end with the connection.
bool is_whole_answer(std::string_view bytes) {
  constexpr std::string_view k_length = "content-length:";
  const auto end = bytes.find("\r\n\r\n");
  if (!bytes.starts_with("HTTP/1.") || end == std::string_view::npos) {
    return false;
  }
  const std::string head = to_lower(bytes.substr(0, end));
  const auto at = head.find(k_length);
  if (at == std::string::npos) {
    return false;
  }
  const auto digits = trim(std::string_view(head).substr(at + k_length.size(), 20));
  std::size_t length = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), length);
  return bytes.size() - (end + 4) >= length;
}

// Sends a request and collects what comes until it is at least `enough` bytes, or the end.
Reply ask(const net::Address& address, std::string_view request, std::size_t enough,
          const net::Deadline& deadline) {
  Reply reply;
  const auto connection = net::connect_any({address}, deadline.at_most(k_patience));
  reply.connected = connection.socket.is_open();
  if (!reply.connected) {
    return reply;
  }
  const net::Deadline patience(deadline.at_most(k_patience));
  if (!connection.socket.send_all(request, patience)) {
    reply.closed = true;
    return reply;
  }
  while (reply.bytes.size() < enough && !is_whole_answer(reply.bytes)) {
    bool was_reset = false;
    const auto part = connection.socket.receive(k_piece, patience, &was_reset);
    if (!part || part->empty()) {
      reply.closed = was_reset || part.has_value();
      break;
    }
    reply.bytes += *part;
  }
  return reply;
}

// RFC 9113, 4.1: length (3), type (1), flags (1), stream (4); a server begins with SETTINGS (4) on
// stream 0.
bool begins_with_settings_frame(std::string_view bytes) {
  return bytes.size() >= 9 && bytes[3] == 4 &&
         bytes.substr(5, 4) == std::string_view("\0\0\0\0", 4);
}

// An empty POST shows which HTTP server it is. Nothing in it is the user's.
Reply ask_http1(const net::Address& address, std::string_view host, const net::Deadline& deadline) {
  return ask(address,
             "POST /v1/traces HTTP/1.1\r\nHost: " + std::string(host) +
                 "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
             k_most_of_a_page, deadline);
}

Peer with_greeting(Peer peer, const Reply& reply) {
  if (peer.kind == PeerKind::http1) {
    peer.server = describe(read_greeting(reply.bytes));
  }
  return peer;
}

std::optional<Peer> try_tls(const net::Address& address, std::string_view host,
                            const net::Deadline& deadline, Time now) {
  const auto connection = net::connect_any({address}, deadline.at_most(k_patience));
  if (!connection.socket.is_open()) {
    return std::nullopt;
  }
  net::TlsProbeRequest request;
  request.host = host;
  request.host_and_port = address.to_string();
  request.files.skip_verify = true;
  request.timeout = deadline.at_most(2 * k_patience);
  request.now = now;
  const auto result = net::probe_tls(connection.socket, request);
  if (!result.facts) {
    return std::nullopt;
  }
  return Peer{result.facts->alpn == "h2" ? PeerKind::tls_http2 : PeerKind::tls};
}

}  // namespace

std::optional<Peer> peer_of_bytes(std::string_view bytes) {
  if (bytes.empty()) {
    return std::nullopt;
  }
  if (begins_with_settings_frame(bytes)) {
    return Peer{PeerKind::http2};
  }
  if (net::says_that_it_is_tls(bytes)) {
    return std::nullopt;
  }
  if (bytes.starts_with("HTTP/1.")) {
    return Peer{PeerKind::http1};
  }
  // A TLS alert: content type 21, version 3.x.
  if (bytes.size() >= 2 && bytes[0] == 21 && bytes[1] == 3) {
    return std::nullopt;
  }
  return Peer{PeerKind::other, shown_banner(bytes), std::string(server_of_banner(bytes))};
}

Peer identify(const net::Address& address, std::string_view host, nanoseconds timeout, Time now) {
  const net::Deadline deadline(timeout);
  const Reply to_http2 = ask(address, k_http2_preface, k_least_bytes, deadline);
  const auto plain = peer_of_bytes(to_http2.bytes);
  if (plain && plain->kind == PeerKind::http1) {
    return with_greeting(*plain, ask_http1(address, host, deadline));
  }
  if (plain && plain->kind == PeerKind::http2) {
    return *plain;
  }
  if (!plain) {
    if (const auto peer = try_tls(address, host, deadline, now)) {
      return *peer;
    }
  }
  // Some HTTP/1 servers answer the preface with a bare page, as HTTP/0.9 did.
  const Reply to_http1 = ask_http1(address, host, deadline);
  const auto peer = peer_of_bytes(to_http1.bytes);
  if (peer && (!plain || peer->kind == PeerKind::http1)) {
    return with_greeting(*peer, to_http1);
  }
  return plain.value_or(
      Peer{to_http2.closed && to_http1.closed ? PeerKind::closing : PeerKind::silent});
}

std::string_view name_of(PeerKind kind) {
  switch (kind) {
    case PeerKind::silent:
      return "silent";
    case PeerKind::closing:
      return "closing";
    case PeerKind::http2:
      return "http2";
    case PeerKind::http1:
      return "http1";
    case PeerKind::tls_http2:
      return "tls_http2";
    case PeerKind::tls:
      return "tls";
    case PeerKind::other:
      return "other";
  }
  return "other";
}

std::string describe(const Peer& peer) {
  switch (peer.kind) {
    case PeerKind::silent:
      return "accepts connections and says nothing";
    case PeerKind::closing:
      return "accepts connections and closes them at once";
    case PeerKind::http2:
      return "speaks plaintext gRPC (HTTP/2)";
    case PeerKind::http1:
      return peer.server.empty() ? "speaks plaintext HTTP/1.1"
                                 : "speaks plaintext HTTP/1.1 and is " + peer.server;
    case PeerKind::tls_http2:
      return "speaks TLS, with HTTP/2 in it";
    case PeerKind::tls:
      return "speaks TLS, without HTTP/2";
    case PeerKind::other:
      return (peer.server.empty() ? "is not HTTP" : "is " + peer.server) + "; it says \"" +
             peer.banner + "\"";
  }
  return {};
}

}  // namespace otelctl::probe
