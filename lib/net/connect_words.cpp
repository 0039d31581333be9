// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/connect_words.hpp"

#include <cerrno>
#include <string>
#include <system_error>

#include "net/deadline.hpp"
#include "net/url.hpp"

namespace otelctl::net {
namespace {

// Connecting may take this long without anything being wrong.
constexpr nanoseconds k_short = std::chrono::milliseconds(50);

std::string_view host_of(std::string_view place) {
  return place.substr(0, place.rfind(':'));
}

}  // namespace

Error unknown_name(std::string_view place) {
  return {ErrorKind::unreachable, "the name '" + std::string(host_of(place)) + "' does not resolve",
          "check its spelling; names of compose and Kubernetes services resolve only inside their "
          "network"};
}

Error no_name_answer(std::string_view place, nanoseconds waited) {
  return {ErrorKind::unreachable,
          "no answer from the name server about '" + std::string(host_of(place)) + "' within " +
              format_limit(waited),
          "check /etc/resolv.conf and the way to the name server, or use an address"};
}

Error no_connection(std::string_view place, nanoseconds waited) {
  return {ErrorKind::unreachable,
          "no answer from " + std::string(place) + " within " + format_limit(waited),
          waited < k_short
              ? "that is a short time: --timeout gives it more"
              : "packets are dropped on the way: a firewall, a security group or a wrong address"};
}

Error connect_error(std::string_view place, int os_error) {
  const std::string where(place);
  switch (os_error) {
    case ECONNREFUSED:
      return {ErrorKind::unreachable, "connection to " + where + " refused",
              is_loopback(host_of(place))
                  ? "nothing listens there: start the collector, or correct the port; inside a "
                    "container localhost is the container itself"
                  : "nothing listens there: start the collector, or correct host and port; a "
                    "collector takes connections from elsewhere only if its endpoint is 0.0.0.0"};
    case ECONNRESET:
      return {ErrorKind::unreachable, where + " resets connections as soon as they are made",
              "something there or on the way turns this client away: check firewalls, allow lists "
              "and the load balancer"};
    case 0:  // the library does not tell
      return {ErrorKind::unreachable, "cannot connect to " + where,
              "check host and port, and that a collector listens there"};
    case ENETUNREACH:
    case EHOSTUNREACH:
      return {ErrorKind::unreachable, "no route to " + where,
              "check the address, the network and the VPN"};
    case EMFILE:
    case ENFILE:
      return {ErrorKind::unreachable,
              "cannot connect to " + where + ": " + std::generic_category().message(os_error),
              "this process has no descriptors left: raise its limit (ulimit -n) or lower "
              "--in-flight"};
    default:
      return {ErrorKind::unreachable,
              "cannot connect to " + where + ": " + std::generic_category().message(os_error),
              "check host and port"};
  }
}

}  // namespace otelctl::net
