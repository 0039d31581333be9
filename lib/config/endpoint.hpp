// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "config/views.hpp"

namespace otelctl::config {

// The parts of an exporter's endpoint.
struct Endpoint {
  bool is_tls = false;
  std::string host;
  std::optional<std::uint16_t> port;
  // Empty for none and for "/" alone.
  std::string path;
  bool has_userinfo = false;
  bool has_query = false;
  bool has_fragment = false;

  // Where nothing says which transport is meant: 4317 and an endpoint without path are taken for
  // gRPC, 4318 and any path for HTTP.
  bool looks_like_grpc() const;
  bool ends_in_signal_path() const;
  // Within this machine or its own network, as far as the name tells.
  bool is_near() const;
};

// Reads it by the rules that otelctl's own exporters follow. Error kind: settings.
Result<Endpoint> read_endpoint(const std::string& text);

// The same of an exporter; nothing where it cannot be read.
std::optional<Endpoint> endpoint_of(const OtlpExporter& exporter);

// By its protocol, else as the endpoint looks.
bool speaks_grpc(const OtlpExporter& exporter, const Endpoint& endpoint);

}  // namespace otelctl::config
