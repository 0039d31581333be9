// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/tcp_break.hpp"

#include <array>
#include <charconv>
#include <filesystem>
#include <string>
#include <system_error>

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::server {
namespace {

std::uint16_t port_of(const sockaddr_storage& address) {
  in_port_t port = 0;
  if (address.ss_family == AF_INET) {
    port = reinterpret_cast<const sockaddr_in&>(address).sin_port;
  } else if (address.ss_family == AF_INET6) {
    port = reinterpret_cast<const sockaddr_in6&>(address).sin6_port;
  }
  return ntohs(port);
}

std::string ipv4_name(const void* address, std::uint16_t port) {
  std::array<char, INET_ADDRSTRLEN> text{};
  inet_ntop(AF_INET, address, text.data(), INET_ADDRSTRLEN);
  return fmt::format("ipv4:{}:{}", text.data(), port);
}

// As gRPC names it: an IPv4 address in an IPv6 one is itself again.
std::string name_of(const sockaddr_storage& address) {
  const std::uint16_t port = port_of(address);
  if (address.ss_family == AF_INET) {
    return ipv4_name(&reinterpret_cast<const sockaddr_in&>(address).sin_addr, port);
  }
  if (address.ss_family != AF_INET6) {
    return "";
  }
  const in6_addr& ipv6 = reinterpret_cast<const sockaddr_in6&>(address).sin6_addr;
  if (IN6_IS_ADDR_V4MAPPED(&ipv6)) {
    return ipv4_name(&ipv6.s6_addr[12], port);
  }
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, &ipv6, text.data(), INET6_ADDRSTRLEN);
  return fmt::format("ipv6:%5B{}%5D:{}", text.data(), port);
}

bool is_between(int fd, std::string_view peer, std::uint16_t port) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  if (getpeername(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
      name_of(address) != peer) {
    return false;
  }
  size = sizeof(address);
  return getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) == 0 &&
         port_of(address) == port;
}

}  // namespace

void reset_connection(int fd) {
  // tcp(7), connect(2): an address without a family dissolves the association, and Linux tells the
  // peer by a reset.
  sockaddr nobody{};
  nobody.sa_family = AF_UNSPEC;
  [[maybe_unused]] const int dissolved = ::connect(fd, &nobody, sizeof(nobody));
}

bool close_connection(std::string_view peer, std::uint16_t port) {
  std::error_code error;
  std::filesystem::directory_iterator entry("/proc/self/fd", error);
  for (; !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    const std::string name = entry->path().filename().string();
    int number = -1;
    std::from_chars(name.data(), name.data() + name.size(), number);
    // A descriptor of our own: its holder may close the other at any moment.
    const int fd = is_between(number, peer, port) ? ::fcntl(number, F_DUPFD_CLOEXEC, 0) : -1;
    if (fd < 0) {
      continue;
    }
    const bool is_found = is_between(fd, peer, port);
    if (is_found) {
      ::shutdown(fd, SHUT_RDWR);
    }
    ::close(fd);
    if (is_found) {
      return true;
    }
  }
  return false;
}

}  // namespace otelctl::server
