// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#include "server/grpc_call.hpp"

#include <chrono>
#include <cstdint>

#include <grpc/support/time.h>

#include "otlp/wire_writer.hpp"

namespace otelctl::server {

using otlp::append_nonempty;
using otlp::append_varint;

namespace {

// A google.rpc.Status {code, details} whose one detail is google.rpc.RetryInfo {retry_delay}.
std::string retry_info_status(grpc::StatusCode code, nanoseconds delay) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(delay);
  std::string duration;
  append_varint(duration, 1U << 3U);
  append_varint(duration, static_cast<std::uint64_t>(seconds.count()));
  append_varint(duration, 2U << 3U);
  append_varint(duration, static_cast<std::uint64_t>((delay - seconds).count()));
  std::string info;
  append_nonempty(info, 1, duration);
  std::string detail;
  append_nonempty(detail, 1, "type.googleapis.com/google.rpc.RetryInfo");
  append_nonempty(detail, 2, info);
  std::string status;
  append_varint(status, 1U << 3U);
  append_varint(status, static_cast<std::uint64_t>(code));
  append_nonempty(status, 3, detail);
  return status;
}

}  // namespace

void Call::wake_after(nanoseconds time, grpc::CompletionQueue& queue) {
  alarm.emplace();
  alarm->Set(
      &queue,
      gpr_time_add(gpr_now(GPR_CLOCK_MONOTONIC), gpr_time_from_nanos(time.count(), GPR_TIMESPAN)),
      &step);
}

Result<std::string_view> Call::payload(MessageMemory& memory) const {
  memory.slices.clear();
  if (!request.Dump(&memory.slices).ok()) {
    return fail(ErrorKind::not_understood, "the message cannot be read");
  }
  const auto text_of = [](const grpc::Slice& slice) {
    return std::string_view(reinterpret_cast<const char*>(slice.begin()), slice.size());
  };
  if (memory.slices.size() == 1) {
    return text_of(memory.slices.front());
  }
  memory.joined.clear();
  for (const grpc::Slice& slice : memory.slices) {
    memory.joined.append(text_of(slice));
  }
  return memory.joined;
}

void Call::finish(const grpc::Status& status) {
  state = State::finishing;
  request.Clear();
  stream.Finish(status, &step);
}

bool is_gzip(std::string_view payload) {
  // RFC 1952.
  return payload.starts_with("\x1f\x8b");
}

FindHeader headers_of(const grpc::ServerContext& context) {
  return [&context](const std::string& name) -> std::optional<std::string_view> {
    const auto& metadata = context.client_metadata();
    const auto found = metadata.find(name);
    return found == metadata.end()
               ? std::nullopt
               : std::optional(std::string_view(found->second.data(), found->second.size()));
  };
}

grpc::Status broken_off() {
  return {grpc::StatusCode::UNAVAILABLE, "the connection is broken off"};
}

grpc::Status too_many_requests(nanoseconds retry_after) {
  constexpr auto k_code = grpc::StatusCode::RESOURCE_EXHAUSTED;
  return {k_code, std::string(k_fault_429), retry_info_status(k_code, retry_after)};
}

}  // namespace otelctl::server
