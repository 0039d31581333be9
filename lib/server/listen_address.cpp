// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/listen_address.hpp"

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <memory>
#include <optional>
#include <system_error>
#include <tuple>
#include <utility>

#include <fmt/format.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.hpp"

namespace otelctl::server {
namespace {

namespace fs = std::filesystem;

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

// As many clients may come at the same moment; the kernel's own limit is lower as a rule.
constexpr int k_backlog = 1024;

using Addresses = std::unique_ptr<addrinfo, FreeAddresses>;

// getaddrinfo's code, 0 when there are addresses, and these.
std::pair<int, Addresses> look_up(const net::HostPort& address) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* list = nullptr;
  const int failure =
      getaddrinfo(address.host.c_str(), std::to_string(address.port).c_str(), &hints, &list);
  return {failure, Addresses(failure == 0 ? list : nullptr)};
}

// A socket that listens on the address, or the errno with which that failed.
tl::expected<int, int> open_listener(const addrinfo& address) {
  const int fd = socket(address.ai_family, address.ai_socktype | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) {
    return tl::make_unexpected(errno);
  }
  const int yes = 1;
  setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
  if (address.ai_family == AF_INET6) {
    // [::] takes IPv4 too, whatever this machine's default is.
    const int no = 0;
    setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &no, sizeof(no));
  }
  if (bind(fd, address.ai_addr, address.ai_addrlen) != 0 || listen(fd, k_backlog) != 0) {
    const int error = errno;
    close(fd);
    return tl::make_unexpected(error);
  }
  return fd;
}

// 0, or the errno with which listening on the address failed.
int try_to_listen(const addrinfo& address) {
  const auto listener = open_listener(address);
  if (!listener) {
    return listener.error();
  }
  close(*listener);
  return 0;
}

// Where the port stands in an address of either family.
in_port_t& port_in(sockaddr& address) {
  return address.sa_family == AF_INET6 ? reinterpret_cast<sockaddr_in6&>(address).sin6_port
                                       : reinterpret_cast<sockaddr_in&>(address).sin_port;
}

std::uint16_t port_of(int listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof(address);
  auto& any = reinterpret_cast<sockaddr&>(address);
  return getsockname(listener, &any, &size) == 0 ? ntohs(port_in(any)) : std::uint16_t{0};
}

// The inode of the socket that listens on the port, from a line of /proc/net/tcp (proc(5)): the
// second column is ADDRESS:PORT in hex, the fourth the state (0A is LISTEN), the tenth the inode.
std::optional<std::string> listening_inode(const std::string& line, std::uint16_t port) {
  std::vector<std::string_view> columns;
  for (const std::string_view column : split(line, ' ')) {
    if (!column.empty()) {
      columns.push_back(column);
    }
  }
  if (columns.size() < 10 || columns[3] != "0A") {
    return std::nullopt;
  }
  const std::string_view local = columns[1];
  const std::string_view digits = local.substr(local.rfind(':') + 1);
  unsigned value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value == port ? std::optional(std::string(columns[9])) : std::nullopt;
}

std::optional<std::string> inode_of_port(std::uint16_t port) {
  for (const char* const table : {"/proc/net/tcp", "/proc/net/tcp6"}) {
    std::ifstream file(table);
    for (std::string line; std::getline(file, line);) {
      if (auto inode = listening_inode(line, port)) {
        return inode;
      }
    }
  }
  return std::nullopt;
}

bool has_socket(const fs::path& process, const std::string& socket) {
  std::error_code error;
  for (fs::directory_iterator fd(process / "fd", error), end; !error && fd != end;
       fd.increment(error)) {
    std::error_code unreadable;
    if (fs::read_symlink(fd->path(), unreadable).native() == socket) {
      return true;
    }
  }
  return false;
}

Error busy(std::string_view option, const net::HostPort& address) {
  const std::string holder = holder_of_port(address.port);
  return {ErrorKind::settings,
          fmt::format("port {} is taken{}", address.port, holder.empty() ? "" : " by " + holder),
          fmt::format("stop it, or let a free port be picked: {} {}", option,
                      net::join_host_port(address.host, 0))};
}

// Port 0, "any free one", makes no sense for those who connect, so net's parser does not know it.
Result<net::HostPort> parse_listen_address(std::string_view address) {
  if (!address.ends_with(":0")) {
    return net::parse_host_port(address);
  }
  auto parsed = net::parse_host_port(fmt::format("{}1", address.substr(0, address.size() - 1)));
  if (parsed) {
    parsed->port = 0;
  }
  return parsed;
}

}  // namespace

std::string holder_of_port(std::uint16_t port) {
  const auto inode = inode_of_port(port);
  if (!inode) {
    return {};
  }
  const std::string socket = fmt::format("socket:[{}]", *inode);
  std::error_code error;
  for (fs::directory_iterator process("/proc", error), end; !error && process != end;
       process.increment(error)) {
    const std::string pid = process->path().filename();
    if (pid.find_first_not_of("0123456789") == std::string::npos &&
        has_socket(process->path(), socket)) {
      std::ifstream file(process->path() / "comm");
      std::string name;
      std::getline(file, name);
      return fmt::format("{} (pid {})", escape_for_terminal(name), pid);
    }
  }
  return {};
}

Result<Listeners> open_listeners(const net::HostPort& address) {
  Listeners listeners;
  const auto [failure, list] = look_up(address);
  for (addrinfo* next = list.get(); next != nullptr; next = next->ai_next) {
    if (listeners.port != 0) {
      port_in(*next->ai_addr) = htons(listeners.port);
    }
    if (const auto listener = open_listener(*next)) {
      listeners.sockets.push_back(*listener);
      listeners.port = port_of(*listener);
    }
  }
  if (listeners.sockets.empty()) {
    return fail(ErrorKind::settings,
                fmt::format("cannot listen on {}", net::join_host_port(address.host, address.port)),
                "another process may just have taken the port; try again");
  }
  return listeners;
}

Result<net::HostPort> check_listen_address(std::string_view option, std::string_view address) {
  auto parsed = parse_listen_address(address);
  if (!parsed) {
    Error error = std::move(parsed).error();
    error.hint = fmt::format("{} takes HOST:PORT, port 0 for a free one", option);
    return fail(std::move(error).within(option));
  }
  auto [failure, list] = look_up(*parsed);
  if (failure != 0 && net::is_loopback(parsed->host)) {
    // RFC 6761, 6.3: bare container images have no /etc/hosts that says so.
    parsed->host = "127.0.0.1";
    std::tie(failure, list) = look_up(*parsed);
  }
  if (failure != 0) {
    return fail(ErrorKind::settings,
                fmt::format("{} {}: {}", option, address, gai_strerror(failure)),
                "listen on an address of this machine, such as 127.0.0.1");
  }
  int error = 0;
  bool can_listen = false;
  for (const addrinfo* next = list.get(); next != nullptr; next = next->ai_next) {
    const int result = try_to_listen(*next);
    if (result == EADDRINUSE) {
      return fail(busy(option, *parsed));
    }
    can_listen = can_listen || result == 0;
    error = result == 0 ? error : result;
  }
  if (!can_listen) {
    return fail(ErrorKind::settings,
                fmt::format("cannot listen on {}: {}", address,
                            to_lower(std::generic_category().message(error))),
                "listen on an address of this machine, such as 127.0.0.1, and a port above 1023");
  }
  return *parsed;
}

}  // namespace otelctl::server
