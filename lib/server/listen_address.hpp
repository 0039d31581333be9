// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "net/url.hpp"

namespace otelctl::server {

// Reads the "host:port" of `option` ("--grpc") and makes sure that the port can be bound now: gRPC
// and cpp-httplib only say "false", and gRPC prints to stderr besides. Both would also share a port
// that another process opened with SO_REUSEPORT; this finds it busy. Error kind: settings; a busy
// port's message names its holder where /proc shows it.
Result<net::HostPort> check_listen_address(std::string_view option, std::string_view address);

// Sockets that listen, and their port. They are whoever's has them.
struct Listeners {
  std::vector<int> sockets = {};
  std::uint16_t port = 0;
};
// Listens on every address that the host has, without blocking; port 0 picks a free one, the same
// for all. Error kind: settings, when none of them can be listened on.
Result<Listeners> open_listeners(const net::HostPort& address);

// The process that listens on the TCP port, as "NAME (pid 123)", from /proc; "" when it cannot be
// known (another user's process, another network namespace's).
std::string holder_of_port(std::uint16_t port);

}  // namespace otelctl::server
