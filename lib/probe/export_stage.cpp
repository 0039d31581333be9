// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "probe/export_stage.hpp"

#include <string>
#include <utility>

#include "base/text.hpp"
#include "net/tls_words.hpp"
#include "otlp/exporter.hpp"
#include "probe/identify.hpp"

namespace otelctl::probe {
namespace {

constexpr nanoseconds k_identify_time = std::chrono::milliseconds(1200);

std::string port_of(const settings::OtlpSettings& settings) {
  return settings.endpoint.host_and_port();
}

Error not_understood(std::string message, std::string hint) {
  return {ErrorKind::not_understood, std::move(message), std::move(hint)};
}

// What a peer that was identified says about a plaintext export that nobody answered; nothing when
// it explains nothing.
std::optional<Error> explain_plaintext(const settings::OtlpSettings& settings, const Peer& peer) {
  const bool is_grpc = settings.protocol == settings::Protocol::grpc;
  const std::string fact = port_of(settings) + " " + describe(peer);
  switch (peer.kind) {
    case PeerKind::tls_http2:
      return not_understood(fact, is_grpc ? "write https:// in the endpoint"
                                          : "write https:// in the endpoint; if it is a gRPC port, "
                                            "use --protocol grpc");
    case PeerKind::tls:
      return not_understood(fact, is_grpc ? "write https:// in the endpoint and use --protocol "
                                            "http/protobuf"
                                          : "write https:// in the endpoint");
    case PeerKind::http1:
      if (is_grpc) {
        return not_understood(
            port_of(settings) + " speaks HTTP/1.1, not gRPC",
            "use --protocol http/protobuf for that port, or the gRPC port (4317)");
      }
      return std::nullopt;
    case PeerKind::http2:
      if (!is_grpc) {
        return not_understood(port_of(settings) + " is a gRPC port",
                              "use --protocol grpc, or the HTTP port (4318)");
      }
      return std::nullopt;
    case PeerKind::other:
      return not_understood(fact, "another server listens on that port: correct the endpoint");
    case PeerKind::silent:
    case PeerKind::closing:
      return std::nullopt;
  }
  return std::nullopt;
}

// Looks for the cause when no OTLP server gave a verdict.
void explain_silence(const settings::OtlpSettings& settings, const Reach& way,
                     const net::Deadline& deadline, const Clock& clock, ExportStage& result) {
  // On a slow line the hang-up comes after the TLS stage has stopped listening for it.
  const bool hung_up = result.error && result.error->kind == ErrorKind::unreachable;
  if (hung_up && way.wants_client_certificate) {
    result.error = net::client_certificate_error(!settings.tls.cert_file.empty());
    return;
  }
  if (settings.endpoint.is_tls() || !settings.proxy.direct()) {
    return;
  }
  const Peer peer = identify(*way.address, settings.endpoint.host,
                             deadline.at_most(k_identify_time), clock.now());
  result.stage.facts.push_back({"identified", describe(peer)});
  if (auto cause = explain_plaintext(settings, peer)) {
    result.error = std::move(cause);
  }
}

void add_facts(const otlp::ExportOutcome& outcome, Stage& stage) {
  stage.facts.push_back({"code", outcome.code});
  stage.facts.push_back({"rejected", outcome.rejected});
  if (!outcome.partial_message.empty()) {
    stage.facts.push_back({"partial_message", outcome.partial_message});
  }
  if (outcome.retry_after) {
    stage.facts.push_back({"retry_after_ns", outcome.retry_after->count()});
  }
}

void judge_delivery(const otlp::ExportOutcome& outcome, ExportStage& result) {
  result.stage.message = "the server takes " +
                         std::get<std::string>(result.stage.facts.front().value) + " (" +
                         outcome.code + ")";
  const std::string words = escape_for_terminal(outcome.partial_message);
  if (outcome.rejected > 0) {
    result.error = Error{ErrorKind::failed,
                         "the server rejects " +
                             counted(static_cast<std::size_t>(outcome.rejected), "record") +
                             (words.empty() ? "" : ": " + words),
                         "check the server's limits and its log"};
  } else if (!words.empty()) {
    result.stage.status = StageStatus::warn;
    result.stage.message += "; it warns: " + words;
  }
}

}  // namespace

ExportStage run_export(const settings::OtlpSettings& settings, const Reach& way,
                       const net::Deadline& deadline, const Clock& clock) {
  ExportStage result;
  Stage& stage = result.stage;
  stage.name = "export";
  stage.facts.push_back({"signal", std::string(name_of(settings.signal))});
  const nanoseconds start = clock.monotonic();
  const auto exporter = otlp::make_exporter(settings);
  if (!exporter) {
    result.error = exporter.error();
  } else {
    const otlp::ExportOutcome outcome = (*exporter)->send(settings.signal, {}, deadline.left());
    add_facts(outcome, stage);
    result.error = outcome.error;
    if (outcome.delivered) {
      judge_delivery(outcome, result);
    } else if (!outcome.answered) {
      explain_silence(settings, way, deadline, clock, result);
    }
  }
  if (result.error) {
    stage.status = StageStatus::fail;
    stage.message = result.error->message;
    stage.hint = result.error->hint;
  }
  stage.duration = clock.monotonic() - start;
  return result;
}

}  // namespace otelctl::probe
