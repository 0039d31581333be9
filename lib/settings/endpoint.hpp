// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "net/url.hpp"
#include "settings/candidates.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::settings {

// The protocol when nobody named one: port 4317 is gRPC's, any other port of a given endpoint means
// http/protobuf, the specification's default. `endpoint` may lack its scheme.
Protocol protocol_of_endpoint(const std::string& endpoint);

// Whether the endpoint says itself how it is reached; gRPC's "dns:///host:port" does not.
bool has_scheme(std::string_view endpoint);

// Makes the final URL of one signal out of an endpoint that somebody gave (OTLP exporter
// specification, "Endpoint URLs for OTLP/HTTP"): what a flag or the general variable gives is a
// base to which /v1/traces is appended, the signal's variable and a file are taken as they are.
// `insecure` is the value of OTEL_EXPORTER_OTLP_INSECURE, which alone lets a variable do without a
// scheme, over gRPC. Adds to `notes` what a person should know. Error kind: usage or settings.
Result<net::Url> resolve_endpoint(const Candidate& endpoint, Protocol protocol, Signal signal,
                                  const std::optional<Candidate>& insecure,
                                  std::vector<std::string>& notes);

// "port 4318 is usually OTLP over HTTP, and the protocol is grpc", or the reverse; nothing when the
// port is not the other protocol's.
std::optional<std::string> port_mismatch(const net::Url& url, Protocol protocol);

// http://localhost:4317 for gRPC, http://localhost:4318/v1/{signal} for HTTP.
net::Url standard_endpoint(Protocol protocol, Signal signal);

}  // namespace otelctl::settings
