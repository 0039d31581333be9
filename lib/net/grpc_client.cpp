// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_client.hpp"

#include <array>
#include <utility>

#include <grpcpp/client_context.h>
#include <grpcpp/impl/codegen/client_unary_call.h>
#include <grpcpp/impl/codegen/rpc_method.h>
#include <grpcpp/impl/codegen/sync_stream.h>
#include <grpcpp/support/byte_buffer.h>

#include "net/grpc_answer.hpp"
#include "net/grpc_channel.hpp"
#include "net/grpc_error.hpp"

namespace otelctl::net {

class GrpcClient::Impl {
 public:
  explicit Impl(GrpcTarget target) : m_channel(std::move(target)) {}

  GrpcAnswer call(const GrpcRequest& request) {
    return perform(request, [&](grpc::Channel& channel, const Deadline& deadline) {
      return call_over(channel, request, deadline);
    });
  }

  GrpcAnswer stream(const GrpcRequest& request, const BytesReceiver& on_bytes) {
    return perform(request, [&](grpc::Channel& channel, const Deadline& deadline) {
      return stream_over(channel, request, deadline, on_bytes);
    });
  }

 private:
  template <typename Call>
  GrpcAnswer perform(const GrpcRequest& request, const Call& call_over_channel) {
    if (auto problem = metadata_problem(request.metadata)) {
      return not_begun(grpc::StatusCode::INVALID_ARGUMENT, std::move(*problem));
    }
    const Deadline deadline(request.timeout);
    const auto channel = m_channel.find(deadline);
    if (!channel) {
      return not_begun(grpc::StatusCode::UNAVAILABLE, channel.error());
    }
    GrpcAnswer answer = call_over_channel(**channel, deadline);
    if (answer.failure && answer.failure->kind == ErrorKind::unreachable) {
      m_channel.forget(*channel, is_connect_failure(answer.message));
    }
    return answer;
  }

  GrpcAnswer call_over(grpc::Channel& channel, const GrpcRequest& request,
                       const Deadline& deadline) const {
    grpc::ClientContext context;
    prepare(context, request.metadata, deadline.left(), request.gzip);
    const grpc::internal::RpcMethod method(request.method.c_str(),
                                           grpc::internal::RpcMethod::NORMAL_RPC);
    const grpc::ByteBuffer sent = copy_of(request.body);
    grpc::ByteBuffer received;
    const grpc::Status status =
        grpc::internal::BlockingUnaryCall<grpc::ByteBuffer, grpc::ByteBuffer>(
            &channel, method, &context, sent, &received);
    return read_answer(status, received, context, facts_of(request));
  }

  GrpcAnswer stream_over(grpc::Channel& channel, const GrpcRequest& request,
                         const Deadline& deadline, const BytesReceiver& on_bytes) const {
    grpc::ClientContext context;
    prepare(context, request.metadata, deadline.left(), request.gzip);
    const grpc::internal::RpcMethod method(request.method.c_str(),
                                           grpc::internal::RpcMethod::SERVER_STREAMING);
    const std::unique_ptr<grpc::ClientReader<grpc::ByteBuffer>> reader(
        grpc::internal::ClientReaderFactory<grpc::ByteBuffer>::Create(&channel, method, &context,
                                                                      copy_of(request.body)));
    StreamedBytes bytes(on_bytes, request.max_response_bytes);
    grpc::ByteBuffer message;
    while (reader->Read(&message) && bytes.take(message)) {
    }
    if (!bytes.goes_on()) {
      context.TryCancel();
      // The library wants the rest read before it gives the status.
      while (reader->Read(&message)) {
      }
    }
    const grpc::Status status = reader->Finish();
    return bytes.goes_on() ? read_answer(status, grpc::ByteBuffer(), context, facts_of(request))
                           : not_ended(bytes.failure());
  }

  // A copy: the library promises to nobody that it is done with bytes when their call is over.
  static grpc::ByteBuffer copy_of(std::string_view body) {
    const grpc::Slice slice(body.data(), body.size());
    return {&slice, 1};
  }

  GrpcCallFacts facts_of(const GrpcRequest& request) const {
    return {m_channel.target(), request.metadata, request.timeout, request.max_response_bytes};
  }

  GrpcChannel m_channel;
};

std::string grpc_code_name(int code) {
  static constexpr std::array<std::string_view, 17> k_names{"OK",
                                                            "CANCELLED",
                                                            "UNKNOWN",
                                                            "INVALID_ARGUMENT",
                                                            "DEADLINE_EXCEEDED",
                                                            "NOT_FOUND",
                                                            "ALREADY_EXISTS",
                                                            "PERMISSION_DENIED",
                                                            "RESOURCE_EXHAUSTED",
                                                            "FAILED_PRECONDITION",
                                                            "ABORTED",
                                                            "OUT_OF_RANGE",
                                                            "UNIMPLEMENTED",
                                                            "INTERNAL",
                                                            "UNAVAILABLE",
                                                            "DATA_LOSS",
                                                            "UNAUTHENTICATED"};
  if (code < 0 || static_cast<std::size_t>(code) >= k_names.size()) {
    return "CODE_" + std::to_string(code);
  }
  return std::string(k_names[static_cast<std::size_t>(code)]);
}

GrpcClient::GrpcClient(GrpcTarget target) : m_impl(std::make_unique<Impl>(std::move(target))) {}
GrpcClient::~GrpcClient() = default;
GrpcClient::GrpcClient(GrpcClient&&) noexcept = default;
GrpcClient& GrpcClient::operator=(GrpcClient&&) noexcept = default;

GrpcAnswer GrpcClient::call(const GrpcRequest& request) {
  return m_impl->call(request);
}

GrpcAnswer GrpcClient::stream(const GrpcRequest& request, const BytesReceiver& on_bytes) {
  return m_impl->stream(request, on_bytes);
}

}  // namespace otelctl::net
