// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"

namespace otelctl::net {

// An http or https URL taken apart (RFC 3986). Userinfo and fragment are recognised, then dropped:
// neither takes part in a request, and the first is a secret.
struct Url {
  std::string scheme;                 // "http" or "https"
  std::string host;                   // a name or an address, IPv6 without its brackets
  std::optional<std::uint16_t> port;  // as written; see port_or_default
  std::string path;                   // "" when none is written, else it begins with '/'
  std::string query;                  // without its '?'
  bool has_userinfo = false;
  bool has_fragment = false;

  bool is_tls() const { return scheme == "https"; }
  // 80 or 443 where none is written: also for OTLP, whose 4317 and 4318 are no URL defaults.
  std::uint16_t port_or_default() const;
  // "host:port", an IPv6 address in brackets.
  std::string host_and_port() const;
  // The URL again: port only where one was written, query kept, userinfo and fragment gone.
  std::string to_string() const;
};

// Reads an absolute http or https URL strictly: the libraries below take port 99999 as 34463 (gRPC)
// and "http:///v1/traces" as the host "v1" (libcurl). Error kind: settings.
Result<Url> parse_url(std::string_view text);

// "Basic ..." of the user and password before the host of a URL (RFC 7617), percent-decoded; a user
// alone has an empty password. Nothing where none is written. The URL must be one that parse_url()
// reads.
std::optional<std::string> basic_credentials(std::string_view url);

// Reads "host:port" or "[v6]:port" where the port must be there. Error kind: settings.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;
};
Result<HostPort> parse_host_port(std::string_view text);

// The same the other way round, an IPv6 address in brackets.
std::string join_host_port(std::string_view host, std::uint16_t port);

// Whether the host is this machine by its name alone: localhost, *.localhost (RFC 6761),
// 127.0.0.0/8 or ::1. Nothing is resolved.
bool is_loopback(std::string_view host);

// Whether the text is an IPv4 or IPv6 address (without brackets).
bool is_ip_address(std::string_view host);

}  // namespace otelctl::net
