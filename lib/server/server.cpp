// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/server.hpp"

#include "server/grpc_receiver.hpp"
#include "server/listen_address.hpp"
#include "server/store.hpp"

namespace otelctl::server {

struct Server::Parts {
  explicit Parts(std::uint64_t max_memory) : store(max_memory) {}

  Store store;
  std::unique_ptr<GrpcReceiver> grpc;
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
  auto parts = std::make_unique<Parts>(options.max_memory);
  const auto grpc_address = check_listen_address("--grpc", options.grpc);
  if (!grpc_address) {
    return fail(grpc_address.error());
  }
  auto grpc = GrpcReceiver::start(*grpc_address, parts->store, clock, options.max_request);
  if (!grpc) {
    return fail(std::move(grpc).error());
  }
  parts->grpc = std::move(*grpc);
  parts->grpc_address = net::join_host_port(grpc_address->host, parts->grpc->port());
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

Server::Server(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Server::~Server() { stop(std::chrono::milliseconds(0)); }

const std::string& Server::grpc_address() const { return m_parts->grpc_address; }
const std::string& Server::http_address() const { return m_parts->http_address; }
const std::string& Server::query_address() const { return m_parts->query_address; }

Stats Server::stats() const { return m_parts->store.stats(); }

bool Server::wait_for_spans(std::uint64_t count, std::chrono::milliseconds timeout) const {
  return m_parts->store.wait_for_spans(count, timeout);
}

void Server::stop(std::chrono::milliseconds grace) { m_parts->grpc->stop(grace); }

}  // namespace otelctl::server
