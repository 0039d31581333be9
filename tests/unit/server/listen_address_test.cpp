// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/listen_address.hpp"

#include <string>

#include <doctest/doctest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::server {
namespace {

// A port of this process that is listened on while the object lives.
class TakenPort {
 public:
  TakenPort() : m_fd(socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    REQUIRE(bind(m_fd, generic, size) == 0);
    REQUIRE(listen(m_fd, 1) == 0);
    REQUIRE(getsockname(m_fd, generic, &size) == 0);
    m_port = ntohs(address.sin_port);
  }
  ~TakenPort() { close(m_fd); }
  TakenPort(const TakenPort&) = delete;
  TakenPort& operator=(const TakenPort&) = delete;

  std::uint16_t port() const { return m_port; }

 private:
  int m_fd;
  std::uint16_t m_port = 0;
};

Error fault_of(std::string_view address) {
  const auto checked = check_listen_address("--grpc", address);
  REQUIRE_FALSE(checked.has_value());
  CHECK(checked.error().kind == ErrorKind::settings);
  return checked.error();
}

TEST_CASE("a free port is taken, and port 0 stays 0") {
  const auto checked = check_listen_address("--grpc", "127.0.0.1:0");
  REQUIRE(checked.has_value());
  CHECK(checked->host == "127.0.0.1");
  CHECK(checked->port == 0);
}

TEST_CASE("localhost can be listened on, even where the system does not know the name") {
  const auto checked = check_listen_address("--grpc", "some.localhost:0");
  REQUIRE(checked.has_value());
  CHECK(net::is_loopback(checked->host));
  CHECK(check_listen_address("--grpc", "localhost:0").has_value());
}

TEST_CASE("a busy port is named with its holder, and the flag that avoids it") {
  const TakenPort taken;
  const std::string port = std::to_string(taken.port());
  const Error error = fault_of("127.0.0.1:" + port);
  CHECK(error.message.starts_with("port " + port + " is taken by "));
  CHECK(error.message.ends_with(" (pid " + std::to_string(getpid()) + ")"));
  CHECK(error.hint == "stop it, or let a free port be picked: --grpc 127.0.0.1:0");
  CHECK(holder_of_port(taken.port()).ends_with(" (pid " + std::to_string(getpid()) + ")"));
}

TEST_CASE("nobody holds a port that was just given back") {
  std::uint16_t port = 0;
  {
    const TakenPort taken;
    port = taken.port();
  }
  CHECK(holder_of_port(port).empty());
  CHECK(check_listen_address("--http", "127.0.0.1:" + std::to_string(port)).has_value());
}

TEST_CASE("what is no address of this machine is refused with a remedy") {
  CHECK(fault_of("4317").message.starts_with("--grpc: '4317'"));
  CHECK(fault_of("127.0.0.1:99999").message.starts_with("--grpc: "));
  CHECK(fault_of("192.0.2.1:4317").message ==
        "cannot listen on 192.0.2.1:4317: cannot assign requested address");
  CHECK(fault_of("no.such.host.invalid:4317")
            .message.starts_with("--grpc no.such.host.invalid:4317: "));
}

}  // namespace
}  // namespace otelctl::server
