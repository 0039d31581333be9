// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/siblings.hpp"

#include <cstdint>
#include <string_view>

#include "base/text.hpp"
#include "net/socket.hpp"
#include "net/url.hpp"

namespace otelctl::probe {
namespace {

// A port on the same host answers at once or not at all.
constexpr nanoseconds k_time = std::chrono::milliseconds(250);

struct Sibling {
  std::uint16_t port;
  std::string_view protocol;
};
constexpr Sibling k_grpc{4317, "grpc"};
constexpr Sibling k_http{4318, "http/protobuf"};

}  // namespace

std::optional<std::string> open_sibling(const settings::OtlpSettings& settings,
                                        const std::vector<net::Address>& addresses,
                                        const net::Deadline& deadline) {
  // The one of the protocol that was chosen first.
  const bool is_grpc = settings.protocol == settings::Protocol::grpc;
  for (const Sibling& sibling : {is_grpc ? k_grpc : k_http, is_grpc ? k_http : k_grpc}) {
    if (sibling.port == settings.endpoint.port_or_default()) {
      continue;
    }
    std::vector<net::Address> places = addresses;
    for (net::Address& place : places) {
      place.port = sibling.port;
    }
    if (net::connect_any(places, deadline.at_most(k_time)).socket.is_open()) {
      return "port " + std::to_string(sibling.port) + " is open there: try --endpoint " +
             settings.endpoint.scheme + "://" +
             escape_for_terminal(net::join_host_port(settings.endpoint.host, sibling.port)) +
             " --protocol " + std::string(sibling.protocol);
    }
  }
  return std::nullopt;
}

}  // namespace otelctl::probe
