// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/deadline.hpp"
#include "net/resolver.hpp"

namespace otelctl::net {

// A connected TCP socket, non-blocking, closed on exec and at the end of its life.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : m_descriptor(descriptor) {}
  ~Socket() { close(); }
  Socket(Socket&& other) noexcept : m_descriptor(other.release()) {}
  Socket& operator=(Socket&& other) noexcept;
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  bool is_open() const { return m_descriptor >= 0; }
  int descriptor() const { return m_descriptor; }
  int release();
  void close();

  // Whether the whole text went out in time. A peer that closed is no signal (SIGPIPE), just false.
  bool send_all(std::string_view bytes, const Deadline& deadline) const;

  // What comes next, at most `most` bytes: empty text is the peer's orderly close, nothing means
  // that the time is over or the connection was reset (`was_reset` tells which).
  std::optional<std::string> receive(std::size_t most, const Deadline& deadline,
                                     bool* was_reset = nullptr) const;

 private:
  int m_descriptor = -1;
};

// How the connection to one address went.
struct ConnectAttempt {
  Address address;
  bool connected = false;
  int os_error = 0;  // errno; 0 when it was still under way at the end
};

struct Connection {
  Socket socket;                         // open when one attempt succeeded
  std::optional<Address> address;        // the one that it is connected to
  std::vector<ConnectAttempt> attempts;  // in the order in which they began

  // The cause when none succeeded; `place` is "host:port", `waited` the timeout.
  Error error(std::string_view place, nanoseconds waited) const;
};

// Connects to the first address that answers, as RFC 8305 ("Happy Eyeballs") says: families take
// turns, the next attempt begins 250 ms after the one before or as soon as that has failed, and the
// first success ends the others. A dead first address costs 250 ms and not the timeout.
Connection connect_any(const std::vector<Address>& addresses, nanoseconds timeout);

// resolve() and connect_any() within one timeout. Error kind: unreachable.
Result<Connection> dial(std::string_view host, std::uint16_t port, nanoseconds timeout);

// The address that a library is to be sent to, as those that are here try several badly: the only
// one of the name, else `known` while the name still has it, else one that answers now. Connections
// that carry nothing are made only where there is a choice. Error kind: unreachable.
Result<Address> choose_address(std::string_view host, std::uint16_t port,
                               const std::optional<Address>& known, nanoseconds timeout);

}  // namespace otelctl::net
