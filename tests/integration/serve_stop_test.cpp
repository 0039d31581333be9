// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include <chrono>

#include <doctest/doctest.h>

#include "tests/integration/serve_support.hpp"

namespace otelctl::server {
namespace {

using namespace otelctl::testing;

TEST_CASE("ports are free again as soon as a server has stopped, also with clients connected") {
  ServerOptions options = ServerOptions::on_free_ports();
  const SystemClock clock;
  for (int round = 0; round < 3; ++round) {
    auto server = Server::start(options, clock);
    REQUIRE_MESSAGE(server.has_value(), (server ? "" : server.error().message));
    options.grpc = (*server)->grpc_address();
    options.http = (*server)->http_address();
    options.query = (*server)->query_address();
    RawConnection grpc(options.grpc);
    RawConnection idle(options.http);
    RawConnection half_a_request(options.query);
    half_a_request.write("GET /api/serv");
    (*server)->stop(std::chrono::milliseconds(50));
    (*server)->stop();
    CHECK(idle.read_all().empty());
  }
}

TEST_CASE("a busy port is refused with its name and holder, whichever listener wants it") {
  ServedBackend first;
  const SystemClock clock;
  const auto fault_with = [&](ServerOptions options) {
    const auto second = Server::start(options, clock);
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().kind == ErrorKind::settings);
    CHECK(second.error().message.find("is taken by ") != std::string::npos);
    return second.error().hint;
  };
  for (const std::string& taken :
       {first->grpc_address(), first->http_address(), first->query_address()}) {
    ServerOptions options = ServerOptions::on_free_ports();
    options.grpc = taken;
    CHECK(fault_with(options).ends_with("--grpc 127.0.0.1:0"));
    options = ServerOptions::on_free_ports();
    options.http = taken;
    CHECK(fault_with(options).ends_with("--http 127.0.0.1:0"));
    options = ServerOptions::on_free_ports();
    options.query = taken;
    CHECK(fault_with(options).ends_with("--query 127.0.0.1:0"));
  }
}

TEST_CASE("two listeners cannot be given the same port") {
  ServedBackend probe;
  ServerOptions options = ServerOptions::on_free_ports();
  options.grpc = options.http = probe->http_address();
  (*probe).stop();
  const SystemClock clock;
  const auto server = Server::start(options, clock);
  REQUIRE_FALSE(server.has_value());
  CHECK(server.error().hint.find("--http") != std::string::npos);
}

}  // namespace
}  // namespace otelctl::server
