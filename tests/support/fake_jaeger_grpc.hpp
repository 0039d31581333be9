// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/fake_grpc_server.hpp"
#include "trace/trace.hpp"

namespace otelctl::test {

// In what servers of Jaeger's gRPC API differ.
struct FakeJaegerGrpcOptions {
  bool has_summaries = true;    // Jaeger since 2.19
  bool says_not_found = false;  // NOT_FOUND, as Jaeger after 2.20; before it an empty stream
  bool needs_service = false;   // refuses to search over all
  bool is_gzip = false;
  // Every answer is this status.
  std::optional<int> code = std::nullopt;
  std::string message = {};
  std::optional<TlsWish> tls = std::nullopt;
};

// jaeger.api_v3.QueryService on 127.0.0.1 and a free port. It filters by service only, and refuses
// a search without a depth, as the store in memory does.
class FakeJaegerGrpc {
 public:
  FakeJaegerGrpc(FakeJaegerGrpcOptions options, std::vector<trace::Trace> traces);
  ~FakeJaegerGrpc();
  FakeJaegerGrpc(const FakeJaegerGrpc&) = delete;
  FakeJaegerGrpc& operator=(const FakeJaegerGrpc&) = delete;

  std::string url() const;  // "http://127.0.0.1:PORT", https where it has TLS
  // What was called, in its order.
  std::vector<GrpcCall> calls() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::test
