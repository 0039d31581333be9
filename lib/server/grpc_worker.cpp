// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/grpc_worker.hpp"

#include <chrono>

#include "net/gzip.hpp"

namespace otelctl::server {
namespace {

// Between a call's start and the end of its request. A client that stalls would hold its place.
constexpr auto k_request_timeout = std::chrono::seconds(60);

// Requests that one thread holds back at most (--fault slow); beyond them it takes no new calls.
constexpr std::size_t k_max_held = 1024;
constexpr std::uint64_t k_max_held_bytes = std::uint64_t{64} << 20;

}  // namespace

void GrpcWorker::drop_queue() {
  queue->Shutdown();
  void* tag = nullptr;
  bool ok = false;
  while (queue->Next(&tag, &ok)) {
  }
}

bool GrpcWorker::hold(const Call& call) {
  ++held;
  held_bytes += call.request.Length();
  return held <= k_max_held && held_bytes <= k_max_held_bytes;
}

void GrpcWorker::let_go(const Call& call) {
  --held;
  held_bytes -= call.request.Length();
}

Result<Added> GrpcWorker::take(const Call& call, std::uint64_t max_request) {
  const auto payload = call.payload(memory);
  if (!payload) {
    return fail(payload.error());
  }
  if (is_gzip(*payload)) {
    const auto plain = net::gunzip(*payload, max_request);
    return plain ? ingest.add(call.signal, *plain, call.fault.reject) : fail(plain.error());
  }
  return ingest.add(call.signal, *payload, call.fault.reject);
}

void GrpcWorker::cancel_stalled(nanoseconds now) {
  for (Call* const call : calls) {
    if (call->state != Call::State::held && now - call->started > k_request_timeout) {
      call->context.TryCancel();
    }
  }
}

}  // namespace otelctl::server
