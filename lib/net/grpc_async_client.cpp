// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_async_client.hpp"

#include <utility>

#include <grpc/support/time.h>
#include <grpcpp/client_context.h>
#include <grpcpp/completion_queue.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/support/byte_buffer.h>

#include "net/fine_wait.hpp"
#include "net/grpc_answer.hpp"
#include "net/grpc_channel.hpp"
#include "net/grpc_error.hpp"

namespace otelctl::net {
namespace {

// The slice lives as long as the transport needs it: longer than its call, when that was given up.
grpc::ByteBuffer buffer_of(HeldBytes held) {
  auto* const bytes = const_cast<char*>(held.bytes.data());  // gRPC only reads what it sends
  const std::size_t size = held.bytes.size();
  auto owner = std::make_unique<HeldBytes>(std::move(held));
  const grpc::Slice slice(
      bytes, size, [](void* kept) { delete static_cast<HeldBytes*>(kept); }, owner.release());
  return {&slice, 1};
}

struct Call {
  std::uint64_t tag = 0;
  nanoseconds timeout{};
  GrpcChannel::Handle channel;
  std::optional<grpc::ClientContext> context;  // one a call, as the library wants it
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer received;
  grpc::Status status;
  bool is_under_way = false;
};

}  // namespace

class GrpcAsyncClient::Impl {
 public:
  Impl(GrpcTarget target, GrpcCallOptions options)
      : m_channel(std::move(target)),
        m_options(std::move(options)),
        m_problem(metadata_problem(m_options.metadata)) {}

  ~Impl() {
    for (const auto& call : m_calls) {
      if (call->is_under_way) {
        call->context->TryCancel();
      }
    }
    m_queue.Shutdown();
    void* done = nullptr;
    bool ok = false;
    while (m_queue.Next(&done, &ok)) {
    }
  }

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  std::optional<GrpcAnswer> start(std::uint64_t tag, const std::string& method, HeldBytes body,
                                  nanoseconds timeout) {
    if (m_problem) {
      return not_begun(grpc::StatusCode::INVALID_ARGUMENT, *m_problem);
    }
    const Deadline deadline(timeout);
    if (auto problem = find_channel(deadline)) {
      return not_begun(grpc::StatusCode::UNAVAILABLE, std::move(*problem));
    }
    Call& call = take_call();
    call.tag = tag;
    call.timeout = timeout;
    call.channel = m_used;
    call.context.emplace();
    prepare(*call.context, m_options.metadata, deadline.left(), m_options.gzip);
    call.reader =
        m_stub->PrepareUnaryCall(&*call.context, method, buffer_of(std::move(body)), &m_queue);
    call.reader->StartCall();
    call.reader->Finish(&call.received, &call.status, &call);
    call.is_under_way = true;
    return std::nullopt;
  }

  std::optional<Ended> wait(nanoseconds time) {
    m_search_failure.reset();
    const Deadline deadline(time);
    for (;;) {
      void* done = nullptr;
      bool ok = false;
      const nanoseconds part = coarse_wait(deadline);
      const auto until =
          part > nanoseconds::zero() ? library_time_in(part) : gpr_time_0(GPR_CLOCK_MONOTONIC);
      if (m_queue.AsyncNext(&done, &ok, until) == grpc::CompletionQueue::GOT_EVENT) {
        return end(*static_cast<Call*>(done));
      }
      if (deadline.is_over()) {
        return std::nullopt;
      }
      if (part == nanoseconds::zero()) {
        nap(deadline);
      }
    }
  }

 private:
  static gpr_timespec library_time_in(nanoseconds time) {
    return gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                        gpr_time_from_nanos(time.count(), GPR_TIMESPAN));
  }

  // What was wrong. A search may take the whole timeout: calls that begin before the next wait()
  // share its failure and do not hold up each other.
  std::optional<Error> find_channel(const Deadline& deadline) {
    if (m_search_failure) {
      return m_search_failure;
    }
    auto channel = m_channel.find(deadline);
    if (!channel) {
      m_search_failure = std::move(channel).error();
      return m_search_failure;
    }
    if (*channel != m_used) {
      m_used = std::move(*channel);
      m_stub.emplace(m_used);
    }
    return std::nullopt;
  }

  Call& take_call() {
    if (m_idle.empty()) {
      m_calls.push_back(std::make_unique<Call>());
      return *m_calls.back();
    }
    Call& call = *m_idle.back();
    m_idle.pop_back();
    return call;
  }

  Ended end(Call& call) {
    Ended ended;
    ended.tag = call.tag;
    ended.answer = read_answer(
        call.status, call.received, *call.context,
        {m_channel.target(), m_options.metadata, call.timeout, m_options.max_response_bytes});
    if (ended.answer.failure && ended.answer.failure->kind == ErrorKind::unreachable) {
      m_channel.forget(call.channel, is_connect_failure(ended.answer.message));
    }
    call.reader.reset();
    call.context.reset();
    call.received.Clear();
    call.channel.reset();
    call.is_under_way = false;
    m_idle.push_back(&call);
    return ended;
  }

  grpc::CompletionQueue m_queue;  // outlives the calls
  GrpcChannel m_channel;
  GrpcCallOptions m_options;
  std::optional<Error> m_problem;
  std::optional<Error> m_search_failure;
  GrpcChannel::Handle m_used;  // what m_stub is over
  std::optional<grpc::GenericStub> m_stub;
  std::vector<std::unique_ptr<Call>> m_calls;
  std::vector<Call*> m_idle;
};

GrpcAsyncClient::GrpcAsyncClient(GrpcTarget target, GrpcCallOptions options)
    : m_impl(std::make_unique<Impl>(std::move(target), std::move(options))) {}
GrpcAsyncClient::~GrpcAsyncClient() = default;

std::optional<GrpcAnswer> GrpcAsyncClient::start(std::uint64_t tag, const std::string& method,
                                                 HeldBytes body, nanoseconds timeout) {
  return m_impl->start(tag, method, std::move(body), timeout);
}

std::optional<GrpcAsyncClient::Ended> GrpcAsyncClient::wait(nanoseconds time) {
  return m_impl->wait(time);
}

}  // namespace otelctl::net
