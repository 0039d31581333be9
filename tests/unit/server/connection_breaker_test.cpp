// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/connection_breaker.hpp"

#include <array>
#include <cerrno>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "server/tcp_break.hpp"

namespace otelctl::server {
namespace {

using namespace std::chrono_literals;
using State = ConnectionBreaker::State;

// Both ends of a connection over loopback.
class Connection {
 public:
  Connection() {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    auto* const any = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof(address);
    REQUIRE(::bind(listener, any, size) == 0);
    REQUIRE(::listen(listener, 1) == 0);
    REQUIRE(::getsockname(listener, any, &size) == 0);
    m_port = ntohs(address.sin_port);
    m_client = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    REQUIRE(::connect(m_client, any, size) == 0);
    REQUIRE(::getsockname(m_client, any, &size) == 0);
    m_peer = fmt::format("ipv4:127.0.0.1:{}", ntohs(address.sin_port));
    m_server = ::accept(listener, nullptr, nullptr);
    ::close(listener);
  }
  ~Connection() {
    ::close(m_client);
    ::close(m_server);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const std::string& peer() const { return m_peer; }
  int server() const { return m_server; }
  std::uint16_t port() const { return m_port; }
  void answer(std::string_view text) const {
    REQUIRE(::send(m_server, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()));
  }
  // "open", "closed" or "reset", behind what was answered.
  std::string seen_by_client() const {
    std::string seen;
    for (;;) {
      std::array<char, 64> buffer{};
      const ssize_t count = ::recv(m_client, buffer.data(), buffer.size(), MSG_DONTWAIT);
      if (count <= 0) {
        return seen + (count == 0 ? "closed" : errno == ECONNRESET ? "reset" : "open");
      }
      seen.append(buffer.data(), static_cast<std::size_t>(count));
    }
  }

 private:
  int m_client = -1;
  int m_server = -1;
  std::uint16_t m_port = 0;
  std::string m_peer;
};

class MovingClock final : public Clock {
 public:
  Time now() const override { return Time{m_time}; }
  nanoseconds monotonic() const override { return m_time; }
  void advance(nanoseconds time) { m_time += time; }

 private:
  nanoseconds m_time{0};
};

}  // namespace

TEST_CASE("a connection is found by its two ends and closed behind its answers, and no other one") {
  const Connection first;
  const Connection second;
  first.answer("done, ");
  CHECK(close_connection(first.peer(), first.port()));
  CHECK(first.seen_by_client() == "done, closed");
  CHECK(second.seen_by_client() == "open");
  CHECK_FALSE(close_connection(second.peer(), first.port()));
  CHECK_FALSE(close_connection("unix:/somewhere", second.port()));
}

TEST_CASE("a connection that is reset is gone at once") {
  const Connection connection;
  reset_connection(connection.server());
  CHECK(connection.seen_by_client() == "reset");
  CHECK_FALSE(close_connection(connection.peer(), connection.port()));
}

TEST_CASE("a connection lives until what was taken from it is answered and read") {
  const Connection connection;
  MovingClock clock;
  ConnectionBreaker breaker(connection.port(), clock);
  CHECK(breaker.state(connection.peer()) == State::open);
  CHECK(breaker.enter(connection.peer()) == State::open);
  CHECK(breaker.enter(connection.peer()) == State::open);
  breaker.begin(connection.peer());
  CHECK(breaker.state(connection.peer()) == State::breaking);
  CHECK(breaker.enter(connection.peer()) == State::breaking);
  breaker.leave(connection.peer());
  clock.advance(1s);
  CHECK_FALSE(breaker.advance(connection.peer()));
  breaker.leave(connection.peer());
  CHECK_FALSE(breaker.advance(connection.peer()));
  clock.advance(10ms);
  CHECK_FALSE(breaker.advance(connection.peer()));
  CHECK(connection.seen_by_client() == "open");
  clock.advance(10ms);
  CHECK(breaker.advance(connection.peer()));
  CHECK(connection.seen_by_client() == "closed");
}

TEST_CASE("requests of a connection that is gone are refused for a while, then it is forgotten") {
  const Connection connection;
  MovingClock clock;
  ConnectionBreaker breaker(connection.port(), clock);
  breaker.begin(connection.peer());
  CHECK_FALSE(breaker.advance(connection.peer()));
  clock.advance(20ms);
  CHECK(breaker.advance(connection.peer()));
  CHECK(breaker.enter(connection.peer()) == State::gone);
  CHECK(breaker.advance(connection.peer()));
  breaker.sweep();
  CHECK(breaker.enter(connection.peer()) == State::gone);
  clock.advance(3s);
  breaker.sweep();
  CHECK(breaker.enter(connection.peer()) == State::open);
}

TEST_CASE("a connection whose requests have all gone is closed all the same") {
  const Connection connection;
  MovingClock clock;
  ConnectionBreaker breaker(connection.port(), clock);
  breaker.begin(connection.peer());
  breaker.sweep();
  clock.advance(5s);
  breaker.sweep();
  CHECK(connection.seen_by_client() == "closed");
}

}  // namespace otelctl::server
