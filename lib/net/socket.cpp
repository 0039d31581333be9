// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/socket.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "net/connect_words.hpp"
#include "net/url.hpp"

namespace otelctl::net {
namespace {

// RFC 8305, section 8: "Connection Attempt Delay", recommended value.
constexpr nanoseconds k_attempt_delay = std::chrono::milliseconds(250);

// Waits until the socket is ready; false when the time is over.
bool wait_for(int descriptor, short events, const Deadline& deadline) {
  for (;;) {
    pollfd item{descriptor, events, 0};
    const int ready = poll(&item, 1, poll_milliseconds(deadline.left()));
    if (ready > 0) {
      return true;
    }
    if ((ready == 0 || errno != EINTR) && deadline.is_over()) {
      return false;
    }
  }
}

// On Linux EWOULDBLOCK is the same number.
bool would_block() {
  return errno == EAGAIN;
}

int start_connect(const Socket& socket, const Address& address) {
  sockaddr_storage storage{};
  socklen_t size = 0;
  if (address.is_v6) {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(address.port);
    six.sin6_scope_id = address.scope;
    std::memcpy(&six.sin6_addr, address.bytes.data(), 16);
    std::memcpy(&storage, &six, sizeof six);
    size = sizeof six;
  } else {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(address.port);
    std::memcpy(&four.sin_addr, address.bytes.data(), 4);
    std::memcpy(&storage, &four, sizeof four);
    size = sizeof four;
  }
  if (connect(socket.descriptor(), reinterpret_cast<const sockaddr*>(&storage), size) == 0) {
    return 0;
  }
  return errno;
}

int pending_error(const Socket& socket) {
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(socket.descriptor(), SOL_SOCKET, SO_ERROR, &error, &size);
  return error;
}

// The families in turn, beginning with the one that the system prefers (RFC 8305, section 4).
std::vector<Address> interleaved(const std::vector<Address>& addresses) {
  std::vector<Address> first;
  std::vector<Address> second;
  for (const Address& address : addresses) {
    (address.is_v6 == addresses.front().is_v6 ? first : second).push_back(address);
  }
  std::vector<Address> mixed;
  for (std::size_t i = 0; i < std::max(first.size(), second.size()); ++i) {
    if (i < first.size()) {
      mixed.push_back(first[i]);
    }
    if (i < second.size()) {
      mixed.push_back(second[i]);
    }
  }
  return mixed;
}

// The race of connect_any.
class Race {
 public:
  Race(std::vector<Address> addresses, nanoseconds timeout)
      : m_addresses(std::move(addresses)), m_deadline(timeout) {}

  Connection run() {
    Deadline next_start(nanoseconds::zero());
    while (!m_result.socket.is_open()) {
      const bool more = m_result.attempts.size() < m_addresses.size();
      if (more && (m_running.empty() || next_start.is_over())) {
        start_next();
        next_start = Deadline(k_attempt_delay);
        continue;
      }
      if (m_running.empty() || m_deadline.is_over()) {
        break;
      }
      wait(more ? m_deadline.at_most(next_start.left()) : m_deadline.left());
    }
    return std::move(m_result);
  }

 private:
  struct Running {
    Socket socket;
    std::size_t attempt;
  };

  void start_next() {
    const std::size_t index = m_result.attempts.size();
    const Address& address = m_addresses[index];
    m_result.attempts.push_back({address});
    Socket socket(::socket(address.is_v6 ? AF_INET6 : AF_INET,
                           SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, IPPROTO_TCP));
    const int error = socket.is_open() ? start_connect(socket, address) : errno;
    if (error == 0) {
      win(std::move(socket), index);
    } else if (error == EINPROGRESS) {
      m_running.push_back({std::move(socket), index});
    } else {
      m_result.attempts[index].os_error = error;
    }
  }

  void wait(nanoseconds time) {
    std::vector<pollfd> items;
    for (const Running& each : m_running) {
      items.push_back({each.socket.descriptor(), POLLOUT, 0});
    }
    if (poll(items.data(), items.size(), poll_milliseconds(time)) <= 0) {
      return;
    }
    for (std::size_t i = items.size(); i-- > 0;) {
      if (items[i].revents == 0) {
        continue;
      }
      Running settled = std::move(m_running[i]);
      m_running.erase(m_running.begin() + static_cast<std::ptrdiff_t>(i));
      const int error = pending_error(settled.socket);
      if (error == 0) {
        win(std::move(settled.socket), settled.attempt);
      } else {
        m_result.attempts[settled.attempt].os_error = error;
      }
    }
  }

  void win(Socket socket, std::size_t index) {
    const int on = 1;
    setsockopt(socket.descriptor(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_result.attempts[index].connected = true;
    m_result.address = m_addresses[index];
    m_result.socket = std::move(socket);
  }

  std::vector<Address> m_addresses;
  Deadline m_deadline;
  std::vector<Running> m_running;
  Connection m_result;
};

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    close();
    m_descriptor = other.release();
  }
  return *this;
}

int Socket::release() {
  return std::exchange(m_descriptor, -1);
}

void Socket::close() {
  if (m_descriptor >= 0) {
    ::close(release());
  }
}

bool Socket::send_all(std::string_view bytes, const Deadline& deadline) const {
  while (!bytes.empty()) {
    const auto sent = send(m_descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    } else if (would_block()) {
      if (!wait_for(m_descriptor, POLLOUT, deadline)) {
        return false;
      }
    } else if (errno != EINTR) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> Socket::receive(std::size_t most, const Deadline& deadline,
                                           bool* was_reset) const {
  std::string bytes(most, '\0');
  for (;;) {
    const auto got = recv(m_descriptor, bytes.data(), bytes.size(), 0);
    if (got >= 0) {
      bytes.resize(static_cast<std::size_t>(got));
      return bytes;
    }
    if (would_block()) {
      if (!wait_for(m_descriptor, POLLIN, deadline)) {
        return std::nullopt;
      }
    } else if (errno != EINTR) {
      if (was_reset != nullptr) {
        *was_reset = true;
      }
      return std::nullopt;
    }
  }
}

Error Connection::error(std::string_view place, nanoseconds waited) const {
  const auto failed = std::find_if(attempts.begin(), attempts.end(),
                                   [](const auto& attempt) { return attempt.os_error != 0; });
  const bool all_failed = std::all_of(attempts.begin(), attempts.end(),
                                      [](const auto& attempt) { return attempt.os_error != 0; });
  // An address that refuses says more than one that stays silent only when none stays silent.
  if (failed == attempts.end() || !all_failed || failed->os_error == ETIMEDOUT) {
    return no_connection(place, waited);
  }
  const auto refused = std::find_if(attempts.begin(), attempts.end(), [](const auto& attempt) {
    return attempt.os_error == ECONNREFUSED;
  });
  return connect_error(place, refused != attempts.end() ? ECONNREFUSED : failed->os_error);
}

Connection connect_any(const std::vector<Address>& addresses, nanoseconds timeout) {
  if (addresses.empty()) {
    return {};
  }
  return Race(interleaved(addresses), timeout).run();
}

Result<Connection> dial(std::string_view host, std::uint16_t port, nanoseconds timeout) {
  const Deadline deadline(timeout);
  const auto addresses = resolve(host, port, timeout);
  if (!addresses) {
    return fail(addresses.error());
  }
  Connection connection = connect_any(*addresses, deadline.left());
  if (!connection.socket.is_open()) {
    return fail(connection.error(join_host_port(host, port), timeout));
  }
  return connection;
}

Result<Address> choose_address(std::string_view host, std::uint16_t port,
                               const std::optional<Address>& known, nanoseconds timeout) {
  const Deadline deadline(timeout);
  const auto addresses = resolve(host, port, timeout);
  if (!addresses) {
    return fail(addresses.error());
  }
  if (addresses->size() == 1) {
    return addresses->front();
  }
  if (known && std::find(addresses->begin(), addresses->end(), *known) != addresses->end()) {
    return *known;
  }
  const Connection connection = connect_any(*addresses, deadline.left());
  if (!connection.address) {
    return fail(connection.error(join_host_port(host, port), timeout));
  }
  return *connection.address;
}

}  // namespace otelctl::net
