// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/explain.hpp"

#include <string>
#include <utility>

#include "net/tls_words.hpp"

namespace otelctl::probe {
namespace {

using settings::OtlpSettings;

Error not_understood(std::string message, std::string hint) {
  return {ErrorKind::not_understood, std::move(message), std::move(hint)};
}

bool is_grpc(const OtlpSettings& settings) {
  return settings.protocol == settings::Protocol::grpc;
}

// "localhost:4318 speaks plaintext HTTP/1.1 and is an OTLP/HTTP receiver".
std::string fact(const OtlpSettings& settings, const Peer& peer) {
  return settings.endpoint.host_and_port() + " " + describe(peer);
}

Error another_server(const OtlpSettings& settings, const Peer& peer) {
  return not_understood(fact(settings, peer),
                        "another server listens on that port: correct the endpoint");
}

Error http1_in_place_of_grpc(const OtlpSettings& settings, const Peer& peer) {
  return not_understood(settings.endpoint.host_and_port() + " speaks HTTP/1.1, not gRPC" +
                            (peer.server.empty() ? "" : ": it is " + peer.server),
                        "use --protocol http/protobuf for that port, or the gRPC port (4317)");
}

}  // namespace

std::optional<Error> explain_plaintext(const OtlpSettings& settings, const Peer& peer) {
  switch (peer.kind) {
    case PeerKind::tls_http2:
      return not_understood(fact(settings, peer),
                            is_grpc(settings)
                                ? "write https:// in the endpoint"
                                : "write https:// in the endpoint; if it is a gRPC port, use "
                                  "--protocol grpc");
    case PeerKind::tls:
      return not_understood(fact(settings, peer),
                            is_grpc(settings)
                                ? "write https:// in the endpoint and use --protocol http/protobuf"
                                : "write https:// in the endpoint");
    case PeerKind::http1:
      return is_grpc(settings) ? std::optional(http1_in_place_of_grpc(settings, peer))
                               : std::nullopt;
    case PeerKind::http2:
      if (is_grpc(settings)) {
        return std::nullopt;
      }
      return not_understood(settings.endpoint.host_and_port() + " is a gRPC port",
                            "use --protocol grpc, or the HTTP port (4318)");
    case PeerKind::other:
      return another_server(settings, peer);
    case PeerKind::silent:
    case PeerKind::closing:
      return std::nullopt;
  }
  return std::nullopt;
}

Silence explain_silence(const OtlpSettings& settings, const Reach& way, const Error& error,
                        const net::Deadline& deadline, const Clock& clock) {
  // On a slow line the hang-up comes after the TLS stage has stopped listening for it.
  if (way.wants_client_certificate && error.kind == ErrorKind::unreachable) {
    return {net::client_certificate_error(!settings.tls.cert_file.empty())};
  }
  if (settings.endpoint.is_tls() || !settings.proxy.direct()) {
    return {};
  }
  Peer peer = identify(*way.address, settings.endpoint.host, deadline.at_most(k_identify_time),
                       clock.now());
  return {explain_plaintext(settings, peer), std::move(peer)};
}

std::string proxy_hint(const OtlpSettings& settings) {
  return "except " + settings.endpoint.host + " with no_proxy, or correct " +
         settings.proxy.variable;
}

std::optional<Error> explain_tls(const OtlpSettings& settings, const Peer& peer) {
  if (peer.kind == PeerKind::other) {
    return another_server(settings, peer);
  }
  if (peer.kind != PeerKind::http1 && peer.kind != PeerKind::http2) {
    return std::nullopt;
  }
  std::string hint = "write http:// in the endpoint";
  if (is_grpc(settings) != (peer.kind == PeerKind::http2)) {
    hint += is_grpc(settings) ? " and use --protocol http/protobuf" : " and use --protocol grpc";
  }
  return not_understood(
      settings.endpoint.host_and_port() + " does not speak TLS: it " + describe(peer),
      std::move(hint));
}

}  // namespace otelctl::probe
