// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <grpcpp/client_context.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/status.h>

#include "base/result.hpp"
#include "base/time.hpp"
#include "net/grpc_client.hpp"

// What a unary call is given before it begins and what is made of its end, whichever client made
// it.
namespace otelctl::net {

// Why the metadata cannot be sent; gRPC would abort the process on it (grpc/grpc#18527). Error
// kind: settings.
std::optional<Error> metadata_problem(const std::vector<Header>& metadata);

// The metadata must be legal.
void prepare(grpc::ClientContext& context, const std::vector<Header>& metadata, nanoseconds timeout,
             bool gzip);

// What a call was that has ended.
struct GrpcCallFacts {
  const GrpcTarget& target;
  const std::vector<Header>& metadata;
  nanoseconds timeout{};
  std::uint64_t max_response_bytes = 0;
};

GrpcAnswer read_answer(const grpc::Status& status, const grpc::ByteBuffer& received,
                       const grpc::ClientContext& context, const GrpcCallFacts& facts);

// Of a call that could not begin.
GrpcAnswer not_begun(grpc::StatusCode code, Error failure);

// Of a stream that was broken off here: because its receiver wanted no more, or by the failure.
GrpcAnswer not_ended(std::optional<Error> failure);

// The messages of a stream on their way to who reads them.
class StreamedBytes {
 public:
  StreamedBytes(const GrpcClient::BytesReceiver& receiver, std::uint64_t max_bytes)
      : m_receiver(receiver), m_bytes_left(max_bytes), m_max_bytes(max_bytes) {}

  // Hands a message on, unpacked. False when the stream shall not go on.
  bool take(const grpc::ByteBuffer& message);

  bool goes_on() const { return m_goes_on; }
  // Why it does not; nothing where the receiver said so.
  const std::optional<Error>& failure() const { return m_failure; }

 private:
  bool give(std::string_view bytes);
  bool give_unpacked(const grpc::ByteBuffer& message);

  const GrpcClient::BytesReceiver& m_receiver;
  std::uint64_t m_bytes_left;
  std::uint64_t m_max_bytes;
  bool m_goes_on = true;
  std::optional<Error> m_failure;
};

}  // namespace otelctl::net
