// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/proxy.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include <arpa/inet.h>

#include "base/redact.hpp"
#include "base/text.hpp"

namespace otelctl::net {
namespace {

// The address in network order: 4 or 16 bytes; empty when the text is none.
std::vector<unsigned char> address_bytes(const std::string& text) {
  std::array<unsigned char, 16> buffer{};
  if (inet_pton(AF_INET, text.c_str(), buffer.data()) == 1) {
    return {buffer.begin(), buffer.begin() + 4};
  }
  if (inet_pton(AF_INET6, text.c_str(), buffer.data()) == 1) {
    return {buffer.begin(), buffer.end()};
  }
  return {};
}

bool in_block(const std::string& host, std::string_view block) {
  const auto slash = block.find('/');
  if (slash == std::string_view::npos) {
    return false;
  }
  const auto address = address_bytes(host);
  const auto network = address_bytes(std::string(block.substr(0, slash)));
  const auto digits = block.substr(slash + 1);
  std::size_t bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc{} || end != digits.data() + digits.size() || address.empty() ||
      address.size() != network.size() || bits > 8 * address.size()) {
    return false;
  }
  for (std::size_t i = 0; i < bits; ++i) {
    const auto mask = static_cast<unsigned char>(0x80U >> (i % 8));
    if (((address[i / 8] ^ network[i / 8]) & mask) != 0) {
      return false;
    }
  }
  return true;
}

// One item of no_proxy: "*", a name that covers its subdomains too, an address or a block of them.
bool covers(std::string_view item, const std::string& host) {
  if (item == "*") {
    return true;
  }
  std::string name = to_lower(item);
  if (name.starts_with("*.")) {
    name.erase(0, 1);
  }
  if (name.starts_with('.')) {
    name.erase(0, 1);
  }
  if (name.starts_with('[') && name.ends_with(']')) {
    name = name.substr(1, name.size() - 2);
  }
  if (name.empty()) {
    return false;
  }
  return host == name || (!is_ip_address(host) && host.ends_with("." + name)) ||
         in_block(host, name);
}

struct Variable {
  std::string name;
  std::string value;
};

Variable first_set(const std::vector<const char*>& names, const Environment& environment) {
  for (const char* name : names) {
    if (const auto value = environment.get_nonempty(name)) {
      return {name, std::string(trim(*value))};
    }
  }
  return {};
}

Variable proxy_variable(const Url& target, Transport transport, const Environment& environment) {
  std::vector<const char*> names;
  if (transport == Transport::grpc) {
    names.push_back("grpc_proxy");
  }
  if (target.is_tls()) {
    names.insert(names.end(), {"https_proxy", "HTTPS_PROXY"});
  } else {
    names.push_back("http_proxy");
  }
  names.insert(names.end(), {"all_proxy", "ALL_PROXY"});
  return first_set(names, environment);
}

// The variable's value as ProxyChoice has it.
Result<std::string> proxy_url(const Variable& proxy, const std::string& target_host) {
  const bool has_scheme = proxy.value.find("://") != std::string::npos;
  const std::string text = has_scheme ? proxy.value : "http://" + proxy.value;
  const auto url = parse_url(text);
  if (!url) {
    Error error = Error(url.error()).within(proxy.name);
    error.hint = "only HTTP proxies can be used: correct the variable, or except " + target_host +
                 " with no_proxy";
    return fail(std::move(error));
  }
  const auto authority = std::string_view(text).substr(text.find("://") + 3);
  const std::string login(authority.substr(0, userinfo_length(authority)));
  return url->scheme + "://" + (url->has_userinfo ? login + "@" : "") + url->host_and_port();
}

}  // namespace

Result<ProxyChoice> choose_proxy(const Url& target, Transport transport,
                                 const Environment& environment) {
  const Variable proxy = proxy_variable(target, transport, environment);
  if (proxy.value.empty()) {
    return ProxyChoice{};
  }
  if (is_loopback(target.host)) {
    return ProxyChoice{"", proxy.name,
                       proxy.name + " is set, but " + target.host +
                           " is this machine: the connection goes past the proxy"};
  }
  const Variable exceptions = first_set({"no_proxy", "NO_PROXY"}, environment);
  const std::string host = to_lower(target.host);
  for (const std::string_view item : split(exceptions.value, ',')) {
    if (covers(trim(item), host)) {
      return ProxyChoice{"", proxy.name,
                         exceptions.name + " excepts " + target.host + " from " + proxy.name};
    }
  }
  auto url = proxy_url(proxy, target.host);
  if (!url) {
    return fail(std::move(url).error());
  }
  return ProxyChoice{std::move(*url), proxy.name, ""};
}

}  // namespace otelctl::net
