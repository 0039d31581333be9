// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::otlp {

// What became of one export request.
struct ExportOutcome {
  // The server took the request; `rejected` of its records it refused nevertheless (OTLP 1.11.0,
  // "Partial Success"). Rejected 0 with a message is a warning: everything was taken.
  bool delivered = false;
  std::int64_t rejected = 0;
  std::string partial_message = {};
  // Set when it was not delivered.
  std::optional<Error> error = std::nullopt;
  // Whether the specification allows to send the same request again, and how long the server asked
  // to wait before (RetryInfo or Retry-After).
  bool retryable = false;
  std::optional<nanoseconds> retry_after = std::nullopt;
  // The protocol's own word for it: "OK", "UNAVAILABLE", "200", "503"; "" when nothing was answered
  // over HTTP.
  std::string code = {};
  // A server gave this verdict, in the protocol that was spoken to it; false when there was no
  // answer, or something answered that is not such a server.
  bool answered = false;
  // The server's clock by its answer's Date header, to the second; HTTP only.
  std::optional<Time> server_time = std::nullopt;
  // Of the request before compression where it was encoded anew for the attempt (http/json); 0
  // where it was sent as it was given.
  std::uint64_t encoded_bytes = 0;
  // Attempts that were made; more than 1 only by send_with_retries.
  int attempts = 1;
};

// Sends serialised Export*ServiceRequest messages to one endpoint, one at a time. Not thread-safe;
// AsyncExporter has many under way.
class Exporter {
 public:
  virtual ~Exporter() = default;
  // One attempt that ends within `timeout`. Blocks. `payload` is protobuf; an exporter for
  // http/json encodes it anew.
  virtual ExportOutcome send(Signal signal, std::string_view payload, nanoseconds timeout) = 0;
};

// The exporter for the settings' protocol. `settings.endpoint` is where all signals go over gRPC;
// over HTTP it is the URL of `settings.signal`, and other signals must not be sent through it.
// Nothing is connected yet. Error kind: settings, for TLS files that cannot be used.
Result<std::unique_ptr<Exporter>> make_exporter(const settings::OtlpSettings& settings);

}  // namespace otelctl::otlp
