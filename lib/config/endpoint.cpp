// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

#include "base/text.hpp"
#include "settings/endpoint.hpp"

namespace otelctl::config {
namespace {

std::optional<std::uint32_t> read_ipv4(std::string_view host) {
  const auto parts = split(host, '.');
  if (parts.size() != 4) {
    return std::nullopt;
  }
  std::uint32_t address = 0;
  for (const std::string_view part : parts) {
    std::uint8_t byte = 0;
    const auto [stop, error] = std::from_chars(part.data(), part.data() + part.size(), byte);
    if (error != std::errc() || stop != part.data() + part.size()) {
      return std::nullopt;
    }
    address = (address << 8U) | byte;
  }
  return address;
}

// RFC 6890: loopback, private use, link-local, and the space that providers and overlay networks
// share.
bool is_private(std::uint32_t address) {
  struct Network {
    std::uint32_t begin;
    unsigned bits;
  };
  static constexpr std::array<Network, 6> k_networks{{{0x7F000000, 8},
                                                      {0x0A000000, 8},
                                                      {0xAC100000, 12},
                                                      {0xC0A80000, 16},
                                                      {0xA9FE0000, 16},
                                                      {0x64400000, 10}}};
  return std::any_of(k_networks.begin(), k_networks.end(), [&](const Network& network) {
    return (address ^ network.begin) >> (32U - network.bits) == 0;
  });
}

// Loopback, unique local (RFC 4193) and link-local (RFC 4291) addresses.
bool is_local_ipv6(std::string_view host) {
  static constexpr std::array<std::string_view, 6> k_prefixes{"fc",  "fd",  "fe8",
                                                              "fe9", "fea", "feb"};
  const std::string lower = to_lower(host);
  return host == "::1" || std::any_of(k_prefixes.begin(), k_prefixes.end(), [&](auto prefix) {
           return lower.starts_with(prefix) && lower.find(':') == 4;
         });
}

// Names that no public server has: of one word, of a top-level domain that is not in the public
// DNS, or SERVICE.NAMESPACE as Kubernetes resolves it.
bool is_local_name(std::string_view host) {
  static constexpr std::array<std::string_view, 5> k_suffixes{".localhost", ".local", ".internal",
                                                              ".svc", ".lan"};
  static constexpr std::array<std::string_view, 9> k_namespaces{
      "default", "jaeger",    "logging", "monitoring", "observability",
      "otel",    "telemetry", "tempo",   "tracing"};
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) {
    return true;
  }
  // Of top-level domains only encoded ones have a hyphen.
  const std::string_view last = host.substr(dot + 1);
  const bool is_namespace =
      last.find('.') == std::string_view::npos &&
      (std::find(k_namespaces.begin(), k_namespaces.end(), last) != k_namespaces.end() ||
       (last.find('-') != std::string_view::npos && !last.starts_with("xn--")));
  return is_namespace || std::any_of(k_suffixes.begin(), k_suffixes.end(),
                                     [&](auto suffix) { return host.ends_with(suffix); });
}

}  // namespace

bool Endpoint::looks_like_grpc() const {
  return port == 4317 || (port != 4318 && path.empty());
}

bool Endpoint::ends_in_signal_path() const {
  return path.ends_with("/v1/traces") || path.ends_with("/v1/metrics") ||
         path.ends_with("/v1/logs");
}

bool Endpoint::is_near() const {
  if (const auto address = read_ipv4(host)) {
    return is_private(*address);
  }
  return host.find(':') == std::string::npos ? is_local_name(host) : is_local_ipv6(host);
}

Result<Endpoint> read_endpoint(const std::string& text) {
  std::vector<std::string> notes;
  // HTTP keeps path and query, which gRPC would drop.
  const auto url = settings::resolve_endpoint({text, "endpoint", settings::Source::file},
                                              settings::Protocol::http_protobuf, Signal::traces,
                                              std::nullopt, notes);
  if (!url) {
    return fail(url.error());
  }
  Endpoint endpoint;
  endpoint.is_tls = url->is_tls();
  endpoint.host = url->host;
  endpoint.port = url->port;
  endpoint.path = url->path == "/" ? std::string() : url->path;
  endpoint.has_userinfo = url->has_userinfo;
  endpoint.has_query = !url->query.empty();
  endpoint.has_fragment = url->has_fragment;
  return endpoint;
}

std::optional<Endpoint> endpoint_of(const OtlpExporter& exporter) {
  const auto endpoint = exporter.endpoint.is_readable ? read_endpoint(exporter.endpoint.text)
                                                      : fail(ErrorKind::settings, "");
  return endpoint ? std::optional(*endpoint) : std::nullopt;
}

bool speaks_grpc(const OtlpExporter& exporter, const Endpoint& endpoint) {
  return exporter.wire == Wire::unknown ? endpoint.looks_like_grpc() : exporter.wire == Wire::grpc;
}

}  // namespace otelctl::config
