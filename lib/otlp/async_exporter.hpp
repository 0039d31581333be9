// SPDX-FileCopyrightText: The otelctl authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/result.hpp"
#include "base/signal.hpp"
#include "base/time.hpp"
#include "otlp/exporter.hpp"
#include "settings/otlp_settings.hpp"

namespace otelctl::otlp {

// A serialised Export*ServiceRequest. A transport may still hold its bytes when a request that was
// given up is long settled: they live as long as anyone holds `owner`.
struct Payload {
  std::shared_ptr<const void> owner;
  std::string_view bytes;
};

// An attempt that is over.
struct Settled {
  std::uint32_t ticket = 0;
  ExportOutcome outcome = {};
};

// Sends many requests at once from one thread, over connections of its own. Not thread-safe.
// Destroying it breaks off what is under way.
class AsyncExporter {
 public:
  virtual ~AsyncExporter() = default;
  // Begins one attempt, which is settled within `timeout`. No two attempts under way have the same
  // ticket. Does not block for longer than a connection takes to make.
  virtual void start(std::uint32_t ticket, Signal signal, Payload payload, nanoseconds timeout) = 0;
  // The next attempt that is over; nothing when none is within `time`. All sending and receiving
  // happens in here: call it as long as anything is under way. Wakes up to within 100 µs of `time`.
  virtual std::optional<Settled> wait(nanoseconds time) = 0;
};

// As make_exporter.
Result<std::unique_ptr<AsyncExporter>> make_async_exporter(const settings::OtlpSettings& settings);

}  // namespace otelctl::otlp
