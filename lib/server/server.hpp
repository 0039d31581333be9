// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/http_client.hpp"
#include "net/tls_server.hpp"
#include "server/fault.hpp"
#include "server/recorder.hpp"
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
  // What is done to requests on purpose; see parse_faults.
  std::vector<FaultRule> faults = {};
  // Without these headers an OTLP request is refused; the query API asks for none.
  std::vector<net::Header> required_headers = {};
  // With a certificate in it both OTLP listeners speak TLS and nothing else, and let in only whom
  // its client_ca vouches for. The query API then takes TLS too, from anybody, beside plaintext.
  std::optional<net::TlsServerPem> tls = std::nullopt;
  // The file that gets what is accepted, and whoever wants to know when it can have no more: told
  // once, by a thread of the server's.
  std::optional<std::string> record = std::nullopt;
  Recorder::OnFailure on_recording_failure = nullptr;

  // Every listener on 127.0.0.1 and a free port: what tests want.
  static ServerOptions on_free_ports();
};

// The embedded backend: OTLP by gRPC and HTTP in, the Jaeger query API out, everything in memory.
class Server {
 public:
  // Listens on the three addresses; once this returns, all of them answer. An address that cannot
  // be bound is an Error of kind settings that names the port and, where it can be known, its
  // holder; so is a file that cannot be recorded to. `clock` must outlive the server.
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
  // are free when it returns, and what was accepted is recorded. Further calls do nothing.
  void stop(std::chrono::milliseconds grace = std::chrono::milliseconds(500));

 private:
  struct Parts;
  static Result<void> start_grpc(const ServerOptions& options, const Clock& clock, Parts& parts);
  static Result<void> start_http(const ServerOptions& options, const Clock& clock, Parts& parts);
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> m_parts;
};

}  // namespace otelctl::server
