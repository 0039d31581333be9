// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "config/endpoint.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "settings/endpoint.hpp"

namespace otelctl::config {

bool Endpoint::looks_like_grpc() const {
  return port == 4317 || (port != 4318 && path.empty());
}

bool Endpoint::ends_in_signal_path() const {
  return path.ends_with("/v1/traces") || path.ends_with("/v1/metrics") ||
         path.ends_with("/v1/logs");
}

bool Endpoint::is_near() const {
  static constexpr std::array<std::string_view, 6> k_suffixes{
      ".localhost", ".local", ".internal", ".svc", ".cluster.local", ".docker.internal"};
  static constexpr std::array<std::string_view, 4> k_prefixes{"127.", "10.", "192.168.",
                                                              "169.254."};
  const bool is_one_word = host.find_first_of(".:") == std::string::npos;
  return is_one_word || host == "::1" ||
         std::any_of(k_suffixes.begin(), k_suffixes.end(),
                     [&](std::string_view suffix) { return host.ends_with(suffix); }) ||
         std::any_of(k_prefixes.begin(), k_prefixes.end(),
                     [&](std::string_view prefix) { return host.starts_with(prefix); });
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
