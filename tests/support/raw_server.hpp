// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tests/support/certificates.hpp"
#include "tests/support/ports.hpp"

namespace otelctl::test {

// One accepted connection, after its TLS handshake where the server speaks TLS.
class Conversation {
 public:
  virtual ~Conversation() = default;
  // What comes next; "" when the peer closed or the server stops.
  virtual std::string read() = 0;
  // Whether the peer still takes it.
  virtual bool write(std::string_view bytes) = 0;
  // Whether the peer stays connected for so long; false as soon as it has gone or the server stops.
  virtual bool stays(std::chrono::milliseconds time) = 0;
  // Ends the connection with a reset in place of an orderly close.
  virtual void reset() = 0;
  // Whether the peer still takes a further session ticket, which TLS 1.3 has beside the data.
  virtual bool send_ticket() { return false; }

  // A whole HTTP/1.1 request with its body by Content-Length: head and body; both "" at the end.
  std::pair<std::string, std::string> read_request();
  // Reads and drops until the peer closes: an open port that never speaks.
  void wait_until_closed();
};

struct TlsWish {
  Identity identity;                  // its certificate may be followed by intermediate ones
  std::string client_authority = {};  // PEM; demands a client certificate of it when given
  std::string alpn = {};              // the one protocol that is agreed to; "" is no ALPN at all
  int newest_version = 0;             // OpenSSL's TLS1_1_VERSION...; 0 is the library's newest
};

// A TCP server that does whatever a test says, a thread a connection.
class RawServer {
 public:
  using Handler = std::function<void(Conversation&)>;
  explicit RawServer(Handler handler, std::optional<TlsWish> tls = std::nullopt,
                     const ListenAt& at = {});
  ~RawServer();
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;

  std::uint16_t port() const;
  // How many connections were accepted.
  int accepted() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

// An HTTP/1.1 answer as text. `head` holds further header lines, each with its line end.
std::string http_answer(int status, std::string_view content_type, std::string_view body,
                        std::string_view head = {});

// Answers each request of a connection with the same text.
RawServer::Handler always(std::string answer);

}  // namespace otelctl::test
