// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/exporter.hpp"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/grpc_client.hpp"
#include "net/gzip.hpp"
#include "net/http_client.hpp"
#include "otlp/header_mask.hpp"
#include "otlp/json_codec.hpp"
#include "otlp/outcome.hpp"

namespace otelctl::otlp {
namespace {

// A product's name before the specification's form ("User Agent").
constexpr std::string_view k_user_agent =
    "otelctl/" OTELCTL_VERSION " OTel-OTLP-Exporter-Cpp/" OTELCTL_VERSION;

// OTLP 1.11.0, "Request size limit": the client's own, before compression. What is larger is not
// sent.
constexpr std::size_t k_max_request_bytes = std::size_t{64} * 1024 * 1024;

std::optional<ExportOutcome> too_large(std::string_view payload) {
  if (payload.size() <= k_max_request_bytes) {
    return std::nullopt;
  }
  ExportOutcome outcome;
  outcome.error = Error{ErrorKind::not_understood,
                        "the request of " + format_size(payload.size()) +
                            " is not sent: OTLP's limit is " + format_size(k_max_request_bytes),
                        "send smaller batches"};
  return outcome;
}

std::string grpc_method(Signal signal) {
  switch (signal) {
    case Signal::traces:
      return "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
    case Signal::metrics:
      return "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    case Signal::logs:
      return "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  }
  return {};
}

// Without what the server repeats of the headers that it got.
ExportOutcome masked(ExportOutcome outcome, const HeaderMask& mask) {
  if (outcome.error) {
    outcome.error->message = mask.hide(std::move(outcome.error->message));
    outcome.error->hint = mask.hide(std::move(outcome.error->hint));
  }
  outcome.partial_message = mask.hide(std::move(outcome.partial_message));
  return outcome;
}

class GrpcExporter final : public Exporter {
 public:
  explicit GrpcExporter(const settings::OtlpSettings& settings)
      : m_client({settings.endpoint, settings.tls, settings.proxy.url, std::string(k_user_agent)}),
        m_metadata(settings.headers),
        m_mask(settings.headers),
        m_gzip(settings.compression == settings::Compression::gzip) {}

  ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    if (auto refusal = too_large(payload)) {
      return *refusal;
    }
    net::GrpcRequest request;
    request.method = grpc_method(signal);
    request.body = payload;
    request.metadata = m_metadata;
    request.timeout = timeout;
    request.gzip = m_gzip;
    net::GrpcAnswer answer = m_client.call(request);
    // Before it is cut to a length that may leave half of a key.
    m_mask.cover(answer.message);
    return masked(outcome_of_grpc(signal, answer), m_mask);
  }

 private:
  net::GrpcClient m_client;
  std::vector<net::Header> m_metadata;
  HeaderMask m_mask;
  bool m_gzip;
};

// A client serves one thread at a time, so there are as many as requests were ever in flight.
class ClientPool {
 public:
  std::unique_ptr<net::HttpClient> take() {
    const std::lock_guard lock(m_mutex);
    if (m_idle.empty()) {
      return std::make_unique<net::HttpClient>();
    }
    auto client = std::move(m_idle.back());
    m_idle.pop_back();
    return client;
  }
  void give_back(std::unique_ptr<net::HttpClient> client) {
    const std::lock_guard lock(m_mutex);
    m_idle.push_back(std::move(client));
  }

 private:
  std::mutex m_mutex;
  std::vector<std::unique_ptr<net::HttpClient>> m_idle;
};

class HttpExporter final : public Exporter {
 public:
  explicit HttpExporter(const settings::OtlpSettings& settings)
      : m_url(settings.endpoint.to_string()),
        m_headers(settings.headers),
        m_mask(settings.headers),
        m_tls(settings.tls),
        m_proxy(settings.proxy.url),
        m_gzip(settings.compression == settings::Compression::gzip),
        m_json(settings.protocol == settings::Protocol::http_json) {
    m_headers.push_back({"Content-Type", m_json ? "application/json" : "application/x-protobuf"});
    m_headers.push_back({"User-Agent", std::string(k_user_agent)});
    if (m_gzip) {
      m_headers.push_back({"Content-Encoding", "gzip"});
    }
  }

  ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) override {
    if (auto refusal = too_large(payload)) {
      return *refusal;
    }
    std::string json;
    if (m_json) {
      auto encoded = payload_to_json(signal, payload);
      if (!encoded) {
        ExportOutcome outcome;
        outcome.error = std::move(encoded).error();
        return outcome;
      }
      json = std::move(*encoded);
      payload = json;
    }
    const std::string packed = m_gzip ? net::gzip(payload) : std::string();
    net::HttpRequest request;
    request.method = "POST";
    request.url = m_url;
    request.headers = m_headers;
    request.body = m_gzip ? std::string_view(packed) : payload;
    request.timeout = timeout;
    request.tls = m_tls;
    request.proxy = m_proxy;
    auto client = m_clients.take();
    auto response = client->send(request);
    const bool is_final = client->failed_for_good();
    m_clients.give_back(std::move(client));
    if (response) {
      cover_words(*response);
      return masked(outcome_of_http(signal, *response, m_url), m_mask);
    }
    ExportOutcome outcome;
    outcome.error = response.error();
    outcome.retryable = response.error().kind == ErrorKind::unreachable && !is_final;
    return outcome;
  }

 private:
  // What of a refusal is shown, before it is cut to a length that may leave half of a key. A
  // success stays as it is: a header's value may stand in it by chance, and it must be read.
  void cover_words(net::HttpResponse& response) const {
    if (response.is_success()) {
      return;
    }
    m_mask.cover(response.body);
    for (net::Header& header : response.headers) {
      if (equals_ignoring_case(header.name, "location")) {
        m_mask.cover(header.value);
      }
    }
  }

  std::string m_url;
  std::vector<net::Header> m_headers;
  HeaderMask m_mask;
  net::TlsFiles m_tls;
  std::string m_proxy;
  bool m_gzip;
  bool m_json;
  ClientPool m_clients;
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
