// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "net/grpc_async_client.hpp"

#include <algorithm>
#include <system_error>
#include <thread>
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

// Calls that the library ends in time are ended by then.
constexpr nanoseconds k_overdue_after = std::chrono::milliseconds(50);
// For ending calls that are broken off.
constexpr nanoseconds k_cancel_time = std::chrono::milliseconds(200);

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
  std::optional<Deadline> deadline;
  GrpcChannel::Handle channel;
  std::optional<grpc::ClientContext> context;  // one a call, as the library wants it
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer received;
  grpc::Status status;
  // The library has it; when it was given up its end is of no interest any more.
  bool is_under_way = false;
  bool is_given_up = false;
};

// The calls and what tells of their ends.
class Calls {
 public:
  Calls() = default;
  ~Calls() {
    m_queue.Shutdown();
    void* done = nullptr;
    bool ok = false;
    while (m_queue.Next(&done, &ok)) {
    }
  }
  Calls(const Calls&) = delete;
  Calls& operator=(const Calls&) = delete;

  grpc::CompletionQueue& queue() { return m_queue; }

  Call& take() {
    if (m_idle.empty()) {
      m_all.push_back(std::make_unique<Call>());
      return *m_all.back();
    }
    Call& call = *m_idle.back();
    m_idle.pop_back();
    return call;
  }

  void give_back(Call& call) {
    call.reader.reset();
    call.context.reset();
    call.received.Clear();
    call.channel.reset();
    call.is_under_way = false;
    call.is_given_up = false;
    m_idle.push_back(&call);
  }

  // The first that satisfies it, of those that are under way and not given up.
  template <typename Condition>
  Call* find(const Condition& condition) {
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&](const auto& call) {
      return call->is_under_way && !call->is_given_up && condition(*call);
    });
    return found == m_all.end() ? nullptr : found->get();
  }

  // Whether all have ended that were under way.
  bool cancel_all() {
    for (const auto& call : m_all) {
      if (call->is_under_way) {
        call->context->TryCancel();
      }
    }
    const Deadline deadline(k_cancel_time);
    while (m_idle.size() < m_all.size() && !deadline.is_over()) {
      if (Call* const call = next(deadline.left())) {
        give_back(*call);
      }
    }
    return m_idle.size() == m_all.size();
  }

  // One that the library is done with, if there is one before the time is over or soon after it:
  // the library counts milliseconds.
  Call* next(nanoseconds time) {
    void* done = nullptr;
    bool ok = false;
    // Of a deadline now it would make one at the end of this millisecond.
    const auto until = time == nanoseconds::zero()
                           ? gpr_inf_past(GPR_CLOCK_MONOTONIC)
                           : gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC),
                                          gpr_time_from_nanos(time.count(), GPR_TIMESPAN));
    return m_queue.AsyncNext(&done, &ok, until) == grpc::CompletionQueue::GOT_EVENT
               ? static_cast<Call*>(done)
               : nullptr;
  }

 private:
  grpc::CompletionQueue m_queue;  // outlives the calls
  std::vector<std::unique_ptr<Call>> m_all;
  std::vector<Call*> m_idle;
};

}  // namespace

class GrpcAsyncClient::Impl {
 public:
  Impl(GrpcTarget target, GrpcCallOptions options)
      : m_channel(std::move(target)),
        m_options(std::move(options)),
        m_problem(metadata_problem(m_options.metadata)),
        m_calls(std::make_unique<Calls>()) {}

  ~Impl() {
    if (m_calls->cancel_all()) {
      return;
    }
    // Bytes of theirs are being written to a server that does not read, which ends when the
    // socket's own time is over.
    try {
      std::thread([calls = std::move(m_calls)] {}).detach();
    } catch (const std::system_error&) {
      // No thread is to be had: then it is waited for here.
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
    Call& call = m_calls->take();
    call.tag = tag;
    call.timeout = timeout;
    call.deadline = deadline;
    call.channel = m_used;
    call.context.emplace();
    prepare(*call.context, m_options.metadata, deadline.left(), m_options.gzip);
    call.reader = m_stub->PrepareUnaryCall(&*call.context, method, buffer_of(std::move(body)),
                                           &m_calls->queue());
    call.reader->StartCall();
    call.reader->Finish(&call.received, &call.status, &call);
    call.is_under_way = true;
    return std::nullopt;
  }

  std::optional<Ended> wait(nanoseconds time) {
    m_search_failure.reset();
    const Deadline deadline(time);
    for (;;) {
      if (auto overdue = give_up_overdue()) {
        return overdue;
      }
      const nanoseconds part = std::min(coarse_wait(deadline), k_overdue_after);
      if (Call* const call = m_calls->next(part)) {
        if (auto ended = end(*call)) {
          return ended;
        }
      } else if (deadline.is_over()) {
        return std::nullopt;
      } else if (part == nanoseconds::zero()) {
        nap(deadline);
      }
    }
  }

 private:
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

  // A call whose bytes are being written does not end before they are (see GrpcChannel): it is
  // settled here, and the library may take its time.
  std::optional<Ended> give_up_overdue() {
    if (!m_next_look.is_over()) {
      return std::nullopt;
    }
    Call* const call =
        m_calls->find([](const Call& each) { return each.deadline->is_over_by(k_overdue_after); });
    if (call == nullptr) {
      m_next_look = Deadline(k_overdue_after);
      return std::nullopt;
    }
    call->context->TryCancel();
    call->is_given_up = true;
    return settle(*call, {grpc::StatusCode::DEADLINE_EXCEEDED, "Deadline Exceeded"});
  }

  // Nothing when it was given up.
  std::optional<Ended> end(Call& call) {
    std::optional<Ended> ended;
    if (!call.is_given_up) {
      ended = settle(call, call.status);
    }
    m_calls->give_back(call);
    return ended;
  }

  Ended settle(const Call& call, const grpc::Status& status) {
    Ended ended{call.tag, read_answer(status, call.received, *call.context,
                                      {m_channel.target(), m_options.metadata, call.timeout,
                                       m_options.max_response_bytes})};
    if (ended.answer.failure && ended.answer.failure->kind == ErrorKind::unreachable) {
      m_channel.forget(call.channel, is_connect_failure(ended.answer.message));
    }
    return ended;
  }

  GrpcChannel m_channel;
  GrpcCallOptions m_options;
  std::optional<Error> m_problem;
  std::optional<Error> m_search_failure;
  GrpcChannel::Handle m_used;  // what m_stub is over
  std::optional<grpc::GenericStub> m_stub;
  std::unique_ptr<Calls> m_calls;
  Deadline m_next_look{k_overdue_after};
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
