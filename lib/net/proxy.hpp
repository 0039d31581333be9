// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "base/environment.hpp"
#include "base/result.hpp"
#include "net/url.hpp"

namespace otelctl::net {

// Whether requests go through a proxy, decided once for both transports: libcurl and gRPC read
// different variables and exclude different hosts.
struct ProxyChoice {
  // "http://proxy:3128", its port always written, user and password as they were; "" means a direct
  // connection.
  std::string url;
  std::string variable;  // the variable that set it, or that would have
  std::string note;  // why a variable that is set does not apply, "" when there is nothing to say

  bool direct() const { return url.empty(); }
};

// Reads http_proxy (lower case only: HTTP_PROXY is a request header in CGI), https_proxy,
// HTTPS_PROXY, all_proxy, ALL_PROXY, and for gRPC grpc_proxy before them; no_proxy and NO_PROXY
// with "*", name suffixes, addresses and CIDR blocks. Loopback never goes through a proxy. Without
// a scheme it is http://, without a port the scheme's (libcurl's own would be 1080). Error kind:
// settings, for a variable that counts and is no URL of an HTTP proxy (socks5://...).
enum class Transport { http, grpc };
Result<ProxyChoice> choose_proxy(const Url& target, Transport transport,
                                 const Environment& environment);

}  // namespace otelctl::net
