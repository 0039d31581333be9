// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/exporter.hpp"

#include <utility>
#include <vector>

#include "otlp/transport.hpp"

namespace otelctl::otlp {
namespace {

class GrpcExporter final : public Exporter {
 public:
  explicit GrpcExporter(const settings::OtlpSettings& settings)
      : m_transport(settings),
        m_client(grpc_target_of(settings)),
        m_metadata(settings.headers),
        m_gzip(settings.compression == settings::Compression::gzip) {}

  ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    if (auto refusal = refuse_too_large(payload)) {
      return *refusal;
    }
    net::GrpcRequest request;
    request.method = GrpcTransport::method_of(signal);
    request.body = payload;
    request.metadata = m_metadata;
    request.timeout = timeout;
    request.gzip = m_gzip;
    return m_transport.outcome(signal, m_client.call(request));
  }

 private:
  GrpcTransport m_transport;
  net::GrpcClient m_client;
  std::vector<net::Header> m_metadata;
  bool m_gzip;
};

class HttpExporter final : public Exporter {
 public:
  explicit HttpExporter(const settings::OtlpSettings& settings) : m_transport(settings) {}

  ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    if (auto refusal = refuse_too_large(payload)) {
      return *refusal;
    }
    auto encoded = m_transport.encoded(signal, {nullptr, payload});
    if (!encoded) {
      return not_sent(std::move(encoded).error());
    }
    if (auto refusal = refuse_too_large(encoded->bytes)) {
      return *refusal;
    }
    const net::HeldBytes body = m_transport.packed(std::move(*encoded));
    net::HttpRequest request = m_transport.request();
    request.body = body.bytes;
    request.timeout = timeout;
    auto response = m_client.send(request);
    return m_transport.outcome(signal, std::move(response), m_client.failed_for_good());
  }

 private:
  HttpTransport m_transport;
  net::HttpClient m_client;
};

}  // namespace

Result<std::unique_ptr<Exporter>> make_exporter(const settings::OtlpSettings& settings) {
  switch (settings.protocol) {
    case settings::Protocol::grpc:
      return std::make_unique<GrpcExporter>(settings);
    case settings::Protocol::http_protobuf:
    case settings::Protocol::http_json:
      return std::make_unique<HttpExporter>(settings);
  }
  return fail(ErrorKind::internal, "unknown protocol");
}

}  // namespace otelctl::otlp
