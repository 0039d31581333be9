// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

namespace otelctl::server {

// Sends a TCP reset (RST) at once; the descriptor stays open, without a connection.
void reset_connection(int fd);

// Ends a connection in order, behind what was written, that a library holds: it is found among the
// open descriptors of this process by its two ends. `peer` is as gRPC names it
// ("ipv4:127.0.0.1:40112", "ipv6:%5B::1%5D:40112"), `port` is ours. False when there is none.
bool close_connection(std::string_view peer, std::uint16_t port);

}  // namespace otelctl::server
