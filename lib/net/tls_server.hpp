// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// What a TLS server is told by its user: paths of PEM files.
struct TlsServerFiles {
  std::string cert_file;  // the server's certificate with its chain
  std::string key_file;   // the private key of cert_file
  // Whom clients' certificates must come from; without it they are asked for none.
  std::optional<std::string> client_ca_file;
};

// What is in them.
struct TlsServerPem {
  std::string certificate;
  std::string key;
  std::string client_ca;  // "" where there is none
  // Why clients will refuse the certificate at this time ("has expired on ..."), "" when they need
  // not. It is no error: that may be what is to be tried.
  std::string problem;
};

// Reads them and sees that they can be used: PEM, a key without a password that belongs to the
// certificate. Error kind: settings.
Result<TlsServerPem> read_tls_server_files(const TlsServerFiles& files, Time now);

// What the sessions of one listener have in common: TLS 1.2 or later, the certificate, and
// HTTP/1.1 as the one protocol that ALPN (RFC 7301) can choose. Thread-safe.
class TlsServerContext {
 public:
  // Of a client without a certificate, where there is a client_ca: whether it is let in.
  enum class Clients { need_certificate, may_have_certificate };
  // Error kind: settings.
  static Result<std::shared_ptr<const TlsServerContext>> make(const TlsServerPem& pem,
                                                              Clients clients);
  ~TlsServerContext();
  TlsServerContext(const TlsServerContext&) = delete;
  TlsServerContext& operator=(const TlsServerContext&) = delete;

 private:
  friend class TlsServerSession;
  class Impl;
  explicit TlsServerContext(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

// One client's session, bytes in and bytes out: whose socket it is, and how long that may take,
// is the caller's business. The handshake is a part of reading.
class TlsServerSession {
 public:
  explicit TlsServerSession(const TlsServerContext& context);
  ~TlsServerSession();
  TlsServerSession(const TlsServerSession&) = delete;
  TlsServerSession& operator=(const TlsServerSession&) = delete;

  // What came from the client's side of the socket.
  void feed(std::string_view encrypted);
  // What is to be written there next, after any of the other calls: appended to `out`.
  void drain(std::string& out);

  enum class Read {
    some,        // `count` bytes, at least one
    needs_more,  // of what feed() takes
    over,        // the client has ended the session, or it has failed
  };
  // Decrypts into `target`.
  Read read(char* target, std::size_t size, std::size_t& count);
  // Encrypts all of it; false when the session has failed.
  bool write(std::string_view plain);
  // Tells the client that nothing follows.
  void end();

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::net
