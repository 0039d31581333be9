// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace otelctl::net {

// One address of a TCP service.
struct Address {
  bool is_v6 = false;
  std::array<unsigned char, 16> bytes{};  // network order; IPv4 uses the first four
  std::uint32_t scope = 0;                // of link-local IPv6
  std::uint16_t port = 0;

  // "127.0.0.1", "::1".
  std::string host() const;
  // "127.0.0.1:4317", "[::1]:4317".
  std::string to_string() const;

  friend bool operator==(const Address&, const Address&) = default;
};

// The addresses of a host in the order of the system's rules (RFC 6724), without repetitions. A
// literal address is answered at once; a name is asked in a helper thread, as getaddrinfo has no
// timeout of its own (10 s on a dead name server). "localhost" and names under it are the loopback
// addresses where the system does not know them at once (RFC 6761, 6.3). Error kind: unreachable.
Result<std::vector<Address>> resolve(std::string_view host, std::uint16_t port,
                                     nanoseconds timeout);

}  // namespace otelctl::net
