// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/http_client.hpp"
#include "net/tls_files.hpp"
#include "net/url.hpp"

namespace otelctl::net {

struct GrpcTarget {
  Url endpoint;  // scheme, host and port; https is TLS
  TlsFiles tls = {};
  std::string proxy = {};  // URL; "" is a direct connection whatever the environment says
  std::string user_agent = {};
  // Of one message of an answer as it comes; 4 MiB is the OTLP specification's limit.
  std::uint64_t max_message_bytes = std::uint64_t{4} * 1024 * 1024;
};

struct GrpcRequest {
  std::string method;     // "/package.Service/Method"
  std::string_view body;  // the serialised message, borrowed until call() returns
  std::vector<Header> metadata = {};
  nanoseconds timeout = std::chrono::seconds(10);
  bool gzip = false;
  // After decompression, of a stream all its messages together.
  std::uint64_t max_response_bytes = std::uint64_t{4} * 1024 * 1024;
};

struct GrpcAnswer {
  // The status code; 0 is OK. Codes outside of the enumeration are handed on as they came.
  int code = 0;
  std::string message;  // the server's own, not yet escaped
  std::string details;  // serialised google.rpc.Status, when the server sent one
  std::string body;     // the serialised answer, unpacked; of a stream empty
  // Set when no gRPC server answered: not reachable, TLS, hang-up, timeout, or something else than
  // gRPC on the port. `code` and `message` are then the library's.
  std::optional<Error> failure = std::nullopt;
  // Whether another try would meet that failure again: a certificate that is not accepted.
  bool is_final = false;
};

// The name of a status code ("UNAVAILABLE"), "CODE_99" outside of the enumeration.
std::string grpc_code_name(int code);

// One channel for calls in serialised form. May be used from many threads at once.
//
// Before the channel is made, and after a connection was lost, it resolves the name and finds an
// address that answers by itself: gRPC 1.51 has no Happy Eyeballs, reports only the last address,
// and its name resolver is not the system's. It switches gRPC's hidden retries off: with them 1.51
// aborts the process on trailers without grpc-status (grpc/grpc#34683).
class GrpcClient {
 public:
  explicit GrpcClient(GrpcTarget target);
  ~GrpcClient();
  GrpcClient(GrpcClient&&) noexcept;
  GrpcClient& operator=(GrpcClient&&) noexcept;
  GrpcClient(const GrpcClient&) = delete;
  GrpcClient& operator=(const GrpcClient&) = delete;

  // Metadata that is not legal is an answer with a failure of kind settings, not an abort.
  GrpcAnswer call(const GrpcRequest& request);

  // A call that the server answers with any number of messages. Their bytes are handed on as they
  // come, one message after the other, in pieces of any size: protobuf reads messages of one type
  // that follow each other as one message with the lists of all. When the receiver returns false
  // the call is broken off and the answer's code is CANCELLED, without a failure.
  using BytesReceiver = std::function<bool(std::string_view)>;
  GrpcAnswer stream(const GrpcRequest& request, const BytesReceiver& on_bytes);

 private:
  class Impl;
  std::unique_ptr<Impl> m_impl;
};

}  // namespace otelctl::net
