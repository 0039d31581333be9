// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/transport.hpp"

#include <utility>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "net/gzip.hpp"
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

// Without what the server repeats of the headers that it got.
ExportOutcome masked(ExportOutcome outcome, const HeaderMask& mask) {
  if (outcome.error) {
    outcome.error->message = mask.hide(std::move(outcome.error->message));
    outcome.error->hint = mask.hide(std::move(outcome.error->hint));
  }
  outcome.partial_message = mask.hide(std::move(outcome.partial_message));
  return outcome;
}

}  // namespace

std::optional<ExportOutcome> refuse_too_large(std::string_view payload) {
  if (payload.size() <= k_max_request_bytes) {
    return std::nullopt;
  }
  return not_sent({ErrorKind::not_understood,
                   "the request of " + format_size(payload.size()) +
                       " is not sent: OTLP's limit is " + format_size(k_max_request_bytes),
                   "send smaller batches"});
}

ExportOutcome not_sent(Error error) {
  ExportOutcome outcome;
  outcome.error = std::move(error);
  return outcome;
}

GrpcTransport::GrpcTransport(const settings::OtlpSettings& settings) : m_mask(settings.headers) {}

const std::string& GrpcTransport::method_of(Signal signal) {
  static const std::string traces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
  static const std::string metrics =
      "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
  static const std::string logs = "/opentelemetry.proto.collector.logs.v1.LogsService/Export";
  switch (signal) {
    case Signal::metrics:
      return metrics;
    case Signal::logs:
      return logs;
    case Signal::traces:
      break;
  }
  return traces;
}

ExportOutcome GrpcTransport::outcome(Signal signal, net::GrpcAnswer answer) const {
  // Before it is cut to a length that may leave half of a key.
  m_mask.cover(answer.message);
  return masked(outcome_of_grpc(signal, answer), m_mask);
}

net::GrpcTarget grpc_target_of(const settings::OtlpSettings& settings) {
  return {settings.endpoint, settings.tls, settings.proxy.url, std::string(k_user_agent)};
}

HttpTransport::HttpTransport(const settings::OtlpSettings& settings)
    : m_mask(settings.headers, settings.endpoint.query),
      m_gzip(settings.compression == settings::Compression::gzip),
      m_json(settings.protocol == settings::Protocol::http_json) {
  m_request.method = "POST";
  m_request.url = settings.endpoint.to_string();
  m_request.headers = settings.headers;
  m_request.headers.push_back(
      {"Content-Type", m_json ? "application/json" : "application/x-protobuf"});
  m_request.headers.push_back({"User-Agent", std::string(k_user_agent)});
  if (m_gzip) {
    m_request.headers.push_back({"Content-Encoding", "gzip"});
  }
  m_request.tls = settings.tls;
  m_request.proxy = settings.proxy.url;
}

Result<net::HeldBytes> HttpTransport::encoded(Signal signal, net::HeldBytes payload) const {
  if (!m_json) {
    return payload;
  }
  auto json = payload_to_json(signal, payload.bytes);
  if (!json) {
    return fail(std::move(json).error());
  }
  return net::hold(std::move(*json));
}

net::HeldBytes HttpTransport::packed(net::HeldBytes encoded) const {
  return m_gzip ? net::hold(net::gzip(encoded.bytes)) : std::move(encoded);
}

ExportOutcome HttpTransport::outcome(Signal signal, Result<net::HttpResponse> response,
                                     bool failed_for_good) const {
  if (response) {
    cover_words(*response);
    return masked(outcome_of_http(signal, *response, m_request.url), m_mask);
  }
  ExportOutcome outcome = not_sent(std::move(response).error());
  outcome.retryable = outcome.error->kind == ErrorKind::unreachable && !failed_for_good;
  return outcome;
}

// What of a refusal is shown, before it is cut to a length that may leave half of a key. A success
// stays as it is: a header's value may stand in it by chance, and it must be read.
void HttpTransport::cover_words(net::HttpResponse& response) const {
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

}  // namespace otelctl::otlp
