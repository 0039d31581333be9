// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/http_connection.hpp"

#include <array>
#include <string>
#include <string_view>

#include <doctest/doctest.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

namespace otelctl::server {
namespace {

using namespace std::chrono_literals;

// A clock that goes on by so much whenever it is read.
class SteppingClock final : public Clock {
 public:
  explicit SteppingClock(nanoseconds step) : m_step(step) {}
  Time now() const override { return Time{}; }
  nanoseconds monotonic() const override { return m_now += m_step; }

 private:
  nanoseconds m_step;
  mutable nanoseconds m_now{0};
};

// Both ends of a connection, and the descriptor that says that the server stops.
class Pair {
 public:
  Pair() : m_wake(eventfd(0, EFD_CLOEXEC)) {
    REQUIRE(socketpair(AF_UNIX, SOCK_STREAM, 0, m_fds.data()) == 0);
  }
  ~Pair() {
    close(m_fds[0]);
    hang_up();
    close(m_wake);
  }
  Pair(const Pair&) = delete;
  Pair& operator=(const Pair&) = delete;

  int server() const { return m_fds[0]; }
  int wake() const { return m_wake; }
  void send(std::string_view text) const {
    REQUIRE(write(m_fds[1], text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    close(m_fds[1]);
    m_fds[1] = -1;
  }
  void stop_server() const {
    const std::uint64_t one = 1;
    REQUIRE(write(m_wake, &one, sizeof(one)) == sizeof(one));
  }

 private:
  std::array<int, 2> m_fds{};
  int m_wake;
};

std::string read_all(HttpConnection& connection) {
  std::string text;
  std::array<char, 1000> part{};
  for (ssize_t count = connection.read(part.data(), part.size()); count > 0;
       count = connection.read(part.data(), part.size())) {
    text.append(part.data(), static_cast<std::size_t>(count));
  }
  return text;
}

TEST_CASE("a connection waits for a request, its client or the server's end") {
  const SystemClock clock;
  Pair pair;
  HttpConnection connection(pair.server(), pair.wake(), clock);
  CHECK(connection.wait_for_request(1ms) == HttpConnection::Waited::nothing);
  pair.send("G");
  CHECK(connection.wait_for_request(60s) == HttpConnection::Waited::request);
  connection.begin_request();
  char byte = 0;
  CHECK(connection.read(&byte, 1) == 1);
  pair.stop_server();
  CHECK(connection.wait_for_request(60s) == HttpConnection::Waited::over);

  Pair gone;
  HttpConnection other(gone.server(), gone.wake(), clock);
  gone.hang_up();
  CHECK(other.wait_for_request(60s) == HttpConnection::Waited::over);
}

TEST_CASE("a head is read up to its limit, a body up to its own") {
  const SystemClock clock;
  Pair pair;
  HttpConnection connection(pair.server(), pair.wake(), clock);
  connection.begin_request();
  pair.send(std::string(70'000, 'h'));
  pair.send(std::string(2'000, 'b'));
  CHECK(read_all(connection).size() == 64 * 1024);
  connection.begin_body(5'000, 5'500);
  CHECK_FALSE(connection.is_body_read());
  std::array<char, 5'000> body{};
  std::size_t taken = 0;
  while (taken < body.size()) {
    const ssize_t count = connection.read(body.data(), body.size() - taken);
    REQUIRE(count > 0);
    taken += static_cast<std::size_t>(count);
  }
  CHECK(connection.is_body_read());
  CHECK(read_all(connection).size() == 500);
}

TEST_CASE("a client that takes longer than a request may last is not waited for") {
  const SteppingClock clock(61s);
  Pair pair;
  HttpConnection connection(pair.server(), pair.wake(), clock);
  connection.begin_request();
  char byte = 0;
  CHECK(connection.read(&byte, 1) == -1);
}

TEST_CASE("a client that does not take its answer is not waited for either") {
  const SteppingClock clock(181s);
  Pair pair;
  HttpConnection connection(pair.server(), pair.wake(), clock);
  connection.begin_request();
  CHECK(connection.write("x", 1) == -1);
}

TEST_CASE("an answer to a client that has gone fails without a signal") {
  const SystemClock clock;
  Pair pair;
  HttpConnection connection(pair.server(), pair.wake(), clock);
  connection.begin_request();
  pair.hang_up();
  CHECK(connection.write("x", 1) == -1);
}

}  // namespace
}  // namespace otelctl::server
