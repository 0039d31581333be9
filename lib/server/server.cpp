// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/server.hpp"

#include <algorithm>
#include <utility>

#include <malloc.h>

#include "net/spare_descriptors.hpp"
#include "server/grpc_receiver.hpp"
#include "server/http_listener.hpp"
#include "server/intake.hpp"
#include "server/listen_address.hpp"
#include "server/otlp_http_handler.hpp"
#include "server/query_handler.hpp"

namespace otelctl::server {
namespace {

// A pipe whose reader is slow still gets the rest in this time at the end.
constexpr auto k_recording_grace = std::chrono::milliseconds(5000);

// Spans are kept where the thread that took them allocates, and freed by whoever makes room. glibc
// gives threads arenas of their own, up to eight a core, and what is free in one is of no use to
// another: the process would grow to a multiple of --max-memory.
void share_memory_between_threads() {
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
#endif
}

}  // namespace

// In the order of construction; the listeners go before what they use.
struct Server::Parts {
  Parts(const ServerOptions& options, const Clock& clock)
      : intake{Store(options.max_memory), FaultPlan(options.faults), nullptr,
               RequiredHeaders(options.required_headers)},
        otlp_http(intake),
        query_api(intake.store, clock, [this] { return intake.stats(); }) {}

  Intake intake;
  OtlpHttpHandler otlp_http;
  QueryHandler query_api;
  std::unique_ptr<GrpcReceiver> grpc;
  std::unique_ptr<HttpListener> http;
  std::unique_ptr<HttpListener> query;
  std::string grpc_address;
  std::string http_address;
  std::string query_address;
};

ServerOptions ServerOptions::on_free_ports() {
  ServerOptions options;
  options.grpc = options.http = options.query = "127.0.0.1:0";
  return options;
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, const Clock& clock) {
  share_memory_between_threads();
  if (auto spare = net::check_spare_descriptors(); !spare) {
    return fail(std::move(spare).error());
  }
  auto parts = std::make_unique<Parts>(options, clock);
  if (options.record) {
    auto recorder = Recorder::open(*options.record, options.on_recording_failure);
    if (!recorder) {
      return fail(std::move(recorder).error().within("--record"));
    }
    parts->intake.recorder = std::move(*recorder);
  }
  if (auto done = start_grpc(options, clock, *parts); !done) {
    return fail(std::move(done).error());
  }
  if (auto done = start_http(options, clock, *parts); !done) {
    return fail(std::move(done).error());
  }
  // Only now the file loses what is in it: a busy port shall not cost an older recording.
  if (parts->intake.recorder != nullptr) {
    parts->intake.recorder->start();
  }
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Result<void> Server::start_grpc(const ServerOptions& options, const Clock& clock, Parts& parts) {
  const auto address = check_listen_address("--grpc", options.grpc);
  if (!address) {
    return fail(address.error());
  }
  auto grpc = GrpcReceiver::start(*address, parts.intake, clock, options.max_request, options.tls);
  if (!grpc) {
    return fail(std::move(grpc).error());
  }
  parts.grpc = std::move(*grpc);
  parts.grpc_address = net::join_host_port(address->host, parts.grpc->port());
  return {};
}

Result<void> Server::start_http(const ServerOptions& options, const Clock& clock, Parts& parts) {
  using Clients = net::TlsServerContext::Clients;
  const auto start = [&](std::string_view option, const std::string& address, HttpHandler& handler,
                         std::unique_ptr<HttpListener>& listener, std::string& bound,
                         Clients clients) -> Result<void> {
    const auto checked = check_listen_address(option, address);
    if (!checked) {
      return fail(checked.error());
    }
    ListenerTls tls;
    if (options.tls) {
      auto context = net::TlsServerContext::make(*options.tls, clients);
      if (!context) {
        return fail(std::move(context).error());
      }
      tls = {std::move(*context), clients == Clients::may_have_certificate};
    }
    auto started =
        HttpListener::start(*checked, handler, clock, options.max_request, std::move(tls));
    if (!started) {
      return fail(std::move(started).error());
    }
    listener = std::move(*started);
    bound = net::join_host_port(checked->host, listener->port());
    return {};
  };
  if (auto done = start("--http", options.http, parts.otlp_http, parts.http, parts.http_address,
                        Clients::need_certificate);
      !done) {
    return done;
  }
  return start("--query", options.query, parts.query_api, parts.query, parts.query_address,
               Clients::may_have_certificate);
}

Server::Server(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Server::~Server() {
  stop(std::chrono::milliseconds(0));
}

const std::string& Server::grpc_address() const {
  return m_parts->grpc_address;
}
const std::string& Server::http_address() const {
  return m_parts->http_address;
}
const std::string& Server::query_address() const {
  return m_parts->query_address;
}

Stats Server::stats() const {
  return m_parts->intake.stats();
}

bool Server::wait_for_spans(std::uint64_t count, std::chrono::milliseconds timeout) const {
  return m_parts->intake.store.wait_for_spans(count, timeout);
}

void Server::stop(std::chrono::milliseconds grace) {
  Recorder* const recorder = m_parts->intake.recorder.get();
  const auto patience = std::max(grace, k_recording_grace);
  if (recorder != nullptr) {
    // Before the receivers, whose requests may wait for the recorder.
    recorder->limit_patience(patience);
  }
  m_parts->grpc->stop(grace);
  m_parts->http->stop(grace);
  m_parts->query->stop(grace);
  if (recorder != nullptr) {
    recorder->close(patience);
  }
}

}  // namespace otelctl::server
