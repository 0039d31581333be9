// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "net/grpc_client.hpp"
#include "net/held_bytes.hpp"
#include "net/http_client.hpp"
#include "otlp/exporter.hpp"
#include "otlp/header_mask.hpp"
#include "settings/otlp_settings.hpp"

// What OTLP makes of its transports, whether one request is sent at a time or many.
namespace otelctl::otlp {

// The verdict over a request that is larger than OTLP allows; nothing for others.
std::optional<ExportOutcome> refuse_too_large(std::string_view payload);

// A request that could not be made.
ExportOutcome not_sent(Error error);

class GrpcTransport {
 public:
  explicit GrpcTransport(const settings::OtlpSettings& settings);

  static const std::string& method_of(Signal signal);
  ExportOutcome outcome(Signal signal, net::GrpcAnswer answer) const;

 private:
  HeaderMask m_mask;
};

net::GrpcTarget grpc_target_of(const settings::OtlpSettings& settings);

class HttpTransport {
 public:
  explicit HttpTransport(const settings::OtlpSettings& settings);

  // Method, URL, headers, TLS and proxy of each request.
  const net::HttpRequest& request() const { return m_request; }
  // The payload as JSON, or as it is. Error kind: not_understood, for bytes that are no such
  // request.
  Result<net::HeldBytes> encoded(Signal signal, net::HeldBytes payload) const;
  // What is encoded as it is sent: packed, or as it is.
  net::HeldBytes packed(net::HeldBytes encoded) const;
  // `failed_for_good` as HttpClient tells it.
  ExportOutcome outcome(Signal signal, Result<net::HttpResponse> response,
                        bool failed_for_good) const;

 private:
  void cover_words(net::HttpResponse& response) const;

  net::HttpRequest m_request;
  HeaderMask m_mask;
  bool m_gzip;
  bool m_json;
};

}  // namespace otelctl::otlp
