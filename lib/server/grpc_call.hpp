// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <grpcpp/alarm.h>
#include <grpcpp/generic/async_generic_service.h>
#include <grpcpp/grpcpp.h>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "server/fault.hpp"
#include "server/required_headers.hpp"

namespace otelctl::server {

struct Call;

// What a completion queue hands back: the call's next step is done, or (with `is_end`) the call is
// over for its client, answered or not.
struct Event {
  Call* call;
  bool is_end;
};

// What a message's bytes are kept in while they are looked at: as they came, where that is in one
// piece.
struct MessageMemory {
  std::vector<grpc::Slice> slices;
  std::string joined;
};

// A call from before it comes until it is over. Only its worker's thread touches it.
struct Call {
  enum class State {
    waiting,   // for a client
    reading,   // its message
    held,      // back on purpose
    breaking,  // off with its connection
    finishing,
  };

  grpc::GenericServerContext context;
  grpc::GenericServerAsyncReaderWriter stream{&context};
  grpc::ByteBuffer request;
  grpc::ByteBuffer response;
  Signal signal = Signal::traces;
  State state = State::waiting;
  nanoseconds started{0};
  Fault fault;
  std::optional<grpc::Alarm> alarm;  // of a step that is to come
  Event step{this, false};
  Event end{this, true};
  bool awaits_end = false;   // the event `end` is to come
  bool is_finished = false;  // the last step is done
  bool is_replaced = false;  // another call is waited for in its place
  bool is_taken = false;     // the breaker knows it
  std::string peer;          // the connection, for the breaker

  // The next step comes after that time, or when the alarm is cancelled.
  void wake_after(nanoseconds time, grpc::CompletionQueue& queue);
  // The message as it came; it lives in `memory`.
  Result<std::string_view> payload(MessageMemory& memory) const;
  // Answers with a status alone; that is the last step.
  void finish(const grpc::Status& status);
};

// Whether a message is packed. None begins so plain (0x1F is a field of wire type 7), and a client
// that says grpc-encoding: gzip may send single messages plain.
bool is_gzip(std::string_view payload);

// Finds headers of a call, which must outlive it.
FindHeader headers_of(const grpc::ServerContext& context);

// What a call gets whose connection ends; nobody reads it.
grpc::Status broken_off();
// RESOURCE_EXHAUSTED with the time after which to try again.
grpc::Status too_many_requests(nanoseconds retry_after);

}  // namespace otelctl::server
