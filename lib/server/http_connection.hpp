// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include <httplib.h>

#include "base/time.hpp"
#include "net/tls_server.hpp"
#include "server/listener_tls.hpp"

namespace otelctl::server {

// One client's connection as cpp-httplib reads and writes it. Every request has one deadline for
// its head and body and a limit in bytes, its answer another deadline.
class HttpConnection final : public httplib::Stream {
 public:
  // `wake` becomes readable when the server stops. The socket stays the caller's.
  HttpConnection(int fd, int wake, const Clock& clock, ListenerTls tls = {})
      : m_fd(fd), m_wake(wake), m_clock(clock), m_tls(std::move(tls)) {}

  enum class Waited {
    request,
    begun,  // a part of a handshake or of a record: more will follow
    nothing,
    over,
  };
  // Waits for the first byte of a request: `over` when the client went away or the server stops.
  Waited wait_for_request(std::chrono::milliseconds time);

  // From here on a request is read: at most so many bytes for its head.
  void begin_request();
  // The head is done; the body has `length` bytes as far as the head says, and may have
  // `max_bytes`.
  void begin_body(std::uint64_t length, std::uint64_t max_bytes);
  // Whether as much was read since begin_body as the head said.
  bool is_body_read() const { return m_taken == m_length; }

  // Lets the time pass; false at once when the client has closed its side (which one that waits for
  // an answer does not) or the server stops.
  bool hold(nanoseconds time);

  // From here on nothing is written any more: there is no answer.
  enum class Ending { close, reset };
  void break_off(Ending ending);
  bool is_broken_off() const { return m_is_broken_off; }

  // Says in TLS that nothing follows, as far as that needs no waiting.
  void say_goodbye();
  // Tells the client that nothing follows and takes in what it still sends, for a moment: closing
  // with unread data would reset the connection and lose the answer.
  void linger();

  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* target, std::size_t size) override;
  ssize_t write(const char* source, std::size_t size) override;
  void get_remote_ip_and_port(std::string& ip, int& port) const override;
  void get_local_ip_and_port(std::string& ip, int& port) const override;
  int socket() const override { return m_fd; }

 private:
  // Waits until the socket can be read or written; false when the deadline passed.
  bool wait(short events, nanoseconds deadline) const;
  bool fill();
  // What recv(2) gives, once there is something; 0 at the end, and when the deadline passed.
  std::size_t receive(char* target, std::size_t size) const;
  // What send(2) takes; -1 when it takes nothing more.
  ssize_t transmit(const char* source, std::size_t size, nanoseconds deadline) const;
  // Looks at the client's first byte; false when the connection is over with it.
  bool open();
  Waited decrypt();
  bool fill_decrypted();
  bool receive_encrypted();
  bool flush(nanoseconds deadline);
  // Spoils the name of the header Range in a part of the head.
  void hide_range(char* text, std::size_t size);

  int m_fd;
  int m_wake;
  const Clock& m_clock;
  const ListenerTls m_tls;
  bool m_is_open = false;
  std::optional<net::TlsServerSession> m_session;  // of a client that speaks TLS
  std::string m_encrypted;                         // to be sent
  std::array<char, std::size_t{16} * 1024> m_buffer;
  std::size_t m_at = 0;
  std::size_t m_filled = 0;
  std::uint64_t m_taken = 0;
  std::uint64_t m_allowed = 0;
  std::uint64_t m_length = 0;
  bool m_is_in_head = false;
  std::size_t m_range_at = 0;  // how much of "range" the line has begun with
  bool m_is_broken_off = false;
  nanoseconds m_read_deadline{0};
  nanoseconds m_write_deadline{0};
};

}  // namespace otelctl::server
