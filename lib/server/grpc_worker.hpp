// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <thread>
#include <unordered_set>
#include <utility>

#include <grpcpp/grpcpp.h>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/grpc_call.hpp"
#include "server/ingest.hpp"

namespace otelctl::server {

// A completion queue, the thread that empties it, and the calls that this thread has under way:
// only it touches them.
struct GrpcWorker {
  GrpcWorker(std::unique_ptr<grpc::ServerCompletionQueue> own_queue, Ingest own_ingest)
      : queue(std::move(own_queue)), ingest(std::move(own_ingest)) {}

  // Empties the queue of a worker without a thread: before that it may not be destroyed.
  void drop_queue();
  // Counts a call that is held back. False where so much is held that nobody may take its place.
  bool hold(const Call& call);
  void let_go(const Call& call);
  // What the call sent, unpacked to `max_request` bytes at most, is checked and kept. Error kind:
  // not_understood.
  Result<Added> take(const Call& call, std::uint64_t max_request);
  // Ends the calls of clients that stall.
  void cancel_stalled(nanoseconds now);

  std::unique_ptr<grpc::ServerCompletionQueue> queue;
  Ingest ingest;
  std::unordered_set<Call*> calls;  // those past `waiting`
  std::size_t held = 0;
  std::uint64_t held_bytes = 0;
  MessageMemory memory;
  std::thread thread;
};

}  // namespace otelctl::server
