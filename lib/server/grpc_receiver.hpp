// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/tls_server.hpp"
#include "net/url.hpp"
#include "server/intake.hpp"

namespace otelctl::server {

// OTLP by gRPC: the three Export methods, taken as raw bytes. Everything else is UNIMPLEMENTED with
// the words of Go's servers, which clients look for.
class GrpcReceiver {
 public:
  using Tls = std::optional<net::TlsServerPem>;
  // `intake` and `clock` must outlive it. With `tls` it takes nothing else. Error kind: settings,
  // when it cannot listen.
  static Result<std::unique_ptr<GrpcReceiver>> start(const net::HostPort& address, Intake& intake,
                                                     const Clock& clock, std::uint64_t max_request,
                                                     const Tls& tls);
  ~GrpcReceiver();
  GrpcReceiver(const GrpcReceiver&) = delete;
  GrpcReceiver& operator=(const GrpcReceiver&) = delete;

  std::uint16_t port() const;
  void stop(std::chrono::milliseconds grace);

 private:
  class Impl;
  explicit GrpcReceiver(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::server
