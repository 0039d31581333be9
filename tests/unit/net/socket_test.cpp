// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/socket.hpp"

#include <cerrno>
#include <string>

#include <doctest/doctest.h>

#include "net/resolver.hpp"
#include "tests/support/raw_server.hpp"

using namespace otelctl;
using namespace otelctl::net;
using namespace std::chrono_literals;
using otelctl::test::Conversation;
using otelctl::test::RawServer;

namespace {

Address local(std::uint16_t port, unsigned char last = 1) {
  Address address;
  address.bytes = {127, 0, 0, last};
  address.port = port;
  return address;
}

}  // namespace

TEST_CASE("A literal address needs no name server") {
  const auto four = resolve("127.0.0.1", 4317, 1s);
  REQUIRE(four);
  REQUIRE(four->size() == 1);
  CHECK(four->front().to_string() == "127.0.0.1:4317");
  const auto six = resolve("::1", 4317, 1s);
  REQUIRE(six);
  CHECK(six->front().to_string() == "[::1]:4317");
}

TEST_CASE("A name that does not exist is an error with the name in it") {
  const auto addresses = resolve("no-such-host.invalid", 4317, 5s);
  REQUIRE_FALSE(addresses);
  CHECK(addresses.error().kind == ErrorKind::unreachable);
  CHECK(addresses.error().message.find("no-such-host.invalid") != std::string::npos);
}

TEST_CASE("names under localhost are the loopback addresses whatever the system knows") {
  const auto addresses = resolve("collector.localhost", 4317, 5s);
  REQUIRE(addresses);
  for (const Address& address : *addresses) {
    CHECK((address.host() == "::1" || address.host().starts_with("127.")));
    CHECK(address.port == 4317);
  }
}

TEST_CASE("An address that refuses costs nothing when the next one answers") {
  const test::RefusedPort refused;
  const RawServer server([](Conversation&) {});
  const auto connection = connect_any({local(refused.port()), local(server.port())}, 5s);
  REQUIRE(connection.socket.is_open());
  CHECK(connection.address->port == server.port());
  REQUIRE(connection.attempts.size() == 2);
  CHECK(connection.attempts[0].os_error == ECONNREFUSED);
  CHECK(connection.attempts[1].connected);
}

TEST_CASE("A connection that is reset as soon as it is made is not called refused") {
  Connection connection;
  connection.attempts.push_back({local(1), false, ECONNRESET});
  const Error error = connection.error("localhost:1", 5s);
  CHECK(error.kind == ErrorKind::unreachable);
  CHECK(error.message == "localhost:1 resets connections as soon as they are made");
  CHECK(error.hint.find("firewalls") != std::string::npos);
}

TEST_CASE("A port that drops packets is left in time, and its neighbour is found") {
  const test::BlackholePort blackhole;
  const auto nobody = connect_any({local(blackhole.port())}, 100ms);
  CHECK_FALSE(nobody.socket.is_open());
  CHECK(nobody.error("localhost:1", 100ms).message == "no answer from localhost:1 within 100ms");

  const RawServer server([](Conversation&) {}, std::nullopt,
                         test::ListenAt{"127.0.0.2", blackhole.port()});
  const auto connection = connect_any({local(blackhole.port()), local(blackhole.port(), 2)}, 5s);
  REQUIRE(connection.address);
  CHECK(connection.address->host() == "127.0.0.2");
}

TEST_CASE("When all refuse the error says so") {
  const test::RefusedPort refused;
  const auto connection = connect_any({local(refused.port()), local(refused.port(), 2)}, 5s);
  CHECK_FALSE(connection.socket.is_open());
  CHECK(connection.attempts.size() == 2);
  const Error error = connection.error("localhost:1", 5s);
  CHECK(error.kind == ErrorKind::unreachable);
  CHECK(error.message == "connection to localhost:1 refused");
}

TEST_CASE("Bytes go both ways and the end is seen") {
  const RawServer server(
      [](Conversation& conversation) { conversation.write("hello " + conversation.read()); });
  const auto connection = dial("127.0.0.1", server.port(), 5s);
  REQUIRE(connection);
  const Deadline deadline(5s);
  CHECK(connection->socket.send_all("world", deadline));
  std::string all;
  for (;;) {
    const auto part = connection->socket.receive(100, deadline);
    REQUIRE(part);
    if (part->empty()) {
      break;
    }
    all += *part;
  }
  CHECK(all == "hello world");
}

TEST_CASE("Waiting for a silent peer ends with the deadline") {
  const RawServer server([](Conversation& conversation) { conversation.wait_until_closed(); });
  const auto connection = dial("127.0.0.1", server.port(), 5s);
  REQUIRE(connection);
  bool was_reset = false;
  CHECK_FALSE(connection->socket.receive(1, Deadline(20ms), &was_reset));
  CHECK_FALSE(was_reset);
}
