// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "otlp/async_exporter.hpp"

#include <queue>
#include <utility>

#include "net/grpc_async_client.hpp"
#include "net/http_async_client.hpp"
#include "otlp/transport.hpp"

namespace otelctl::otlp {
namespace {

// Attempts that were over before anything was sent wait here for their turn.
class QueueingExporter : public AsyncExporter {
 public:
  void start(std::uint32_t ticket, Signal signal, Payload payload, nanoseconds timeout) final {
    auto verdict = refuse_too_large(payload.bytes);
    if (!verdict) {
      verdict = begin(ticket, signal, {std::move(payload.owner), payload.bytes}, timeout);
    }
    if (verdict) {
      m_not_begun.push({ticket, std::move(*verdict)});
    }
  }

  std::optional<Settled> wait(nanoseconds time) final {
    // What is under way goes on even if no other attempt can begin.
    auto settled = next(m_not_begun.empty() ? time : nanoseconds::zero());
    if (!settled && !m_not_begun.empty()) {
      settled = std::move(m_not_begun.front());
      m_not_begun.pop();
    }
    return settled;
  }

 protected:
  // The verdict when it cannot begin.
  virtual std::optional<ExportOutcome> begin(std::uint32_t ticket, Signal signal,
                                             net::HeldBytes payload, nanoseconds timeout) = 0;
  virtual std::optional<Settled> next(nanoseconds time) = 0;

 private:
  std::queue<Settled> m_not_begun;
};

// What a client is given to tell attempts by: its answer is read as that of the signal.
std::uint64_t tag_of(std::uint32_t ticket, Signal signal) {
  return std::uint64_t{ticket} | static_cast<std::uint64_t>(signal) << 32U;
}
std::uint32_t ticket_of(std::uint64_t tag) {
  return static_cast<std::uint32_t>(tag);
}
Signal signal_of(std::uint64_t tag) {
  return static_cast<Signal>(tag >> 32U);
}

class AsyncGrpcExporter final : public QueueingExporter {
 public:
  explicit AsyncGrpcExporter(const settings::OtlpSettings& settings)
      : m_transport(settings),
        m_client(grpc_target_of(settings),
                 {.metadata = settings.headers,
                  .gzip = settings.compression == settings::Compression::gzip}) {}

 protected:
  std::optional<ExportOutcome> begin(std::uint32_t ticket, Signal signal, net::HeldBytes payload,
                                     nanoseconds timeout) override {
    auto answer = m_client.start(tag_of(ticket, signal), GrpcTransport::method_of(signal),
                                 std::move(payload), timeout);
    if (!answer) {
      return std::nullopt;
    }
    return m_transport.outcome(signal, std::move(*answer));
  }

  std::optional<Settled> next(nanoseconds time) override {
    auto ended = m_client.wait(time);
    if (!ended) {
      return std::nullopt;
    }
    return Settled{ticket_of(ended->tag),
                   m_transport.outcome(signal_of(ended->tag), std::move(ended->answer))};
  }

 private:
  GrpcTransport m_transport;
  net::GrpcAsyncClient m_client;
};

class AsyncHttpExporter final : public QueueingExporter {
 public:
  explicit AsyncHttpExporter(const settings::OtlpSettings& settings)
      : m_transport(settings), m_client(m_transport.request()) {}

 protected:
  std::optional<ExportOutcome> begin(std::uint32_t ticket, Signal signal, net::HeldBytes payload,
                                     nanoseconds timeout) override {
    auto encoded = m_transport.encoded(signal, std::move(payload));
    if (!encoded) {
      return not_sent(std::move(encoded).error());
    }
    if (auto refusal = refuse_too_large(encoded->bytes)) {
      return refusal;
    }
    if (ticket >= m_encoded_bytes.size()) {
      m_encoded_bytes.resize(ticket + 1);
    }
    m_encoded_bytes[ticket] = encoded->bytes.size();
    auto begun =
        m_client.start(tag_of(ticket, signal), m_transport.packed(std::move(*encoded)), timeout);
    if (begun) {
      return std::nullopt;
    }
    return m_transport.outcome(signal, fail(std::move(begun).error()), false);
  }

  std::optional<Settled> next(nanoseconds time) override {
    auto ended = m_client.wait(time);
    if (!ended) {
      return std::nullopt;
    }
    Settled settled{ticket_of(ended->tag),
                    m_transport.outcome(signal_of(ended->tag), std::move(ended->response),
                                        ended->failed_for_good)};
    settled.outcome.encoded_bytes = m_encoded_bytes[settled.ticket];
    return settled;
  }

 private:
  HttpTransport m_transport;
  net::HttpAsyncClient m_client;
  std::vector<std::uint64_t> m_encoded_bytes;  // by ticket
};

}  // namespace

Result<std::unique_ptr<AsyncExporter>> make_async_exporter(const settings::OtlpSettings& settings) {
  switch (settings.protocol) {
    case settings::Protocol::grpc:
      return std::make_unique<AsyncGrpcExporter>(settings);
    case settings::Protocol::http_protobuf:
    case settings::Protocol::http_json:
      return std::make_unique<AsyncHttpExporter>(settings);
  }
  return fail(ErrorKind::internal, "unknown protocol");
}

}  // namespace otelctl::otlp
