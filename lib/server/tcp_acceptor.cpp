// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/tcp_acceptor.hpp"

#include <cerrno>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::server {
namespace {

// How often it looks whether there are descriptors again.
constexpr int k_pause_ms = 50;

}  // namespace

TcpAcceptor::TcpAcceptor(Listeners listeners, OnConnection on_connection)
    : m_listeners(std::move(listeners)),
      m_on_connection(std::move(on_connection)),
      m_wake(::eventfd(0, EFD_CLOEXEC)) {}

TcpAcceptor::~TcpAcceptor() {
  stop();
  ::close(m_wake);
}

void TcpAcceptor::start() {
  m_thread = std::thread([this] { run(); });
}

void TcpAcceptor::stop() {
  if (m_thread.joinable()) {
    const std::uint64_t one = 1;
    [[maybe_unused]] const auto written = ::write(m_wake, &one, sizeof(one));
    m_thread.join();
  }
  for (const int listener : std::exchange(m_listeners.sockets, {})) {
    ::close(listener);
  }
}

void TcpAcceptor::run() {
  std::vector<pollfd> fds;
  for (const int listener : m_listeners.sockets) {
    fds.push_back({listener, POLLIN, 0});
  }
  fds.push_back({m_wake, POLLIN, 0});
  while (fds.back().revents == 0) {
    bool goes_on = ::poll(fds.data(), fds.size(), -1) >= 0 || errno == EINTR;
    for (std::size_t index = 0; index + 1 < fds.size(); ++index) {
      goes_on = (fds[index].revents == 0 || accept_from(fds[index].fd)) && goes_on;
    }
    if (!goes_on && fds.back().revents == 0) {
      ::poll(&fds.back(), 1, k_pause_ms);
    }
  }
}

bool TcpAcceptor::accept_from(int listener) const {
  const int connection = ::accept4(listener, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (connection < 0) {
    // Of the client alone; whatever else it is (EMFILE, ENFILE, ENOMEM) may last.
    return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED;
  }
  const int yes = 1;
  ::setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
  m_on_connection(listener, connection);
  return true;
}

}  // namespace otelctl::server
