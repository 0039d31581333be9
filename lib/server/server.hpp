// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/stats.hpp"

namespace otelctl::server {

// Addresses are "host:port" ("127.0.0.1:4317", "[::1]:4317", "localhost:0"); port 0 picks a free
// one.
struct ServerOptions {
  std::string grpc = "127.0.0.1:4317";
  std::string http = "127.0.0.1:4318";
  std::string query = "127.0.0.1:16686";
  // For the held traces with their index; oldest traces go first when it is full.
  std::uint64_t max_memory = std::uint64_t{256} << 20;
  // A request, before and after gunzip (OTLP 1.11.0 recommends 64 MiB).
  std::uint64_t max_request = std::uint64_t{64} << 20;

  // Every listener on 127.0.0.1 and a free port: what tests want.
  static ServerOptions on_free_ports();
};

// The embedded backend: OTLP by gRPC and HTTP in, the Jaeger query API out, everything in memory.
class Server {
 public:
  // Listens on the three addresses; once this returns, all of them answer. An address that cannot
  // be bound is an Error of kind settings that names the port and, where it can be known, its
  // holder. `clock` must outlive the server.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options, const Clock& clock);

  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  // Where it listens: "127.0.0.1:PORT" with the real port.
  const std::string& grpc_address() const;
  const std::string& http_address() const;
  const std::string& query_address() const;

  Stats stats() const;

  // Waits until at least `count` spans were accepted since the start; false when `timeout` passed.
  bool wait_for_spans(std::uint64_t count, std::chrono::milliseconds timeout) const;

  // Takes no new requests, lets those under way finish for `grace`, then cuts them off. The ports
  // are free when it returns. Further calls do nothing.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(500));

 private:
  struct Parts;
  static Result<void> start_grpc(const ServerOptions& options, const Clock& clock, Parts& parts);
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> m_parts;
};

}  // namespace otelctl::server
