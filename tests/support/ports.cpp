// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/support/ports.hpp"

#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::test {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;

  sockaddr* raw() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress address_of(const ListenAt& at) {
  SocketAddress address;
  if (at.address.find(':') == std::string::npos) {
    sockaddr_in four{};
    four.sin_family = AF_INET;
    four.sin_port = htons(at.port);
    inet_pton(AF_INET, at.address.c_str(), &four.sin_addr);
    std::memcpy(&address.storage, &four, sizeof four);
    address.size = sizeof four;
  } else {
    sockaddr_in6 six{};
    six.sin6_family = AF_INET6;
    six.sin6_port = htons(at.port);
    inet_pton(AF_INET6, at.address.c_str(), &six.sin6_addr);
    std::memcpy(&address.storage, &six, sizeof six);
    address.size = sizeof six;
  }
  return address;
}

// A bound socket, -1 where the address does not exist.
int try_to_bind(const ListenAt& at) {
  SocketAddress address = address_of(at);
  const int descriptor = ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int on = 1;
  if (address.storage.ss_family == AF_INET6) {
    setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  }
  if (bind(descriptor, address.raw(), address.size) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

}  // namespace

bool can_listen_at(const ListenAt& at) {
  const int descriptor = try_to_bind(at);
  if (descriptor >= 0) {
    close(descriptor);
  }
  return descriptor >= 0;
}

int bind_to(const ListenAt& at) {
  const int descriptor = try_to_bind(at);
  if (descriptor < 0) {
    throw std::runtime_error("a test server cannot bind to " + at.address);
  }
  return descriptor;
}

std::uint16_t port_of(int descriptor) {
  SocketAddress address;
  address.size = sizeof address.storage;
  getsockname(descriptor, address.raw(), &address.size);
  if (address.storage.ss_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address.storage, sizeof six);
    return ntohs(six.sin6_port);
  }
  sockaddr_in four{};
  std::memcpy(&four, &address.storage, sizeof four);
  return ntohs(four.sin_port);
}

RefusedPort::RefusedPort(const ListenAt& at)
    : m_descriptor(bind_to(at)), m_port(port_of(m_descriptor)) {}
RefusedPort::~RefusedPort() {
  close(m_descriptor);
}

BlackholePort::BlackholePort(const ListenAt& at)
    : m_listener(bind_to(at)), m_port(port_of(m_listener)) {
  listen(m_listener, 0);
  SocketAddress address = address_of({at.address, m_port});
  // A backlog of 0 holds one connection; the second may be counted before the first has ended its
  // handshake, so there are some to spare.
  constexpr int k_fillers = 4;
  for (int i = 0; i < k_fillers; ++i) {
    const int filler =
        ::socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    connect(filler, address.raw(), address.size);
    m_fillers.push_back(filler);
    if (i == 0) {
      pollfd item{filler, POLLOUT, 0};
      static_cast<void>(poll(&item, 1, -1));
    }
  }
}
BlackholePort::~BlackholePort() {
  for (const int filler : m_fillers) {
    close(filler);
  }
  close(m_listener);
}

}  // namespace otelctl::test
