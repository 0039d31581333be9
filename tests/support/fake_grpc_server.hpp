// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/raw_server.hpp"

namespace otelctl::test {

// What a client sent in one call.
struct GrpcCall {
  std::string method;
  std::string body;  // after decompression
  std::map<std::string, std::string> metadata;
  std::string authority;  // the pseudo-header: what HTTP calls Host
};

struct GrpcReply {
  int code = 0;
  std::string message = {};
  std::string details = {};  // serialised google.rpc.Status
  std::string body = {};
  bool gzip = false;
  // Set for a stream: these messages instead of the body, and the code after them.
  std::optional<std::vector<std::string>> messages = std::nullopt;
};

// A gRPC server that takes any method on a free port of 127.0.0.1 and answers what a test says. The
// function is called from several threads.
class FakeGrpcServer {
 public:
  using Answer = std::function<GrpcReply(const GrpcCall&)>;
  explicit FakeGrpcServer(Answer answer, const std::optional<TlsWish>& tls = std::nullopt);
  ~FakeGrpcServer();
  FakeGrpcServer(const FakeGrpcServer&) = delete;
  FakeGrpcServer& operator=(const FakeGrpcServer&) = delete;

  std::uint16_t port() const;

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::test
